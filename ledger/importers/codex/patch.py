"""Finds the files a Codex tool call changes, and what its record says became of the change."""

import json
import ntpath
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ledger.core.vocabulary import Outcome
from ledger.importers.codex.records import Payload, blocks_text, loose, mapping, text_of, value
from ledger.importers.fields import text

CALLS = frozenset({"custom_tool_call", "function_call", "local_shell_call"})
BEGIN, END = "*** Begin Patch", "*** End Patch"
_SECTION = re.compile(r"\*\*\* (Add|Update|Delete) File: (.+)")
_MOVE = re.compile(r"^\*\*\* Move to: (.+)$", re.MULTILINE)
_CHANGED_FOLDER = re.compile(r"^\s*cd\s+(\"[^\"\n]+\"|'[^'\n]+'|[^\s;&|]+)\s*(?:&&|;|\n)")
_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_EXIT_CODE = re.compile(r"^(?:Exit code:|Process exited with code) (-?\d+)$", re.MULTILINE)
_OUTPUT = re.compile(r"^Output:$", re.MULTILINE)
_ABORTED = re.compile(r"(?:Wall time: [\d.]+ seconds\n)?aborted by user(?: after [\d.]+s)?\.?")
_DONE = "Success. Updated the following files:"
_REFUSED = frozenset({"patch rejected by user", "exec command rejected by user"})
_HOOKED = re.compile(r"(?:Command|Tool call) blocked by \w+ hook\b")
_FORBIDDEN = ("patch rejected: ", "exec command rejected: ")
_FAILURE_PREFIXES = (
    "apply_patch verification failed",
    "Failed to ",
    "Invalid patch",
    "Invalid Context",
)


class FileChange(NamedTuple):
    """What a patch does to one file; `diff` is its body as it was logged.

    `form` is add, update or delete; `moved` the file's new name, "" when it keeps its own.
    """

    path: str
    added: int
    removed: int
    diff: str
    form: str = "update"
    moved: str = ""


def changes_of_call(payload: Payload, directory: str) -> list[FileChange]:
    """Return what a tool call would change, with paths placed below where it works."""
    call = mapping(value(payload.action)) if payload.action else _arguments(payload)
    base = text(call.get("workdir")) or directory
    patches, base = _patches(payload, call, base)
    return [
        change._replace(
            path=placed(change.path, base),
            moved=placed(change.moved, base) if change.moved else "",
        )
        for patch in patches
        for change in changes_of_patch(patch)
    ]


def _arguments(payload: Payload) -> Mapping[str, object]:
    """Return a call's arguments, which are an object, or JSON in a text, or free text."""
    arguments = value(payload.arguments or payload.input)
    if not isinstance(arguments, str):
        return mapping(arguments)
    if payload.arguments:
        try:
            return mapping(loose(arguments.encode("utf-8", "replace")))
        except (ValueError, RecursionError):
            return {}
    return {"input": arguments}


def _patches(payload: Payload, call: Mapping[str, object], base: str) -> tuple[list[str], str]:
    whole = text(call.get("input")) or text(call.get("patch"))
    if payload.name == "apply_patch" and whole:
        return [whole], base
    command = call.get("command") or call.get("cmd")
    if isinstance(command, list):
        parts = [text(part) for part in command]
        if len(parts) > 1 and parts[0] in ("apply_patch", "applypatch"):
            return [parts[1]], base
        script = parts[-1] if parts else ""
    else:
        script = text(command) or whole
    moved = _CHANGED_FOLDER.match(script)
    return list(_in_script(script)), placed(moved[1].strip("\"'"), base) if moved else base


def _in_script(script: str) -> Iterator[str]:
    """Yield the patches that a shell script hands to apply_patch."""
    position = 0
    while (begin := script.find(BEGIN, position)) >= 0:
        end = script.find(END, begin)
        end = len(script) if end < 0 else end
        before = script[position:begin]
        if "apply_patch" in before or "applypatch" in before:
            yield script[begin:end]
        position = end + 1


def placed(path: str, base: str) -> str:
    """Return the path made absolute below `base`, as POSIX or Windows wants it."""
    path = path.strip()
    if _WINDOWS.match(path) or (_WINDOWS.match(base) and not path.startswith("/")):
        return ntpath.normpath(ntpath.join(base, path))
    return posixpath.normpath(posixpath.join(base, path))


