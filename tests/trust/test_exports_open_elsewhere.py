"""Other people's programs open the files: a real browser and real PDF readers, where there are any.

A program that this computer lacks is named in the output and not tried.
"""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ledger.flows.review.exporting import rendered
from tests.reviews import a_report

WORDS = ("Self-review of my work with AI, 2026-Q3", "Rewrote the reader.", "thrown away")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
HARMLESS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run", "--dump-dom"),
    "--virtual-time-budget=2000",
)
# Whom a browser calls for itself, whatever page it shows.
ITS_MAKER = ("google.com", "googleapis.com", "gvt1.com")


def found(*names: str) -> str | None:
    """Return the first of these programs that this computer has, and say so when it has none."""
    there = next((path for path in map(shutil.which, names) if path), None)
    print(there or f"none of {', '.join(names)} is here: not tried")
    return there


def shown(browser: str, page: Path, log: Path) -> tuple[str, set[str]]:
    """Show a page and return what it became and whom it asked for something."""
    ways = (f"--user-data-dir={log}.profile", f"--log-net-log={log}", page.as_uri())
    done = subprocess.run(
        [browser, *HARMLESS, *ways], capture_output=True, text=True, timeout=120, check=True
    )
    assert "Refused to" not in done.stderr
    hosts = set(re.findall(r'"url":"(?:https?|wss?|ftp)://([^/":]+)', log.read_text()))
    return done.stdout, {host for host in hosts if not host.endswith(ITS_MAKER)}


@pytest.mark.long
def test_a_browser_shows_the_page_and_asks_for_nothing(tmp_path: Path):
    browser = found(*BROWSERS)
    if browser is None:
        return
    page, curious = tmp_path / "review.html", tmp_path / "curious.html"
    page.write_bytes(rendered(a_report(), "html"))
    became, asked = shown(browser, page, tmp_path / "net.json")
    assert all(word in became for word in WORDS)
    assert "<polyline" in became
    assert asked == set()
    curious.write_text('<img src="http://asked.example/x.png">')
    assert shown(browser, curious, tmp_path / "curious.json")[1] == {"asked.example"}


@pytest.mark.long
def test_a_reader_of_pdfs_finds_the_words(tmp_path: Path):
    reader, fonts = found("pdftotext"), found("pdffonts")
    path = tmp_path / "review.pdf"
    path.write_bytes(rendered(a_report(), "pdf"))
    if reader:
        told = subprocess.run([reader, "-layout", str(path), "-"], capture_output=True, text=True)
        assert (told.returncode, told.stderr) == (0, "")
        assert all(word in told.stdout for word in WORDS)
    if fonts:
        listed = subprocess.run([fonts, str(path)], capture_output=True, text=True).stdout
        assert len(re.findall(r"TrueType\s+WinAnsi\s+yes yes yes", listed)) == 2


@pytest.mark.long
def test_a_checker_of_pdfs_has_nothing_to_say(tmp_path: Path):
    checker = found("qpdf")
    path = tmp_path / "review.pdf"
    path.write_bytes(rendered(a_report(), "pdf"))
    if checker:
        told = subprocess.run([checker, "--check", str(path)], capture_output=True, text=True)
        assert told.returncode == 0, told.stdout + told.stderr
