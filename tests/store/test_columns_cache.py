"""The columns kept beside the ledger: quick, current, and never trusted blindly."""

import json
import sqlite3
import stat
import subprocess
import sys
import zlib
from contextlib import closing

import pytest

from ledger.core.edits import LogEntry, SetLabels, SetLogged, set_intents, set_kinds, set_tags
from ledger.core.usage import Usage
from ledger.core.vocabulary import TOOLS, Intent, Kind, Tag, Tool
from ledger.store import columns, columns_cache
from ledger.store.columns_cache import path_of
from ledger.store.store import Store
from tests.store.worlds import observation, prompt, reading, request, session, suggestion

PARTS = (
    session(),
    *(prompt(n, minute=n - n % 2) for n in range(11, 19)),
    *(request(21 + n, 11 + n, minute=n) for n in range(8)),
)


@pytest.fixture
def cached_store(path, monkeypatch):
    """A ledger whose columns were kept; reading them from the tables again fails the test."""
    with Store.open(path) as store:
        store.add([reading(*PARTS)])
        store.apply(SetLabels(((11, "old", True), (12, "old", True))), time_ms=1)
        store.columns()

    def refuse(*_):
        pytest.fail("the kept columns were not used")

    monkeypatch.setattr(columns, "read", refuse)
    with Store.open(path) as store:
        yield store
        store._shows_columns = False


def fresh(store: Store, monkeypatch):
    monkeypatch.undo()
    with closing(sqlite3.connect(store.path)) as raw:
        return columns.read(raw)


def test_cached_columns_are_those_of_the_tables(cached_store, monkeypatch):
    assert cached_store.columns() == fresh(cached_store, monkeypatch)


def test_only_the_person_can_read_them(cached_store):
    assert stat.S_IMODE(path_of(cached_store.path).stat().st_mode) == 0o600


def test_tags_intents_and_labels_given_since_are_brought_in(cached_store, monkeypatch):
    cached_store.apply(set_tags(((12, Tag.KEPT), (18, Tag.EDITED), (99, Tag.KEPT))), time_ms=1)
    cached_store.apply(set_tags(((12, None),)), time_ms=1)
    cached_store.apply(set_intents(((13, Intent.EXPERIMENT),)), time_ms=1)
    cached_store.apply(
        SetLabels(((11, "old", False), (14, "new", True), (99, "x", True))), time_ms=1
    )
    columns = cached_store.columns()
    assert columns == fresh(cached_store, monkeypatch)
    assert columns.labels == {"new": frozenset({14}), "old": frozenset({12})}


def test_kinds_and_evidence_found_since_are_brought_in(cached_store, monkeypatch):
    cached_store.evidence.set_observations(
        [observation(n, kind=Kind.DRAFT) for n in (11, 12, 13, 99)]
    )
    cached_store.evidence.set_suggestions([suggestion(14), suggestion(15), suggestion(99)])
    cached_store.evidence.set_suggestions([suggestion(16, tag=Tag.EDITED)], gone=[15])
    cached_store.apply(set_kinds(((12, Kind.FIX), (17, Kind.DATA))), time_ms=1)
    columns = cached_store.columns()
    assert columns == fresh(cached_store, monkeypatch)
    assert list(columns.kind) == [2, 3, 2, 0, 0, 0, 6, 0]
    assert list(columns.suggested) == [0, 0, 0, 1, 0, 2, 0, 0]


def test_evidence_taken_away_since_is_gone(path, monkeypatch):
    with Store.open(path) as store:
        store.add([reading(*PARTS)])
        store.evidence.set_suggestions([suggestion(14)])
        assert sum(store.columns().suggested) == 1
        store.evidence.set_suggestions([], gone=[14])
    with Store.open(path) as store:
        assert sum(store.columns().suggested) == sum(fresh(store, monkeypatch).suggested) == 0


def test_evidence_of_a_time_that_never_was_is_not_shown(path, tmp_path):
    backup = tmp_path / "backup.db"
    with Store.open(path) as store:
        store.add([reading(*PARTS)])
        store.evidence.set_suggestions([suggestion(18)])
        store.backup(backup)
        store.evidence.set_suggestions([suggestion(11)])
        store.columns()
    backup.replace(path)
    with Store.open(path) as store:
        store.evidence.set_suggestions([suggestion(12)])
        assert list(store.columns().suggested) == [0, 1, 0, 0, 0, 0, 0, 1]


def test_reading_a_log_without_news_leaves_them_useful(cached_store):
    cached_store.add([reading(*PARTS)])
    assert len(cached_store.columns()) == 8


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.add([reading(prompt(30), start=5000)]),
        lambda store: store.apply(
            SetLogged(((LogEntry(70, 5, "other", "m", "", Usage(output=1)), True),)), time_ms=1
        ),
    ],
)
def test_other_interactions_make_them_useless(cached_store, monkeypatch, change):
    change(cached_store)
    monkeypatch.undo()
    assert len(cached_store.columns()) == 9


