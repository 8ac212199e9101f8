import json
from dataclasses import replace
from datetime import timedelta

import fastjsonschema
import pytest

from ledger.core.report import Include
from ledger.export.json_review import SCHEMA, as_object, render
from ledger.host import paths
from tests.reviews import CLAIMS, QUARTER, a_frame, a_report

SHIPPED = json.loads(paths.resource(SCHEMA).read_bytes())
VALID = fastjsonschema.compile(SHIPPED)


def objects(schema):
    """Yield every object that the schema describes."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield schema
        for inner in schema.values():
            yield from objects(inner)
    if isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)


def test_the_schema_is_closed_everywhere():
    found = list(objects(SHIPPED))
    assert len(found) > 15
    assert [one for one in found if one.get("additionalProperties") is not False] == []
    assert [one for one in found if set(one["required"]) != set(one["properties"])] == []


@pytest.mark.parametrize(
    "asked", [{}, {"include": frozenset(Include)}, {"parts": frozenset()}, {"words": CLAIMS}]
)
def test_reports_are_as_the_schema_says(asked):
    VALID(json.loads(render(a_report(**asked))))


def test_a_thin_report_is_valid_too():
    period = replace(QUARTER, first=QUARTER.first, last=QUARTER.first + timedelta(days=2))
    VALID(json.loads(render(a_report(a_frame(2), period))))


@pytest.mark.parametrize("place", ["", "scope", "method", "outcome"])
def test_anything_more_is_refused(place):
    value = json.loads(render(a_report()))
    (value[place] if place else value)["project"] = "heron"
    with pytest.raises(fastjsonschema.JsonSchemaException):
        VALID(value)


def test_keys_are_sorted_and_bytes_repeat():
    data = render(a_report())
    assert data == render(a_report())
    assert list(json.loads(data)) == sorted(json.loads(data))


def test_what_json_has_no_place_for_is_a_bug():
    with pytest.raises(TypeError):
        as_object(object())
