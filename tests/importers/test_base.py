import inspect
from pathlib import Path

import pytest

from ledger.core.parts import Batch
from ledger.importers.base import Home, Importer, Layout, StepKind
from ledger.importers.registry import IMPORTERS

ASKED = [name for name, _ in inspect.getmembers(Importer, inspect.isfunction) if name[0] != "_"]
ODD = [b"", b"{}", b"null", b"[]", b'"x"', b"7", b"\xff\xfe", b"{" * 2_000, b'{"type":1}']


@pytest.fixture(params=IMPORTERS.values(), ids=lambda importer: importer.tool.value)
def importer(request):
    return request.param


@pytest.mark.parametrize("name", ASKED)
def test_an_importer_takes_what_the_protocol_hands_over(importer, name):
    expected = list(inspect.signature(getattr(Importer, name)).parameters)[1:]
    assert list(inspect.signature(getattr(importer, name)).parameters) == expected


def test_an_importer_has_a_version_that_can_be_raised(importer):
    assert importer.version >= 1


def test_places_follow_the_home_that_is_given(importer, tmp_path):
    places = importer.places(Home(tmp_path, {}))
    assert places
    assert all(place.path.is_relative_to(tmp_path) and place.why for place in places)


def test_asking_for_places_makes_none(importer, tmp_path):
    importer.places(Home(tmp_path, {}))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["notes.txt", ".jsonl.swp", "README.md"])
def test_a_file_of_another_kind_is_no_log(importer, name):
    place = importer.places(Home(Path("/home/ada"), {}))[0]
    assert importer.layout(place.path / name) is None


@pytest.mark.parametrize("line", ODD)
def test_a_line_that_makes_no_sense_is_passed_over_or_rejected_never_raised(importer, line):
    path = Path("/home/ada/log.jsonl")
    batch = Batch()
    importer.read(path, [(0, line)], "", batch)
    assert (batch.prompts, batch.requests, batch.edits) == ([], [], [])
    assert importer.prompt(line) == ""
    assert all(isinstance(step.text, str) for step in importer.steps([line]))
    assert [act for act in importer.acts([line], [line]) if act.edit] == []
    assert importer.subagent_logs(path, "../x") == ()


def test_the_words_of_layouts_and_steps_are_their_own():
    assert len({layout.value for layout in Layout}) == 3
    assert {kind.name.lower() for kind in StepKind} == {kind.value for kind in StepKind}
