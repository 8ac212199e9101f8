"""Every tool whose logs we read."""

from collections.abc import Mapping
from types import MappingProxyType

from ledger.core.vocabulary import Tool
from ledger.importers.base import Importer
from ledger.importers.claude_code.importer import ClaudeCode
from ledger.importers.codex.importer import Codex
from ledger.importers.gemini_cli.importer import GeminiCli

_ALL: tuple[Importer, ...] = (
    ClaudeCode(),
    Codex(),
    GeminiCli(),
)
IMPORTERS: Mapping[Tool, Importer] = MappingProxyType(
    {importer.tool: importer for importer in _ALL}
)
