"""What an event costs the worker, in ns of one core: `python3 wrappers/python/bench/loop.py [case …]`.

One process, no sockets, no sleeping: a ring is filled with events and a STOP, then the real `Server` serves it. So the figure is the
wrapper's own work without the wake, which depends on the machine more than on us. Best and median of the rounds; nothing is asserted.
"""

from __future__ import annotations

import os
import socket
import statistics
import struct
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from nuclio_sdk import Context  # noqa: E402
from nucleon_wrapper import layout  # noqa: E402
from nucleon_wrapper.errors import Stopped  # noqa: E402
from nucleon_wrapper.event import FrameEvent, Tables  # noqa: E402
from nucleon_wrapper.frame import Parts, encode  # noqa: E402
from nucleon_wrapper.hello import Hello  # noqa: E402
from nucleon_wrapper.segment import Segment  # noqa: E402
from nucleon_wrapper.server import Server  # noqa: E402
from nucleon_wrapper.shm import ShmConnection  # noqa: E402
from nucleon_wrapper.unix import UnixConnection  # noqa: E402

RING, EVENTS, ROUNDS = 1 << 20, 2000, 40
HEADERS = b"Host\0localhost:8080\0User-Agent\0bench/1.0\0Accept\0*/*\0Content-Length\x00100"


def empty(context: Context, event: Any) -> Any:
    return ""


def echo(context: Context, event: Any) -> Any:
    return event.body


def respond(context: Context, event: Any) -> Any:
    return context.Response(body=event.body, content_type="text/html", headers={"X-A": "b"})


def touch(context: Context, event: Any) -> Any:
    return event.method + event.path + event.headers["Host"] + event.fields["name"]


def as_json(context: Context, event: Any) -> Any:
    return {"path": event.path}


CASES: dict[str, Callable[[Context, Any], Any]] = {
    case.__name__: case for case in (empty, echo, respond, touch, as_json)
}


def hello(transport: str) -> Hello:
    members: dict[str, Any] = {
        "protocol": [1, 0],
        "transport": transport,
        "segment": {"size": 0, "fd": True, "path": ""},
    }
    members.update(
        {"inlineLimit": 16384, "maxFrame": 1 << 20, "methods": ["GET", "POST"], "triggers": [], "function": {}}
    )
    return Hello.of(members, 1)


def segment() -> Segment:
    size = 4096 + 2 * RING
    with tempfile.TemporaryFile() as file:
        os.ftruncate(file.fileno(), size)
        header = struct.pack(
            "<8sHHIQQ8QI", layout.MAGIC, 1, 0, 4096, size, 1, 4096, RING, 4096 + RING, RING, 0, 0, 0, 0, 0
        )
        os.pwrite(file.fileno(), header, 0)
        return Segment(file.fileno(), size, 1)


def frames() -> tuple[bytes, bytes]:
    event = encode(
        Parts(layout.EVENT, code=1, correlation=5, epoch=1, path=b"/a\0name=Ada", headers=HEADERS, body=b"x" * 100)
    )
    return event, encode(Parts(layout.STOP, epoch=1))


def padded(frame: bytes) -> bytes:
    return frame + bytes(-len(frame) % 64)


def shm(handler: Callable[..., Any]) -> float:
    here, there = socket.socketpair()
    memory = segment()
    event, stop = frames()
    data = padded(event) * EVENTS + padded(stop)
    memory.map[4096 : 4096 + len(data)] = data
    memory.words[layout.REQUEST_INDICES // 8] = len(data)
    return serve(ShmConnection(here, hello("shm"), memory), handler, [here, there])


def unix(handler: Callable[..., Any]) -> float:
    here, there = socket.socketpair()
    there.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
    here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 << 20)
    connection = UnixConnection(here, hello("unix"), segment())
    event, stop = frames()
    connection.source = event * EVENTS + stop
    return serve(connection, handler, [here, there])


def serve(connection: Any, handler: Callable[..., Any], ends: list[socket.socket]) -> float:
    FrameEvent.tables = Tables(hello("shm"))
    server = Server(connection, Context(), handler, "")
    connection.acquire()
    started = time.process_time_ns()
    try:
        server.serve()
    except Stopped:
        took = time.process_time_ns() - started
    for end in ends:
        end.close()
    return took / EVENTS


def main() -> None:
    print(f"python {sys.version.split()[0]}, ns of CPU per event: best, median of {ROUNDS} rounds of {EVENTS}")
    for name in sys.argv[1:] or list(CASES):
        for kind in (shm, unix):
            figures = [kind(CASES[name]) for _ in range(ROUNDS)]
            print(f"{name:10} {kind.__name__:5} {min(figures):7.0f} {statistics.median(figures):7.0f}")


if __name__ == "__main__":
    main()
