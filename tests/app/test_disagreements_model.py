"""The table of disagreements: looked for when asked, spoken in words, prompts masked."""

import pytest
from PySide6.QtCore import Qt

from ledger.app import disagreements_model as module
from ledger.app.disagreements_model import (
    DisagreementsModel,
    FoundRole,
    PromptRole,
    Witness,
    witness_words,
)
from ledger.app.filter_model import FilterModel
from ledger.core.vocabulary import Tag
from ledger.evidence.witnesses import Witnesses
from ledger.flows.evidence.disagreements import Disagreement
from ledger.flows.transcript import Prompt
from tests.ui.pages import fakes


def differing(identity, person=Tag.KEPT, git=Tag.THROWN_AWAY, tool=None):
    return Disagreement(
        fakes.row(identity), Witnesses(person, git, tool), ("2 of 40 lines are there.",)
    )


@pytest.fixture
def disputes():
    return [differing(2**62, tool=Tag.KEPT), differing(2, None, Tag.EDITED)]


@pytest.fixture
def model(qtbot, monkeypatch, disputes):
    monkeypatch.setattr(module, "disagreements", lambda _store, frame, filter_: list(disputes))
    texts = {row.row.id: Prompt(f"prompt {row.row.id}") for row in disputes}
    monkeypatch.setattr(
        module.transcript, "masked_prompts", lambda rows: {r.id: texts[r.id] for r in rows}
    )
    return DisagreementsModel(fakes.FakeClient(fakes.frame(3)), FilterModel())


def test_nothing_is_looked_for_before_somebody_looks(qtbot, model):
    assert model.rowCount() == 0
    with qtbot.waitSignal(model.found) as blocker:
        model.look()
    assert blocker.args == [2]
    assert [model.id_at(row) for row in range(2)] == [2**62, 2]
    assert (model.row_of(2), model.row_of(7)) == (1, None)


def test_every_witness_has_its_own_words(model, disputes):
    model.look()
    spoken = [
        [model.data(model.index(row, column)) for column in list(Witness)[1:]] for row in range(2)
    ]
    assert spoken == [["kept", "thrown away", "accepted"], ["untagged", "edited", "nothing"]]
    assert witness_words(disputes[1], Witness.TOOL) == ""


def test_the_output_is_spoken_with_its_prompt_and_reason(model, disputes):
    model.look()
    index = model.index(0, Witness.OUTPUT)
    assert model.data(index) == f"prompt {2**62} 2 of 40 lines are there."
    assert model.data(index, FoundRole) == disputes[0]
    assert model.data(index, PromptRole).text == f"prompt {2**62}"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "You"


def test_looking_again_shows_what_is_left(model, disputes):
    model.look()
    del disputes[0]
    model.look()
    assert [model.id_at(row) for row in range(model.rowCount())] == [2]
