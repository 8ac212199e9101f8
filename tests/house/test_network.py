"""There is no way out: no network code, no network client installed, no network library loaded."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.files import CODE, ROOT, imported, parsed, shown, sources

WAYS_OUT = (
    "aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib",
    "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser",
    "websockets", "xmlrpc", "PySide6.QtNetwork", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore",
)  # fmt: skip
CLIENTS = {"aiohttp", "anyio", "certifi", "httpcore", "httpx", "pycurl", "requests", "urllib3"}
ADDRESS = re.compile(r"\b(?:https?|ftp|wss?)://(?P<host>[\w.-]+)")
# SVG and DOCX files must name them; they are never fetched.
NAMESPACES = {"www.w3.org", "schemas.openxmlformats.org"}
LOCKS = ("resources/requirements.txt", "tests/requirements.txt")

# Every page of the window is imported, then the process is asked what it has mapped and loaded.
LOAD_WINDOW = """
import importlib, pkgutil, sys
import ledger.app, ledger.ui.launch
for room in (ledger.app, ledger.ui):
    for found in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
        importlib.import_module(found.name)
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
QWidget().show()
print(open("/proc/self/maps").read())
print("\\n".join(f"module:{name}" for name in sys.modules))
"""


def is_way_out(dotted: str) -> bool:
    return any(dotted == way or dotted.startswith(way + ".") for way in WAYS_OUT)


@pytest.fixture(scope="module")
def loaded() -> str:
    result = subprocess.run(
        [sys.executable, "-c", LOAD_WINDOW], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_no_file_imports_network_code():
    assert [
        f"{shown(path, line)} {dotted}"
        for path in sources()
        for line, dotted in imported(parsed(path))
        if is_way_out(dotted)
    ] == []


@pytest.mark.parametrize(
    "code",
    [
        "import socket",
        "from urllib import request",
        "def f():\n    import http.client",
        "from PySide6 import QtNetwork",
        "from PySide6.QtNetwork import QTcpSocket",
    ],
)
def test_network_code_would_be_noticed(code: str):
    assert any(is_way_out(dotted) for _, dotted in imported(ast.parse(code)))


def test_no_file_opens_an_address_in_the_browser():
    assert [
        shown(path, node.lineno)
        for path in sources()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and node.attr in {"openUrl", "setOpenExternalLinks"}
    ] == []


def test_no_address_stands_in_the_product():
    files = [*sources(), *(path for path in (ROOT / "resources").rglob("*.svg"))]
    assert [
        f"{path.relative_to(ROOT)} {found.group()}"
        for path in files
        for found in ADDRESS.finditer(path.read_text(encoding="utf-8"))
        if found["host"] not in NAMESPACES
    ] == []


def test_the_window_never_loads_the_network_library(loaded: str):
    assert "libQt6Widgets" in loaded
    assert "libQt6Network" not in loaded
    assert "libssl" not in loaded


def test_the_window_never_loads_a_network_client(loaded: str):
    modules = {line.removeprefix("module:") for line in loaded.splitlines()}
    assert "ledger.ui" in modules
    assert not modules & (CLIENTS | {"http.client", "ssl", "urllib.request", "PySide6.QtNetwork"})


@pytest.mark.parametrize("name", LOCKS)
def test_no_network_client_is_installed(name: str):
    pinned = set(
        re.findall(r"^([\w.-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert len(pinned) > 15
    assert not pinned & CLIENTS


@pytest.mark.parametrize("name", LOCKS)
def test_every_pinned_package_has_hashes_and_no_registry(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|--index|--find-links|file:", text)


def test_the_code_is_where_these_tests_look():
    assert (CODE / "__main__.py") in sources()
    assert Path("ledger/core/vocabulary.py") in {path.relative_to(ROOT) for path in sources()}
