"""Start the workbench on a free port of this machine and open the browser; Ctrl-C stops it."""

from __future__ import annotations

import contextlib
import socket
import threading
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from sayso.web.app import make_app
from sayso.web.desk import Desk
from sayso.web.guard import Key

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Service:
    """How to serve: the port (0 a free one), whether to open a browser, and whose words the session's are."""

    port: int = 0
    browser: bool = True
    by: str = ""


def serve(path: Path, service: Service, tell: Callable[[str], None]) -> None:
    """Serve a case until Ctrl-C; `tell` is given the start address. Raises CaseError where it cannot be written."""
    with socket.create_server((HOST, service.port)) as listening:
        key = Key(listening.getsockname()[1])
        with Desk(path, key, by=service.by) as desk:
            server = uvicorn.Server(_config(desk))
            tell(key.start())
            if service.browser:
                threading.Timer(0.3, webbrowser.open, (key.start(),)).start()
            with contextlib.suppress(KeyboardInterrupt):
                server.run(sockets=[listening])


def _config(desk: Desk) -> uvicorn.Config:
    return uvicorn.Config(
        make_app(desk),
        log_level="error",
        access_log=False,
        server_header=False,
        date_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=2,
    )