def changes_of_patch(patch: str) -> list[FileChange]:
    """Return the sections of a patch in Codex's own grammar; its file names as written."""
    changes: list[FileChange] = []
    name, form, body = "", "", list[str]()
    for line in [*patch.replace("\r\n", "\n").split("\n"), END]:
        section = _SECTION.match(line)
        if section is None and not line.startswith(END):
            body.append(line)
            continue
        if name:
            changes.append(_change(name, "\n".join(body), form))
        name, form = (section[2], section[1].lower()) if section else ("", "")
        body = []
    return changes


def _change(path: str, diff: str, form: str = "update") -> FileChange:
    lines = diff.split("\n")
    added = sum(1 for line in lines if line.startswith("+"))
    moved = _MOVE.search(diff)
    removed = sum(1 for line in lines if line.startswith("-"))
    return FileChange(path, added, removed, diff, form, moved[1] if moved else "")


def changes_of_result(listed: object, directory: str) -> list[FileChange]:
    """Return the changes that `patch_apply_end` and `FileChange` items list by path."""
    return [
        _listed(placed(text(path), directory), mapping(change))
        for path, change in mapping(listed).items()
    ]


def _listed(path: str, change: Mapping[str, object]) -> FileChange:
    diff = text(change.get("unified_diff"))
    if diff:
        # A file header before the first hunk is no changed line.
        moved = text(change.get("move_path"))
        return _change(path, diff[max(0, diff.find("@@")) :])._replace(moved=moved)
    content = text(change.get("content"))
    lines = content.removesuffix("\n").split("\n") if content else []
    goes = change.get("type") == "delete"
    head = f"@@ -1,{len(lines)} +0,0 @@" if goes else f"@@ -0,0 +1,{len(lines)} @@"
    diff = "\n".join([head, *(("-" if goes else "+") + line for line in lines)])
    return _change(path, diff, "delete" if goes else "add")


def outcome_of_status(status: str, success: object, stderr: str) -> Outcome:
    """Return what a structured result says."""
    if status == "declined" or stderr.strip() in _REFUSED:
        return Outcome.REJECTED
    if status == "completed" or success is True:
        return Outcome.APPLIED
    if status == "failed" or success is False:
        return Outcome.FAILED
    return Outcome.PENDING


def outcome_of_output(payload: Payload) -> Outcome:
    """Return what a call's output says; it is compared whole, since files hold such words too."""
    message, code, success = _output(payload)
    return _outcome_of_message(message) or _outcome_of_code(message, code, success)


def is_stopped_by_hook(payload: Payload) -> bool:
    """Whether a call's output says that a hook, a program of the person's, said no."""
    message, _, _ = _output(payload)
    return _HOOKED.match(message) is not None


def _output(payload: Payload) -> tuple[str, object, object]:
    """Return the message of a call's output, the exit code and the success it may tell."""
    output = value(payload.output)
    success: object = None
    code: object = None
    if isinstance(output, str) and output.startswith("{"):
        output = _unpacked(output)
    if isinstance(output, dict):
        success, code = output.get("success"), mapping(output.get("metadata")).get("exit_code")
        output = output.get("content", output.get("output"))
    return blocks_text(output).strip(), code, success


def _unpacked(output: str) -> object:
    try:
        fields = json.loads(output)
    except (ValueError, RecursionError):
        return output
    is_result = isinstance(fields, dict) and ("output" in fields or "content" in fields)
    return fields if is_result else output


def _outcome_of_message(message: str) -> Outcome:
    head, _, body = message.partition("Output:\n")
    if message.startswith(_DONE) or ("\n\n" not in head and body.startswith(_DONE)):
        return Outcome.APPLIED
    if message in _REFUSED:
        return Outcome.REJECTED
    if (message.startswith(_FORBIDDEN) and "\n" not in message) or _HOOKED.match(message):
        return Outcome.BLOCKED
    if _ABORTED.fullmatch(message):
        return Outcome.INTERRUPTED
    return Outcome.FAILED if message.startswith(_FAILURE_PREFIXES) else Outcome.PENDING


def _outcome_of_code(message: str, code: object, success: object) -> Outcome:
    above = _OUTPUT.split(message, 1)
    if code is None and len(above) > 1 and (stated := _EXIT_CODE.search(above[0])):
        code = int(stated[1])
    if isinstance(code, int) and not isinstance(code, bool):
        return Outcome.FAILED if code else Outcome.APPLIED
    if success is None:
        return Outcome.PENDING
    return Outcome.APPLIED if success is True else Outcome.FAILED


def outcome_of_event(payload: Payload) -> Outcome:
    """Return what a `patch_apply_end` event says."""
    return outcome_of_status(
        text_of(payload.status), value(payload.success), text_of(payload.stderr)
    )
