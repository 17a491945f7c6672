"""A real browser for the pages that people open: Chromium through Playwright, offline, strict about every error.

Needs Chromium (`apt-get install -y chromium`, or `playwright install chromium`). Where it is missing these tests
are skipped and say so; with SAYSO_BROWSER=required in the environment, as in CI, they fail instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

MISSING = "no browser: type `apt-get install -y chromium` or `playwright install chromium`"
NO_AXE = "no axe-core: type `pip install axe-playwright-python`"
NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def absent(why: str) -> None:
    """Skip, or fail where a browser is required."""
    if os.environ.get("SAYSO_BROWSER") == "required":
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, one for all tests."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        absent("no Playwright: type `pip install playwright`")
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        except Error:
            absent(MISSING)
        yield browser
        browser.close()


@dataclass
class Visit:
    """An open page and everything that went wrong on it."""

    page: Any
    faults: list[str] = field(default_factory=list)

    def watch(self, url: str) -> None:
        """Collect console errors, page errors, dialogs, and requests for anything but `url`."""
        self.page.on("console", lambda m: self.faults.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda r: self.faults.append(r.url) if r.url.split("#")[0] != url else None)
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@pytest.fixture
def visit(chromium: Any) -> Iterator[Any]:
    """Open a file: `visit(path, color_scheme="dark", ...)` gives a Visit; at the end nothing may have gone wrong."""
    open_now: list[tuple[Any, Visit]] = []

    def visiting(path: Path, **options: Any) -> Visit:
        context = chromium.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
        made = Visit(context.new_page())
        made.watch(path.as_uri())
        made.page.goto(path.as_uri())
        open_now.append((context, made))
        return made

    yield visiting
    for context, made in open_now:
        context.close()
        assert made.faults == []


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core as source text, from a package that carries it."""
    try:
        return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    except ModuleNotFoundError:
        absent(NO_AXE)
        raise
