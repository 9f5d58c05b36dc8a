"""Lets a debugger come, when the processor asks for it: not before, since the worker that this one replaces may still have the port."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any


def allow() -> None:
    """At the start, on the main thread. `NUCLEON_DEBUGGER` is the address to listen on; without it nothing happens."""
    host, _, port = os.environ.pop("NUCLEON_DEBUGGER", "").rpartition(":")
    if host:
        signal.signal(signal.SIGUSR1, lambda *_: _listen(host, int(port)))


def _listen(host: str, port: int) -> None:
    try:
        debugpy: Any = __import__("debugpy")
        debugpy.listen((host, port))
    except ImportError:
        sys.stderr.write(f"--inspect: {sys.executable} has no debugpy: pip install debugpy\n")
    except Exception as failure:
        sys.stderr.write(f"--inspect: debugpy can't listen at {host}:{port}: {failure}\n")
