"""The review as JSON, after the closed schema that ships with the program."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from ledger.core.report import Report

SCHEMA = "schema/review-1.json"  # below the resources
KIND = "signal-ledger review"


def render(report: Report) -> bytes:
    """Return the report; keys are sorted, so equal reports are equal bytes."""
    value = {"kind": KIND, **as_object(report)}
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def as_object(value: Any) -> Any:
    """Return frozen values as JSON has them; raises TypeError for what has no place in it."""
    if is_dataclass(value):
        return {item.name: as_object(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, tuple):
        return [as_object(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError(type(value).__name__)
