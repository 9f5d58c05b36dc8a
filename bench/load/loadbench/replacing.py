"""How long callers wait when a worker is killed: from SIGKILL to the first answer of the worker that replaces it."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from . import load
from .servers import Nucleon, Server

Data = dict[str, Any]

KILLS = 20
# Closed loop on the same worker meanwhile, whose events wait with ours.
LOAD_CONNECTIONS = 16
# Between kills, so that each meets a worker that has served for a while.
SERVES_SECONDS = 0.3


def replaced(transport: str, kills: int = KILLS) -> list[Data]:
    """Kills the one worker of a Python function again and again, at rest and under load."""
    runs: list[Data] = []
    attributes = {"transport": transport}
    label = f"Nucleon, Python, {transport}, killed"
    killed = Nucleon(f"python-pid-{transport}", label, runtime="python", handler="echo:pid", attributes=attributes)
    with killed.running() as server:
        load.warm_up(server, 1.0)
        for loaded in (False, True):
            with _loaded(server) if loaded else nullcontext():
                for _ in range(kills):
                    time.sleep(SERVES_SECONDS)
                    runs.append({"transport": transport, "loaded": loaded, "millis": 1000 * _replacement(server.port)})
    return runs


@contextmanager
def _loaded(server: Server) -> Iterator[None]:
    generator = subprocess.Popen(
        ["wrk", "-t1", f"-c{LOAD_CONNECTIONS}", "-d600s", server.url],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        generator.terminate()
        generator.wait()


def _replacement(port: int) -> float:
    """Seconds from the kill until another process has answered."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=load.GRACE_SECONDS)
    try:
        old = _pid(connection)
        begun = time.monotonic()
        os.kill(old, signal.SIGKILL)
        while _pid(connection) in (0, old):
            if time.monotonic() - begun > load.GRACE_SECONDS:
                raise SystemExit("the killed worker was not replaced")
        return time.monotonic() - begun
    finally:
        connection.close()


def _pid(connection: http.client.HTTPConnection) -> int:
    """Of the worker that answers; 0 for an event that was lost with the old one."""
    connection.request("GET", "/")
    answer = connection.getresponse()
    body = answer.read()
    return int(body) if answer.status == 200 else 0
