"""What the command line printed, as values."""

import json


def objects(text):
    """Return the JSON values of a text, one of each line."""
    return [json.loads(line) for line in text.splitlines()]


def listed(program, *more):
    """Return the interactions that `list` prints, narrowed by more options."""
    return objects(program("list", "--json", *more)[1])
