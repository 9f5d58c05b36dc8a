"""The serving of events: one loop that blocks, for handlers that return. `loop` takes over when asyncio is in use."""

from __future__ import annotations

import sys
from time import perf_counter_ns
from typing import Any, Optional

from nuclio_sdk import Context

from nucleon_wrapper import layout
from nucleon_wrapper.answering import Answering, Work, is_coroutine
from nucleon_wrapper.batch import answer_batch
from nucleon_wrapper.collecting import collect
from nucleon_wrapper.connection import Connection
from nucleon_wrapper.control import Control
from nucleon_wrapper.errors import Stopped
from nucleon_wrapper.event import FrameEvent
from nucleon_wrapper.frame import CORRELATION, FLAGS, TYPE, Fields, encode_text
from nucleon_wrapper.loader import Handler
from nucleon_wrapper.response import TEXT

_EVENT = layout.EVENT
_NOT_PLAIN = layout.MORE | layout.BATCH | layout.BATCHED
# An event that only its caller knows has two references: the variable and the argument of getrefcount. Newer interpreters may borrow
# the first, and those without a global lock count otherwise: there every event is taken to have escaped.
OWN_REFERENCES = 2 if sys.version_info < (3, 14) and getattr(sys, "_is_gil_enabled", lambda: True)() else 0


class Server:
    """Of the main thread. It holds the connection's lock but for code of the user and sleep."""

    def __init__(self, connection: Connection, context: Context, handler: Handler, directory: str) -> None:
        self.connection = connection
        self.context = context
        self.handler = handler
        self.answering = Answering(connection, context, directory)
        self.control = Control(connection, context)
        self.moved = False

    def serve(self) -> Optional[Work]:
        """Serves until something has to be awaited, which is returned, or the event loop is in use (`moved`). Stopped and
        EndOfConnection end it. This is the hot path: locals, no calls that can be spared."""
        connection, handler, context = self.connection, self.handler, self.context
        poll, claim, acquire, respond = connection.poll, connection.claim, connection.acquire, connection.respond
        answering, references, clock, view = self.answering, sys.getrefcount, perf_counter_ns, FrameEvent.tables.view
        fields = poll()
        while True:
            if fields is None or connection.attention or fields[1] != _EVENT or fields[2] & _NOT_PLAIN:
                if self.moved:
                    return None
                work = self.handle(fields)
                if work is not None:
                    return work
                fields = poll()
                continue
            if not claim():
                fields = poll(True)
                continue
            event = FrameEvent()
            event._frame, event._source, event._at = fields, connection.source, connection.at
            correlation = connection.correlation = fields[4]
            started = clock()
            try:
                result = handler(context, event)
            except BaseException as failure:
                took = clock() - started
                acquire()
                answering.fail(correlation, took, failure)
            else:
                took = clock() - started
                acquire()
                kind = result.__class__
                if kind is str:
                    body = result.encode() if result.isascii() else encode_text(result)
                    respond(correlation, 200, 0, took, TEXT, b"", body)
                elif kind is bytes:
                    respond(correlation, 200, 0, took, TEXT, b"", result)
                else:
                    work = answering.answer(correlation, took, result)
                    if work is not None:
                        return self.finish(work, event)
            # A generator, or a Response that keeps the event, must not make it look as if it had escaped.
            result = None
            if view:
                event.revoke()
            if references(event) > OWN_REFERENCES:
                event.detach()
            fields = poll(True)

    async def finish(self, work: Work, event: FrameEvent) -> None:
        """Awaits the work that ends the event in hand."""
        await work
        self.end(event)

    def end(self, event: FrameEvent) -> None:
        """The event's answer is out: its memory goes back."""
        if event.tables.view:
            event.revoke()
        event.detach()
        self.connection.release()
        self.connection.correlation = 0

    def handle(self, fields: Optional[Fields]) -> Optional[Work]:
        """Everything that is not a plain event, and the waiting for one. Gives the work that must be awaited, if there is any."""
        connection = self.connection
        connection.correlation = 0
        if connection.stopping:
            raise Stopped
        if fields is None:
            connection.wait()
        elif fields[TYPE] != _EVENT:
            connection.release()
            return self.obey(fields)
        elif self.control.discarding:
            self._discard(fields)
        else:
            return self._handle_collected(fields)
        return None

    def obey(self, fields: Fields) -> Optional[Work]:
        """A control frame, released already. CANCEL and chunks of an event that was taken back need nothing."""
        kind = fields[TYPE]
        if kind in (layout.DRAIN, layout.TERMINATE):
            return self.control.run(fields, self.answering.stepped)
        if kind == layout.CONTINUE:
            self.control.discarding = False
            self.connection.attention = self.moved or self.connection.stopping
        elif kind == layout.STOP:
            raise Stopped
        return None

    def _discard(self, fields: Fields) -> None:
        """The event goes back unread; chunks that belong to it follow and are passed over."""
        self.connection.respond(fields[CORRELATION], 0, layout.DISCARDED, 0, b"", b"", b"")
        self.connection.release()

    def _handle_collected(self, fields: Fields) -> Optional[Work]:
        events, between = collect(self.connection, fields)
        work = self._call(events, bool(fields[FLAGS] & (layout.BATCH | layout.BATCHED))) if events else None
        if work is None and not between:
            return None
        return self._then(work, between)

    async def _then(self, work: Optional[Work], between: list[Fields]) -> None:
        if work is not None:
            await work
        for fields in between:
            work = self.obey(fields)
            if work is not None:
                await work

    def _call(self, events: list[FrameEvent], batched: bool) -> Optional[Work]:
        connection, answering = self.connection, self.answering
        correlation = connection.correlation = events[0]._frame[CORRELATION]
        connection.free()
        started = perf_counter_ns()
        try:
            result = self.handler(self.context, events if batched else events[0])
        except BaseException as failure:
            connection.acquire()
            self._fail(events, perf_counter_ns() - started, failure)
            return None
        connection.acquire()
        if not batched:
            return answering.answer(correlation, perf_counter_ns() - started, result)
        if is_coroutine(result):
            return self._await_batch(result, events, started)
        answer_batch(answering, events, perf_counter_ns() - started, result)
        return None

    async def _await_batch(self, awaitable: Any, events: list[FrameEvent], started: int) -> None:
        self.connection.free()
        try:
            result = await self.answering.stepped(awaitable)
        except BaseException as failure:
            self.connection.acquire()
            self._fail(events, perf_counter_ns() - started, failure)
            return
        self.connection.acquire()
        answer_batch(self.answering, events, perf_counter_ns() - started, result)

    def _fail(self, events: list[FrameEvent], took: int, failure: BaseException) -> None:
        for event in events:
            self.answering.fail(event._frame[CORRELATION], took, failure)
