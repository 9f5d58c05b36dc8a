"""The worker process: hand-shake, import, init hook, READY, serve, leave."""

from __future__ import annotations

import json
import os
import sys
from typing import Any, NoReturn, Optional

from nucleon_wrapper import debugger, layout
from nucleon_wrapper.connection import Connection, connect
from nucleon_wrapper.context import make_context
from nucleon_wrapper.control import end_with_parent, install_signals
from nucleon_wrapper.errors import INTERNAL, OUT_OF_MEMORY, EndOfConnection, Fault, Stopped
from nucleon_wrapper.event import FrameEvent, Tables
from nucleon_wrapper.frame import Parts, encode
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.loader import Loaded, init_failed, load
from nucleon_wrapper.loop import LoopDriver
from nucleon_wrapper.server import Server
from nucleon_wrapper.sources import loaded_files
from nucleon_wrapper.traces import message, text

_NO_ENVIRONMENT = (
    "nucleon_wrapper is started by the processor, with NUCLEON_SOCKET, NUCLEON_TOKEN and NUCLEON_WORKER set\n"
)


def main() -> None:
    """Never returns. Exit status: 0 after STOP, SIGTERM or the processor's end, 1 after FAULT, 2 when started by hand."""
    try:
        address, token = os.environ["NUCLEON_SOCKET"], os.environ.pop("NUCLEON_TOKEN")
        worker, parent = int(os.environ["NUCLEON_WORKER"]), int(os.environ.pop("NUCLEON_PARENT", "0"))
    except (KeyError, ValueError):
        sys.stderr.write(_NO_ENVIRONMENT)
        sys.exit(2)
    if parent:
        end_with_parent(parent)
    connection: Optional[Connection] = None
    try:
        connection, hello = connect(address, token, worker)
        install_signals(connection)
        debugger.allow()
        serve(connection, hello)
    except Stopped:
        _leave(connection)
    except (EndOfConnection, ConnectionError):
        _leave_at_once(0)
    except Fault as fault:
        _report(connection, fault)
    except BaseException as failure:
        _report(connection, _internal(failure))


def serve(connection: Connection, hello: Hello) -> NoReturn:
    """From the hand-shake to the end, by exception."""
    FrameEvent.tables = Tables(hello)
    context = make_context(connection, hello)
    directory = str(hello.function.get("directory") or "")
    driver = LoopDriver(connection, hello)
    connection.free()
    loaded = load(str(hello.function.get("handler") or ""), directory)
    server = Server(connection, context, loaded.handler, directory)
    driver.check(loaded)
    driver.adopt(server)
    _init(driver, loaded, context, directory)
    connection.acquire()
    connection.write(_ready(connection, hello, loaded))
    connection.flush()
    if not loaded.is_async:
        driver.first = server.serve()
    driver.run(loaded.is_async)


def _init(driver: LoopDriver, loaded: Loaded, context: Any, directory: str) -> None:
    if loaded.init is None:
        return
    try:
        driver.complete(loaded.init(context))
    except BaseException as failure:
        context.logger.error_with(
            "Exception raised while running init_context", err=message(failure), traceback=text(failure)
        )
        raise init_failed(failure, directory) from failure


def _ready(connection: Connection, hello: Hello, loaded: Loaded) -> bytes:
    members = {
        "handler": hello.function.get("handler"),
        "async": loaded.is_async,
        "streaming": True,
        "files": loaded_files(),
    }
    return encode(Parts(layout.READY, epoch=connection.epoch, body=json.dumps(members).encode()))


def _internal(failure: BaseException) -> Fault:
    if isinstance(failure, MemoryError):
        return Fault(
            OUT_OF_MEMORY,
            "the worker got no more memory, outside of its handler",
            "a body of an event or answer did not fit into what it may have",
            "raise its limit, or let events carry less at once",
            detail=text(failure),
        )
    return Fault(
        INTERNAL,
        f"the Python wrapper failed: {type(failure).__name__}: {message(failure)}",
        "a mistake in the wrapper, not in the function",
        "report it with the traceback",
        detail=text(failure),
    )


def _report(connection: Optional[Connection], fault: Fault) -> NoReturn:
    """A FAULT frame if the connection can still carry one, else stderr."""
    if connection is None:
        sys.stderr.write(f"{fault}\n")
        _leave_at_once(1)
    try:
        body = json.dumps(fault.members).encode()[: connection.frame_limit - layout.HEADER_LENGTH]
        connection.finish(encode(Parts(layout.FAULT, epoch=connection.epoch, body=body)))
    except (EndOfConnection, Fault):
        sys.stderr.write(f"{fault}\n")
    _leave_at_once(1)


def _leave(connection: Optional[Connection]) -> NoReturn:
    """In order: what was answered is sent, exit hooks of the user run, his threads are awaited."""
    if connection is not None:
        connection.finish()
    sys.exit(0)


def _leave_at_once(status: int) -> NoReturn:
    """Without waiting for threads of the user, who may never end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
    os._exit(status)
