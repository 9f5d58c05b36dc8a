"""Serving inside an event loop: `async def` handlers, several events at once with `mode: async`, and plain handlers whose function
has tasks of its own."""

from __future__ import annotations

import asyncio
import sys
from time import perf_counter_ns
from typing import Any, Optional

from nucleon_wrapper import layout
from nucleon_wrapper.answering import Work
from nucleon_wrapper.collecting import event_of
from nucleon_wrapper.errors import EndOfConnection, Stopped
from nucleon_wrapper.event import FrameEvent
from nucleon_wrapper.frame import CORRELATION, FLAGS, TYPE, Fields
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.logger import task_correlation
from nucleon_wrapper.loop import stepped
from nucleon_wrapper.server import OWN_REFERENCES, Server

_NOT_PLAIN = layout.MORE | layout.BATCH | layout.BATCHED
# How many events are served before tasks whose sockets or timers are due get a turn; those that are ready get it after each event.
_TURN = 16


class Driven:
    """The loop's side of serving. The connection's lock is free at every await, held elsewhere in the serving task."""

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop, hello: Hello) -> None:
        self._server = server
        self._connection = server.connection
        self._answering = server.answering
        self._loop = loop
        self._several = hello.mode == "async" and hello.in_flight > 1
        self._limit = hello.in_flight
        self._sleeper: Optional[asyncio.Future[None]] = None
        self._serving: Optional[asyncio.Task[Any]] = None
        self._in_hand = 0
        self._cancelled = False
        self._gone = False
        self._failure: Optional[BaseException] = None
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._ready: Any = getattr(loop, "_ready", (None,))
        self._since = 0

    async def main(self, first: Optional[Work]) -> None:
        """Serves for ever. `first` ends the event that was in hand when the worker moved here."""
        self._serving = asyncio.current_task()
        self._connection.attach(self._loop, self._on_socket, self._on_stop)
        self._answering.stepped = self._step
        try:
            await self._serve(first)
        finally:
            for task in asyncio.all_tasks():
                # The user's own tasks end with the process; that is no mistake to warn of.
                task._log_destroy_pending = False  # type: ignore[attr-defined]

    async def _serve(self, first: Optional[Work]) -> None:
        if first is not None:
            await first
        serve = self._serve_several if self._several else self._serve_one
        while True:
            fields = self._connection.poll()
            if fields is None:
                await self._sleep()
            else:
                await serve(fields)
            if self._connection.stopping:
                await self._stop()
            if self._since >= _TURN or self._ready:
                await self._turn()

    async def _serve_one(self, fields: Fields) -> None:
        connection, server = self._connection, self._server
        self._since += 1
        if fields[TYPE] != layout.EVENT or fields[FLAGS] & _NOT_PLAIN or server.control.discarding:
            self._in_hand = 0
            await self._finish(server.handle(fields))
            return
        if not connection.claim():
            connection.release()
            return
        event = event_of(connection, fields)
        self._in_hand = connection.correlation = fields[CORRELATION]
        started = perf_counter_ns()
        try:
            result = server.handler(server.context, event)
        except BaseException as failure:
            connection.acquire()
            self._answering.fail(fields[CORRELATION], perf_counter_ns() - started, failure)
        else:
            connection.acquire()
            await self._finish(self._answering.answer(fields[CORRELATION], perf_counter_ns() - started, result))
        result = None
        self._in_hand = 0
        if self._cancelled:
            await self._absorb_cancel()
        if sys.getrefcount(event) > OWN_REFERENCES or event.tables.view:
            server.end(event)
        else:
            connection.release()
            connection.correlation = 0

    async def _finish(self, work: Optional[Work]) -> None:
        if work is not None:
            await work

    # Several events at once

    async def _serve_several(self, fields: Fields) -> None:
        connection, server = self._connection, self._server
        self._since += 1
        if fields[TYPE] == layout.CANCEL:
            connection.release()
            self._cancel(fields[CORRELATION])
            return
        if fields[TYPE] == layout.STOP:
            await self._stop()
        if fields[TYPE] != layout.EVENT or fields[FLAGS] & _NOT_PLAIN or server.control.discarding:
            await self._drain_tasks(0)
            await self._finish(server.handle(fields))
            return
        event = event_of(connection, fields)
        event.detach()
        mine = connection.claim()
        if mine:
            connection.acquire()
        connection.release()
        if mine:
            self._start(event)
            await self._drain_tasks(self._limit - 1)

    def _start(self, event: FrameEvent) -> None:
        correlation = event._frame[CORRELATION]
        self._tasks[correlation] = self._loop.create_task(self._run(event, correlation))

    async def _run(self, event: FrameEvent, correlation: int) -> None:
        task_correlation.set(correlation)
        try:
            await self._handle(event, correlation)
        except BaseException as failure:
            # Not the user's, whose exceptions are answers: the connection's end or a mistake here. The serving task raises it.
            self._failure = failure
        self._tasks.pop(correlation, None)
        self._connection.let_go()
        self._rouse()

    async def _handle(self, event: FrameEvent, correlation: int) -> None:
        """Entered without the lock, left with it."""
        connection, server = self._connection, self._server
        started = perf_counter_ns()
        try:
            result = server.handler(server.context, event)
        except BaseException as failure:
            connection.acquire()
            self._answering.fail(correlation, perf_counter_ns() - started, failure)
        else:
            connection.acquire()
            work = self._answering.answer(correlation, perf_counter_ns() - started, result)
            if work is not None:
                await work
        connection.flush()

    async def _drain_tasks(self, limit: int) -> None:
        """Waits until at most so many events are open."""
        while len(self._tasks) > limit:
            self._connection.flush()
            self._watch()
            await self._rest()

    # Sleep, bells, cancellation

    async def _sleep(self) -> None:
        if self._gone:
            raise EndOfConnection
        self._connection.flush()
        if self._connection.arm():
            await self._rest()

    async def _rest(self) -> None:
        """Until something happens on the socket or an event ends."""
        self._sleeper = self._loop.create_future()
        self._connection.let_go()
        try:
            await self._sleeper
        except asyncio.CancelledError:
            self._forget_cancel()
        finally:
            self._sleeper = None
            self._since = 0
            self._connection.acquire()
        if self._failure is not None:
            raise self._failure

    async def _turn(self) -> None:
        self._since = 0
        self._connection.flush()
        self._connection.let_go()
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            self._forget_cancel()
        finally:
            self._connection.acquire()

    async def _absorb_cancel(self) -> None:
        """A cancellation that came too late for its event must not hit the next one."""
        self._cancelled = False
        await self._turn()
        self._forget_cancel()

    def _forget_cancel(self) -> None:
        uncancel = getattr(self._serving, "uncancel", None)  # from 3.11 on
        while uncancel is not None and uncancel():
            continue

    def _rouse(self) -> None:
        if self._sleeper is not None and not self._sleeper.done():
            self._sleeper.set_result(None)

    def _on_socket(self) -> None:
        self._connection.acquire()
        try:
            self._connection.drain()
            if self._in_hand or self._tasks:
                self._watch()
        except EndOfConnection:
            # The event in hand is finished for nobody; the serving task learns of it when it sleeps next.
            self._gone = True
            self._connection.detach(self._loop)
        finally:
            self._connection.let_go()
        self._rouse()

    def _on_stop(self) -> None:
        self._connection.stopping = True
        self._rouse()

    async def _stop(self) -> None:
        await self._drain_tasks(0)
        raise Stopped

    def _step(self, awaitable: Any) -> Any:
        """How user code is awaited. Its first suspension is the moment to send what is pending and to listen for CANCEL."""
        return stepped(awaitable, self._on_suspend) if not self._several else awaitable

    def _on_suspend(self) -> None:
        self._connection.acquire()
        self._connection.flush()
        self._watch()
        self._connection.let_go()

    def _watch(self) -> None:
        """Looks for CANCEL among the frames that wait behind the ones in hand."""
        for fields in self._connection.watch():
            if fields[TYPE] == layout.CANCEL:
                self._cancel(fields[CORRELATION])

    def _cancel(self, correlation: int) -> None:
        task = self._tasks.get(correlation)
        if task is not None:
            task.cancel()
        elif correlation and correlation == self._in_hand and not self._cancelled and self._serving is not None:
            self._cancelled = True
            self._serving.cancel()
