"""Asks where a file shall be written, or which files shall be read."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ledger.ui.dialogs.box import ask

TAKEN = "There is a file of this name already."


def ask_place(parent: QWidget, title: str, name: str, *, replaces: bool = True) -> Path | None:
    """Return where to write; None when the person changed their mind.

    With `replaces` the dialog asks before it offers to replace a file; without, nothing is ever
    replaced, and whoever writes refuses a name that is taken.
    """
    options = QFileDialog.Option(0)
    if not replaces:
        options |= QFileDialog.Option.DontConfirmOverwrite
    suffix = Path(name).suffix
    name_filter = f"{suffix[1:].upper()} (*{suffix})"
    file_name, _ = QFileDialog.getSaveFileName(
        parent, title, str(Path.home() / name), name_filter, "", options
    )
    if not file_name:
        return None
    place = Path(file_name)
    if place.suffix:
        return place
    place = place.with_name(place.name + suffix)
    # The dialog asked about the name that was typed, which was another one.
    is_taken = replaces and place.exists()
    return (
        None
        if is_taken and not ask(parent, f"Replace {place.name}?", TAKEN, accept="Replace")
        else place
    )


def ask_files(parent: QWidget, title: str) -> list[Path]:
    """Return the files to read; none when the person changed their mind."""
    file_names, _ = QFileDialog.getOpenFileNames(parent, title, str(Path.home()), "JSON (*.json)")
    return [Path(path) for path in file_names]


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Return a folder; None when the person changed their mind."""
    folder = QFileDialog.getExistingDirectory(parent, title, str(Path.home()))
    return Path(folder) if folder else None
