from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from ledger.ui.dialogs import save_file


@pytest.fixture
def parent(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def answering(monkeypatch, name, answer):
    calls = []

    def ask(*args):
        calls.append(args)
        return answer

    monkeypatch.setattr(QFileDialog, name, ask)
    return calls


def test_a_place_gets_the_ending_of_its_kind(monkeypatch, parent, tmp_path):
    answering(monkeypatch, "getSaveFileName", (str(tmp_path / "mine"), ""))
    assert save_file.ask_place(parent, "Save", "review.pdf") == tmp_path / "mine.pdf"
    answering(monkeypatch, "getSaveFileName", (str(tmp_path / "mine.txt"), ""))
    assert save_file.ask_place(parent, "Save", "review.pdf") == tmp_path / "mine.txt"


def test_a_changed_mind_is_no_place(monkeypatch, parent):
    answering(monkeypatch, "getSaveFileName", ("", ""))
    answering(monkeypatch, "getExistingDirectory", "")
    answering(monkeypatch, "getOpenFileNames", ([], ""))
    assert save_file.ask_place(parent, "Save", "review.pdf") is None
    assert save_file.ask_folder(parent, "Open") is None
    assert save_file.ask_files(parent, "Open") == []


def test_a_name_that_the_dialog_did_not_ask_about_is_asked_about(monkeypatch, parent, tmp_path):
    (tmp_path / "mine.pdf").write_bytes(b"old")
    answering(monkeypatch, "getSaveFileName", (str(tmp_path / "mine"), ""))
    monkeypatch.setattr(save_file, "ask", lambda *_args, **_more: False)
    assert save_file.ask_place(parent, "Save", "review.pdf") is None
    monkeypatch.setattr(save_file, "ask", lambda *_args, **_more: True)
    assert save_file.ask_place(parent, "Save", "review.pdf") == tmp_path / "mine.pdf"


def test_where_nothing_is_replaced_the_dialog_does_not_offer_to(monkeypatch, parent, tmp_path):
    calls = answering(monkeypatch, "getSaveFileName", (str(tmp_path / "a.json"), ""))
    save_file.ask_place(parent, "Save", "a.json", replaces=False)
    assert calls[0][-1] & QFileDialog.Option.DontConfirmOverwrite


def test_files_and_folders_come_as_paths(monkeypatch, parent):
    answering(monkeypatch, "getOpenFileNames", (["/a.json", "/b.json"], ""))
    answering(monkeypatch, "getExistingDirectory", "/cards")
    assert save_file.ask_files(parent, "Open") == [Path("/a.json"), Path("/b.json")]
    assert save_file.ask_folder(parent, "Open") == Path("/cards")
