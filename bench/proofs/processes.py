"""Processes of a proof: what runs below one, how much processor time it took, and a Dask cluster to be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def start(command: list[str], errors: Path | None = None) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own; what it says is wrong is written to `errors`, else dropped."""
    with (errors or Path(os.devnull)).open("wb") as told:
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=told, start_new_session=True)


def below(root: int) -> list[tuple[int, bytes]]:
    """The processes below one, with their command lines."""
    found, parents = list[tuple[int, bytes]](), [root]
    while parents:
        for child in _children(parents.pop()):
            parents.append(child)
            found.append((child, _read(child, "cmdline")))
    return found


def spent(roots: Iterable[int]) -> float:
    """Seconds of processor time that these processes took, with all below them, those that have ended too."""
    return sum(_own(pid) for root in roots for pid in (root, *(child for child, _ in below(root))))


def peak_mb(process: int) -> int:
    """The greatest memory that a process has had so far, in MB; 0 where it is gone."""
    lines = _read(process, "status").splitlines()
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith(b"VmHWM")), 0)


def kill(process: int) -> bool:
    """Kill a process at once; whether it was there."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def end_group(process: int) -> None:
    """End what a killed process left behind, so that rounds do not share the machine; a worker would end by itself."""
    time.sleep(0.2)
    try:
        os.killpg(process, signal.SIGKILL)
    except ProcessLookupError:
        return


class Cluster:
    """A scheduler and its workers, as `dask scheduler` and `dask worker` start them; begun anew where it has died."""

    def __init__(self, workers: int) -> None:
        self._count = workers
        self._processes: list[subprocess.Popen[bytes]] = []
        self._address = ""

    @property
    def scheduler(self) -> int:
        """The scheduler's process."""
        return self._processes[0].pid

    def roots(self) -> list[int]:
        """All processes that were started."""
        return [one.pid for one in self._processes]

    def up(self) -> str:
        """See that it runs; the scheduler's address."""
        if not self._processes or self._processes[0].poll() is not None:
            self.stop()
            port = _free_port()
            self._address = f"tcp://127.0.0.1:{port}"
            scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
            worker = ["worker", self._address, "--nworkers", str(self._count), "--nthreads", "1", "--no-dashboard"]
            self._processes = [start([sys.executable, "-m", "dask", *words]) for words in (scheduler, worker)]
            _wait_for(port)
        return self._address

    def stop(self) -> None:
        """End all of it."""
        for process in self._processes:
            end_group(process.pid)
            process.wait()
        self._processes = []


def _children(parent: int) -> list[int]:
    """The children of every thread of a process: Dask starts its workers from another than the first."""
    found = [path.name for path in Path(f"/proc/{parent}/task").glob("*")]
    return [int(word) for thread in found for word in _read(parent, f"task/{thread}/children").split()]


def _own(process: int) -> float:
    # The command's name, in brackets, may hold blanks; fields 14 to 17 are its time and that of its ended children.
    fields = _read(process, "stat").rpartition(b")")[2].split()
    return sum(int(field) for field in fields[11:15]) / _TICKS


def _read(process: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{process}/{name}").read_bytes()
    except OSError:
        return b""


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(f"no scheduler at port {port} after {seconds:.0f} seconds")
