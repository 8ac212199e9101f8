"""Tells commands that only look from those that do something, by their first words.

The names are those of POSIX and of tools that coding agents are given; no natural language is
read. What is not surely a look is a run.
"""

import re
import shlex

from ledger.core.evidence import ActKind

LONGEST = 4_000  # characters; a longer one carries a script, which does something

_SEPARATORS = frozenset({"&&", "||", ";", "|", "&", "\n"})
_ACTING = {  # an option that makes a look an act
    "find": ("-delete", "-exec", "-execdir", "-ok", "-fprint"),
    "fd": ("-x", "-X", "--exec", "--exec-batch"),
    "git": ("-D", "-d", "-m", "-M", "add", "set-url", "remove", "rename"),
    "awk": ("-i",),
}
_SED_VALUE = re.compile("[efl]")  # what follows one of these letters is its value
_PREFIXES = frozenset({"sudo", "time", "env", "command", "nice", "timeout"})
_SHELLS = frozenset({"bash", "sh", "zsh", "dash", "/bin/bash", "/bin/sh", "/bin/zsh"})


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_READERS = _names(
    "awk bat batcat cat cmp cut diff du file head hexdump jq less md5sum more nl od readlink"
    " realpath sha256sum stat strings tail wc xxd yq zcat get-content type"
)
_SEARCHERS = _names(
    "ack ag dir egrep fd fdfind fgrep find git-grep grep locate ls rg tree whereis which"
    " get-childitem select-string"
)
_NEUTRAL = _names("cd column echo export printf pwd set sort tr true uniq")
_GIT_LOOKS = _names(
    "blame branch cat-file describe diff grep log ls-files ls-tree remote rev-list rev-parse"
    " shortlog show status"
)


def kind_of_command(command: str) -> ActKind:
    """Say whether a command line reads, searches, or does something."""
    parts = _parts(command)
    kinds = {_kind_of_part(part) for part in parts}
    if not parts or ActKind.RUN in kinds:
        return ActKind.RUN
    if ActKind.SEARCH in kinds:
        return ActKind.SEARCH
    return ActKind.READ if ActKind.READ in kinds else ActKind.RUN


def _parts(command: str) -> list[list[str]]:
    """Split at pipes and separators; nothing where the line cannot be understood."""
    if len(command) > LONGEST or "<<" in command or "$(" in command or "`" in command:
        return []
    lexer = shlex.shlex(command.replace("\n", " ; "), posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    parts: list[list[str]] = [[]]
    try:
        for word in lexer:
            if word in _SEPARATORS:
                parts.append([])
            else:
                parts[-1].append(word)
    except ValueError:  # a quote without its end
        return []
    return [part for part in parts if part]


def _kind_of_part(arguments: list[str]) -> ActKind:
    if _writes(arguments):
        return ActKind.RUN
    while arguments and (arguments[0] in _PREFIXES or "=" in arguments[0]):
        arguments = arguments[1:]
    name = arguments[0].rpartition("/")[2].lower() if arguments else "true"
    if (
        arguments
        and arguments[0] in _SHELLS
        and len(arguments) > 2
        and arguments[1].startswith("-")
    ):
        return kind_of_command(arguments[2])
    if any(option in arguments[1:] for option in _ACTING.get(name, ())):
        return ActKind.RUN
    if name == "git":
        return ActKind.READ if _git_verb(arguments[1:]) in _GIT_LOOKS else ActKind.RUN
    if name == "sed":
        prints = "-n" in arguments[1:] and not _edits_in_place(arguments[1:])
        return ActKind.READ if prints else ActKind.RUN
    if name in _SEARCHERS:
        return ActKind.SEARCH
    if name in _READERS:
        return ActKind.READ
    return ActKind.OTHER if name in _NEUTRAL else ActKind.RUN


def _git_verb(arguments: list[str]) -> str:
    """Return what git is to do, after the options that say where."""
    while arguments and arguments[0].startswith("-"):
        arguments = (
            arguments[2:]
            if arguments[0] in ("-C", "-c", "--git-dir", "--work-tree")
            else arguments[1:]
        )
    return arguments[0] if arguments else ""


def _edits_in_place(options: list[str]) -> bool:
    """Whether sed is to write into the files it reads, however that is spelled."""
    for option in options:
        if option.startswith("--"):
            if option.startswith("--i"):  # of --in-place, which may be shortened
                return True
        elif option.startswith("-") and "i" in _SED_VALUE.split(option, maxsplit=1)[0]:
            return True
    return False


def _writes(arguments: list[str]) -> bool:
    """Whether output goes into a file that is not the system's rubbish bin."""
    for at, word in enumerate(arguments):
        if ">" in word and set(word) <= set("<>&|"):
            target = arguments[at + 1] if at + 1 < len(arguments) else ""
            if target not in ("/dev/null", "1", "2"):
                return True
    return False
