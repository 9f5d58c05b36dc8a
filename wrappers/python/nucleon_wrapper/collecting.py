"""Events that are more than one frame: batches, and bodies that come in chunks."""

from __future__ import annotations

from typing import Any, NamedTuple

from nucleon_wrapper import layout
from nucleon_wrapper.connection import Connection
from nucleon_wrapper.errors import Violation
from nucleon_wrapper.event import FrameEvent
from nucleon_wrapper.frame import BODY, CORRELATION, FLAGS, LENGTH, TYPE, Fields, body_of


class Collected(NamedTuple):
    """The events, copied out of the connection, and the control frames that came between theirs."""

    events: list[FrameEvent]
    between: list[Fields]


def event_of(connection: Connection, fields: Fields) -> FrameEvent:
    """The event of the polled frame, on the connection's memory."""
    event: FrameEvent = FrameEvent()
    event._frame, event._source, event._at = fields, connection.source, connection.at
    return event


def collect(connection: Connection, fields: Fields) -> Collected:
    """All events of the batch, or the one event, that begins with the polled frame. Each is claimed as soon as its first frame
    is seen, so that what the processor took back is known one by one; all of its frames are released. Lock held."""
    found = Collected([], [])
    while True:
        event = _copy(connection, fields, found.between)
        if event is not None:
            found.events.append(event)
        if not fields[FLAGS] & layout.BATCH:
            return found
        fields = _next(connection, layout.EVENT, None, found.between)


def _copy(connection: Connection, fields: Fields, between: list[Fields]) -> FrameEvent | None:
    event = event_of(connection, fields)
    event.detach()
    mine = connection.claim()
    if mine:
        connection.acquire()
    connection.release()
    if fields[FLAGS] & layout.MORE:
        _add_chunks(connection, event, fields[CORRELATION], between)
    return event if mine else None


def _add_chunks(connection: Connection, event: FrameEvent, correlation: int, between: list[Fields]) -> None:
    frame, fields = event._source, event._frame
    parts = [frame[fields[LENGTH] - fields[BODY] : fields[LENGTH]]]
    more = layout.MORE
    while more:
        chunk = _next(connection, layout.CHUNK, correlation, between)
        parts.append(body_of(connection.source, connection.at, chunk))
        connection.release()
        more = chunk[FLAGS] & layout.MORE
    event.adopt(frame, b"".join(parts))


def _next(connection: Connection, kind: int, correlation: Any, between: list[Fields]) -> Fields:
    """The next frame of that type; control frames on the way are put aside."""
    while True:
        fields = connection.poll()
        if fields is None:
            connection.wait()
        elif fields[TYPE] == kind and correlation in (None, fields[CORRELATION]):
            return fields
        elif fields[TYPE] in (layout.EVENT, layout.CHUNK):
            raise Violation(f"a frame of type {fields[TYPE]} came where the rest of a batch or body was due")
        else:
            between.append(fields)
            connection.release()
