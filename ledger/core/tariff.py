"""What a request's list price depends on beside its model and day: tier, region, prompt size.

A tariff is one whole number, so that requests with the same one can be summed before anybody knows
a price: what a sum costs is then what its requests cost, to the micro-dollar.
"""

from enum import IntEnum
from typing import Final, NamedTuple, Self

# Sizes of prompts, cached tokens included, beyond which some list price changes. A price book with
# another step is refused by its test; a new one belongs here, and needs a migration.
CONTEXT_STEPS: Final = (100_000, 128_000, 200_000, 272_000)

_TIERS: Final = 8  # room for that many tiers and regions
_REGIONS: Final = 8


class Tier(IntEnum):
    """What a vendor sells at a price of its own; what no log says is taken to be standard."""

    UNSAID = 0
    STANDARD = 1
    FAST = 2
    PRIORITY = 3
    FLEX = 4
    BATCH = 5
    OTHER = 6  # named by the log, and by no price list that is known here


class Region(IntEnum):
    """Where a request had to be answered; a region that was asked for can cost more."""

    ANYWHERE = 0
    US = 1
    EU = 2
    ASIA = 3
    OTHER = 4


class Tariff(NamedTuple):
    """The three together; `longer_than` is the largest of `CONTEXT_STEPS` that was passed, or 0."""

    tier: Tier = Tier.UNSAID
    region: Region = Region.ANYWHERE
    longer_than: int = 0

    @classmethod
    def of_code(cls, code: int) -> Self:
        """Return the tariff that a whole number stands for."""
        steps, rest = divmod(code, _TIERS * _REGIONS)
        region, tier = divmod(rest, _TIERS)
        return cls(Tier(tier), Region(region), CONTEXT_STEPS[steps - 1] if steps else 0)

    @property
    def code(self) -> int:
        """The whole number that stands for it in the ledger and in columns."""
        steps = sum(step <= self.longer_than for step in CONTEXT_STEPS)
        return code_of(self.tier, self.region, steps)


def code_of(tier: int, region: int, steps: int) -> int:
    """Return the number of a tariff; `steps` is how many of `CONTEXT_STEPS` a prompt passes."""
    return tier + _TIERS * (region + _REGIONS * steps)


def code_in_sql(tier: str, region: str, prompt: str) -> str:
    """Return `code_of` as an SQL expression over three others."""
    steps = " + ".join(f"({prompt} > {step})" for step in CONTEXT_STEPS)
    return f"{tier} + {_TIERS} * ({region} + {_REGIONS} * ({steps}))"
