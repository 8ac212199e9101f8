"""A team card: one person's eight numbers about one period, in the open."""

from secrets import token_hex

from ledger.core.errors import TeamError
from ledger.core.team import FIELDS, Card, Vector, faults
from ledger.core.team_periods import Period
from ledger.export import team_json

KIND = "card"
TABLE = "table"
NAMES = tuple(field.name for field in FIELDS)


def file_name(kind: str = KIND) -> str:
    """Return a name for a new file that says nothing but its kind."""
    ending = "csv" if kind == TABLE else "json"
    return f"team-{kind}-{token_hex(8)}.{ending}"


def written(card: Card) -> bytes:
    """Return the file of a card."""
    return team_json.written(KIND, {"period": str(card.period), **card.vector._asdict()})


def read(data: bytes) -> Card:
    """Return the card in a file; raises TeamError when no honest program wrote it so."""
    fields = team_json.read(KIND, data, ("period", *NAMES))
    values = [fields[name] for name in NAMES]
    if not all(type(value) is int for value in values):
        raise TeamError("This card holds something that is no whole number.", "Ask for it again.")
    card = Card(Period.read(str(fields["period"])), Vector(*values))
    wrong = faults(card.vector, card.period)
    if wrong:
        raise TeamError(f"This card cannot be true. {wrong[0]}", "Ask for the file again.")
    return card