def test_rows_keep_their_tool_when_another_is_added_before_the_last(path):
    entry = LogEntry(70, 5, "other", "m", "", Usage(output=1))
    with Store.open(path) as store:
        store.add([reading(*PARTS[:2])])
        store.apply(SetLogged(((entry, True),)), time_ms=1)
        store.columns()
    assert path_of(path).exists()
    module = [sys.executable, "-m", "tests.store.one_more_tool", str(path)]
    done = subprocess.run(module, capture_output=True, text=True, check=True)
    start, after_import, after_restart = json.loads(done.stdout)
    assert start == ["other", "claude-code"]
    assert after_import == after_restart == ["other", "claude-code", "claude-code"]
    with Store.open(path) as store:  # and when the newer version is gone again
        assert [str(TOOLS[tool]) for tool in store.columns().tool] == after_restart


@pytest.mark.parametrize(
    ("old", "new"),
    [('"claude-code", "codex"', '"codex", "claude-code"'), ('"tag"', '"gat"')],
)
def test_other_tools_or_other_arrays_make_them_useless(cached_store, monkeypatch, old, new):
    line, _, blocks = path_of(cached_store.path).read_bytes().partition(b"\n")
    text = line.decode().partition(" ")[2]
    assert text.count(old) == 1
    changed = text.replace(old, new).encode()
    path_of(cached_store.path).write_bytes(
        b"%08x " % zlib.crc32(changed) + changed + b"\n" + blocks
    )
    monkeypatch.undo()
    assert {TOOLS[tool] for tool in cached_store.columns().tool} == {Tool.CLAUDE_CODE}
    assert path_of(cached_store.path).read_bytes().partition(b"\n")[0] == line


@pytest.mark.parametrize("place", [0, 5, 60, 700, 715, 730, -1])
def test_a_damaged_file_is_not_used(cached_store, monkeypatch, place):
    data = bytearray(path_of(cached_store.path).read_bytes())
    data[place] ^= 1
    path_of(cached_store.path).write_bytes(data)
    monkeypatch.undo()
    assert list(cached_store.columns().id) == list(range(11, 19))


@pytest.mark.parametrize("length", [0, 1, 100, 900])
def test_a_file_that_was_cut_off_is_not_used(cached_store, monkeypatch, length):
    data = path_of(cached_store.path).read_bytes()
    path_of(cached_store.path).write_bytes(data[:length])
    monkeypatch.undo()
    assert list(cached_store.columns().id) == list(range(11, 19))


def test_an_older_ledger_put_back_does_not_get_the_newer_columns(path, tmp_path):
    backup = tmp_path / "backup.db"
    with Store.open(path) as store:
        store.add([reading(*PARTS)])
        store.backup(backup)
        store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
        store.columns()
    backup.replace(path)
    with Store.open(path) as store:
        store.apply(set_tags(((12, Tag.EDITED),)), time_ms=1)
        assert list(store.columns().tag)[:2] == [0, Tag.EDITED]


def test_closing_keeps_them_only_for_who_asked_for_them(path):
    with Store.open(path) as store:
        store.add([reading(*PARTS)])
    assert not path_of(path).exists()
    with Store.open(path) as store:
        store.columns()
        store.add([reading(prompt(30), start=5000)])
    before = path_of(path).read_bytes()
    with Store.open(path) as store:
        store.save_columns()
        assert len(store.columns()) == 9
    assert path_of(path).read_bytes() == before


def test_a_folder_without_permission_only_costs_time(path, monkeypatch):
    with Store.open(path) as store:
        store.add([reading(*PARTS)])
        path_of(path).mkdir()
        assert len(store.columns()) == 8
        assert [file for file in path.parent.iterdir() if file.suffix == ".tmp"] == []


def test_a_ledger_opened_for_reading_keeps_nothing(path):
    with Store.open(path) as store:
        store.add([reading(*PARTS)])
    with Store.open(path, read_only=True) as store:
        assert len(store.columns()) == 8
    assert not path_of(path).exists()


def test_only_the_very_entry_is_known(store, raw, machine):
    assert columns_cache.newest(raw, machine) == [0, 0]
    assert columns_cache.is_known(raw, machine, [0, 0])
    store.apply(set_tags(((11, Tag.KEPT),)), time_ms=1)
    seq, chain = columns_cache.newest(raw, machine)
    assert seq == 1
    assert columns_cache.is_known(raw, machine, [1, chain])
    assert not columns_cache.is_known(raw, machine, [1, chain + 1])
    assert not columns_cache.is_known(raw, machine, [2, chain])


def test_equal_seconds_do_not_confuse_places(store, raw, machine):
    store.add([reading(session(), *(prompt(n) for n in range(11, 31)))])
    before = columns.read(raw)
    store.apply(set_tags(((17, Tag.KEPT), (29, Tag.EDITED))), time_ms=1)
    refreshed = columns_cache.refresh(raw, machine, before, columns_cache.NewestShown(0, 0))
    assert [(i, t) for i, t in zip(refreshed.id, refreshed.tag, strict=True) if t] == [
        (17, 1),
        (29, 2),
    ]
