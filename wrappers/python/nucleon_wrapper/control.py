"""Drain, termination, continuation, and the signals that reach a worker."""

from __future__ import annotations

import faulthandler
import os
import signal
import threading
import time
from typing import Any, Callable, Optional

from nuclio_sdk import Context

from nucleon_wrapper import layout
from nucleon_wrapper.answering import Work, is_coroutine
from nucleon_wrapper.connection import STACK_SIGNAL, Connection
from nucleon_wrapper.errors import Stopped
from nucleon_wrapper.frame import CORRELATION, TYPE, Fields, Parts, encode
from nucleon_wrapper.traces import message, text


class Control:
    """Of the main thread, with the connection's lock. While `discarding`, events are answered with DISCARDED and go to others."""

    def __init__(self, connection: Connection, context: Context) -> None:
        self._connection = connection
        self._context = context
        self.discarding = False

    def run(self, fields: Fields, stepped: Callable[[Any], Any]) -> Optional[Work]:
        """DRAIN or TERMINATE: runs the user's callback, then answers DONE; gives the work if the callback must be awaited."""
        callback = self._callback(fields[TYPE])
        self._connection.flush()
        self._connection.free()
        try:
            result = callback() if callback is not None else None
        except BaseException as failure:
            self._log(failure)
            result = None
        finally:
            self._connection.acquire()
        if is_coroutine(result):
            return self._await(result, fields, stepped)
        self._done(fields)
        return None

    def _callback(self, kind: int) -> Any:
        """A second DRAIN finds nothing more to run."""
        platform, seen = self._context.platform, self.discarding
        self.discarding = self._connection.attention = True
        if kind == layout.TERMINATE:
            return platform._termination_callback
        return None if seen else platform._drain_callback

    async def _await(self, awaitable: Any, fields: Fields, stepped: Callable[[Any], Any]) -> None:
        self._connection.free()
        try:
            await stepped(awaitable)
        except BaseException as failure:
            self._log(failure)
        finally:
            self._connection.acquire()
        self._done(fields)

    def _log(self, failure: BaseException) -> None:
        """A callback that raises is the user's mistake; the drain goes on."""
        self._context.logger.error_with(
            "Exception raised while running the drain or termination callback",
            err=message(failure),
            traceback=text(failure),
        )

    def _done(self, fields: Fields) -> None:
        connection = self._connection
        connection.write(encode(Parts(layout.DONE, correlation=fields[CORRELATION], epoch=connection.epoch)))
        connection.flush()


_PR_SET_PDEATHSIG = 1
_LOOK_SECONDS = 0.5


def end_with_parent(parent: int) -> None:
    """Where the processor has nobody else do it: the kernel ends this process with the thread that started it, though a handler never
    returns. Without the call a thread looks."""
    try:
        # Imported here: it costs 10 ms of start, and mostly nobody needs it.
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        threading.Thread(target=_watch, args=(parent,), name="nucleon-parent", daemon=True).start()
    if os.getppid() != parent:
        os._exit(0)  # it ended before the kernel was asked


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_SECONDS)
    os._exit(0)


_STDERR = 2


def install_signals(connection: Connection) -> None:
    """Ctrl-C of a terminal reaches the whole group and is the processor's to handle. SIGTERM stops after the event in hand.
    STACK_SIGNAL prints where the handler is, even one that never returns to Python from a library in C."""

    def stop(_signal: int, _frame: Optional[object]) -> None:
        connection.stopping = connection.attention = True
        if connection.idle:
            raise Stopped

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    faulthandler.register(STACK_SIGNAL, file=_STDERR, all_threads=False)
    signal.signal(signal.SIGTERM, stop)
