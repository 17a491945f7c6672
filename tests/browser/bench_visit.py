"""The workbench in a real browser: served on a free port, every fault of every page collected."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from sayso.web.app import make_app
from sayso.web.desk import Desk
from sayso.web.guard import Key

# What a browser may say of an address that is asked for nothing but a refusal.
EXPECTED = ("the server responded with a status of 404", "the server responded with a status of 400")


@contextlib.contextmanager
def serving(path: Path) -> Iterator[Desk]:
    """A workbench over a case on a free port, with everything indexed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        desk = Desk(path, Key(listening.getsockname()[1]), by="Ada")
        desk.catch_up()
        config = uvicorn.Config(make_app(desk), log_level="error", lifespan="off", ws="none", access_log=False)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield desk
        server.should_exit = True
        thread.join(timeout=5)
        desk.jobs.end()


@dataclass
class Bench:
    """An open browser page on a workbench and everything that went wrong on it."""

    desk: Desk
    page: Any
    faults: list[str] = field(default_factory=list)
    drawings: bool = True

    @property
    def home(self) -> str:
        """Where the workbench is."""
        return f"http://127.0.0.1:{self.desk.key.port}"

    def watch(self) -> None:
        """Collect console messages, page errors, dialogs, breaches of the policy and requests for elsewhere."""
        self.page.on("console", lambda m: self._console(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.faults.append(f"page error: {error}"))
        self.page.on("request", lambda r: None if self._ours(r.url) else self.faults.append(f"request: {r.url}"))
        self.page.on("dialog", self._dialog)
        self.page.add_init_script(
            "addEventListener('securitypolicyviolation', "
            "e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )

    def open(self, address: str) -> Any:
        """Go to a page and wait until it, and its drawing, are there."""
        answer = self.page.goto(self.home + address)
        if self.drawings and self.page.locator(".drawing[data-twin]").count():
            self.page.wait_for_selector(".drawing[data-twin] > *", state="attached")
        return answer

    def twin(self, address: str) -> Any:
        """The `.json` twin of a page."""
        name, mark, query = address.partition("#")[0].partition("?")
        return self.page.request.get(f"{self.home}{name}.json{mark}{query}").json()

    def _ours(self, url: str) -> bool:
        return url.startswith((self.home + "/", "data:", "about:", "blob:"))

    def _console(self, text: str) -> None:
        if not any(known in text for known in EXPECTED):
            self.faults.append(f"console: {text}")

    def _dialog(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()


@contextlib.contextmanager
def visiting(chromium: Any, desk: Desk, **options: Any) -> Iterator[Bench]:
    """A browser window that was given the start address; at the end nothing may have gone wrong."""
    context = chromium.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
    bench = Bench(desk, context.new_page())
    bench.watch()
    bench.page.goto(desk.key.start())
    yield bench
    context.close()
    assert bench.faults == []
