"""The event that a handler gets: a view on a frame, decoded member by member when touched."""

from __future__ import annotations

import os
from typing import Any, Callable, Optional

from nuclio_sdk.event import ATTRIBUTES, Event, TriggerInfo, decode_body, utc

from nucleon_wrapper import layout
from nucleon_wrapper.frame import (
    ARENA,
    BODY,
    CODE,
    CONTENT_TYPE,
    EXTRA,
    FLAGS,
    HEADERS,
    ID,
    LENGTH,
    PATH,
    SHARD,
    STREAM_OFFSET,
    TIME,
    Fields,
)
from nucleon_wrapper.hello import Hello

_NANOS = 1_000_000_000
_JSON = b"application/json"
_JSON_LENGTH = len(_JSON)


class Tables:
    """What is the same for all events of a worker: the hand-shake's tables and how strings and bodies are shown."""

    __slots__ = ("methods", "triggers", "text", "view")

    def __init__(self, hello: Hello) -> None:
        self.text = hello.decode_strings
        self.view = hello.view
        self.methods: tuple[Any, ...] = tuple(map(self.shown, hello.methods))
        self.triggers = tuple(TriggerInfo(self.shown(kind), self.shown(name)) for kind, name in hello.triggers)

    def shown(self, word: str) -> Any:
        return word if self.text else word.encode()


class FrameEvent(Event):
    """Refers to the frame's memory only until the handler has returned: `detach` copies what an event that lives longer needs.

    Each attribute is a descriptor without a setter that decodes and then sets the instance's own attribute, which Python prefers
    from then on. So an attribute costs nothing until it is read, is settable like any other, and is decoded once.
    """

    __slots__ = ("_frame", "_source", "_at", "_view")

    # One worker a process, so one set of tables; a class attribute costs nothing per event.
    tables: Tables
    _frame: Fields
    _source: Any
    _at: int
    _view: memoryview

    # The attributes of Event stay unset on purpose; object's own initialiser is called without a Python frame.
    __init__ = object.__init__  # type: ignore[assignment]

    def detach(self) -> None:
        """Copies the frame, so that the event outlives it."""
        fields = self._frame
        frame = self._source[self._at : self._at + fields[LENGTH]]
        if fields[ARENA]:
            self.adopt(frame, self._source[fields[ARENA] : fields[ARENA] + fields[BODY]])
        else:
            self._source, self._at = frame, 0

    def adopt(self, frame: bytes, body: bytes) -> None:
        """The event is now this frame with this body inline; `frame` holds header and sections and perhaps a body's beginning."""
        fields = list(self._frame)
        sections = fields[LENGTH] - (0 if fields[ARENA] else fields[BODY])
        fields[LENGTH], fields[BODY], fields[ARENA] = sections + len(body), len(body), 0
        self._frame = tuple(fields)  # type: ignore[assignment] # sixteen numbers as before
        self._source, self._at = frame[:sections] + body, 0

    def revoke(self) -> None:
        """Ends the body's view, if there is one. A view that something else was made from stays readable, as documented."""
        try:
            self._view.release()
        except (AttributeError, BufferError):
            return

    def materialise(self) -> None:
        """Decodes everything."""
        for name in ATTRIBUTES:
            getattr(self, name)

    def __reduce__(self) -> tuple[Any, ...]:
        self.materialise()
        members = {name: value for name, value in vars(self).items() if not isinstance(value, memoryview)}
        return _restored, (members, bytes(self.body) if isinstance(self.body, memoryview) else self.body)

    def section(self, field: int) -> bytes:
        """The bytes of PATH, CONTENT_TYPE, ID, EXTRA or HEADERS, which lie in this order."""
        fields = self._frame
        start = self._at + 64 + sum(fields[PATH : EXTRA + 1 if field == HEADERS else field])
        data: bytes = self._source[start : start + fields[field]]
        return data

    def lend_body(self, start: int, size: int) -> Any:
        """The body as a view. Only arena bodies are lent: an inline one is copied in less time than a view of it takes to make."""
        if not self._frame[ARENA]:
            return memoryview(self._source[start : start + size])
        self._view = memoryview(self._source)[start : start + size].toreadonly()
        return self._view

    def text(self, data: bytes) -> Any:
        return data.decode() if self.tables.text else data

    def pairs(self, field: int) -> dict[Any, Any]:
        block = self.section(field)
        if not block:
            return {}
        # `split` is one call in C for both kinds; a block cut short loses its last name, it can't raise.
        if self.tables.text:
            words = block.decode().split("\0")
            return dict(zip(words[::2], words[1::2]))
        parts = block.split(b"\0")
        return dict(zip(parts[::2], parts[1::2]))


def _restored(members: dict[str, Any], body: Any) -> Event:
    event = Event()
    event.__dict__.update(members)
    event.body = body
    return event


def _path(event: FrameEvent) -> Any:
    start = event._at + layout.HEADER_LENGTH
    path = event._source[start : start + event._frame[PATH]]
    if b"\0" in path:
        path = path.partition(b"\0")[0]
    return event.text(path or b"/")


def _fields(event: FrameEvent) -> dict[Any, Any]:
    query = event.section(PATH).partition(b"\0")[2]
    return {event.text(name): event.text(value) for name, value in parse_query(query)} if query else {}


def parse_query(query: bytes) -> list[tuple[bytes, bytes]]:
    """Names and values in order, as fasthttp reads them: `+` is a space, a broken escape stays as it is, no `=` is an empty value."""
    parts = [part.partition(b"=") for part in query.split(b"&")]
    return [(unquote(name), unquote(value)) for name, _, value in parts if name or value]


def unquote(data: bytes) -> bytes:
    if b"+" in data:
        data = data.replace(b"+", b" ")
    if b"%" not in data:
        return data
    # Imported here: most queries have no escape, and urllib.parse costs 4 ms of start.
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(data)


def _id(event: FrameEvent) -> Any:
    data = event.section(ID)
    return event.text(data or new_id().encode())


def new_id() -> str:
    """A UUID v4, without the uuid module's start-up cost."""
    value = int.from_bytes(os.urandom(16), "big")
    value = value & ~(0xF << 76 | 0x3 << 62) | 0x4 << 76 | 0x2 << 62
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _extra(event: FrameEvent, name: str) -> Any:
    value: Optional[bytes] = None
    block = event.section(EXTRA)
    if block:
        parts = block.split(b"\0")
        value = dict(zip(parts[::2], parts[1::2])).get(name.encode())
    return event.text(value or b"")


def _method(event: FrameEvent) -> Any:
    index = event._frame[CODE] & 0xFF
    methods = event.tables.methods
    return methods[index] if index < len(methods) else _extra(event, "method")


def _trigger(event: FrameEvent) -> TriggerInfo:
    index = event._frame[CODE] >> 8
    triggers = event.tables.triggers
    # An event that carries another source's name (CloudEvents) has it in `extra`.
    kind, name = (_extra(event, "trigger_kind"), _extra(event, "trigger_name")) if event._frame[EXTRA] else ("", "")
    if kind or name or index >= len(triggers):
        return TriggerInfo(kind, name)
    return triggers[index]


def _num_shards(event: FrameEvent) -> int:
    text = _extra(event, "num_shards")
    return int(text) if text.isdigit() else 0


class _Lazy:
    """An attribute that is decoded when it is read first."""

    __slots__ = ("_name", "_decode")

    def __init__(self, name: str, decode: Callable[[FrameEvent], Any]) -> None:
        self._name = name
        self._decode = decode

    def __get__(self, event: Optional[FrameEvent], owner: Any = None) -> Any:
        if event is None:
            return self
        value = self._decode(event)
        setattr(event, self._name, value)
        return value


class _Body:
    """The same for the body, whose cost counts."""

    __slots__ = ()

    def __get__(self, event: Optional[FrameEvent], owner: Any = None) -> Any:
        if event is None:
            return self
        fields = event._frame
        size = fields[BODY]
        start = fields[ARENA] or event._at + fields[LENGTH] - size
        if event.tables.view:
            body = event.lend_body(start, size)
        else:
            body = event._source[start : start + size]
        if (
            fields[FLAGS] & layout.OBJECT
            or fields[CONTENT_TYPE] == _JSON_LENGTH
            and event.section(CONTENT_TYPE) == _JSON
        ):
            body = decode_body(body, "application/json")
        event.body = body
        return body


def _of_extra(name: str) -> Callable[[FrameEvent], Any]:
    return lambda event: _extra(event, name)


_DECODERS: dict[str, Callable[[FrameEvent], Any]] = {
    "content_type": lambda event: event.text(event.section(CONTENT_TYPE)),
    "trigger": _trigger,
    "fields": _fields,
    "headers": lambda event: event.pairs(HEADERS),
    "id": _id,
    "method": _method,
    "path": _path,
    "size": lambda event: event._frame[BODY],
    "timestamp": lambda event: utc(event._frame[TIME] // _NANOS),
    "shard_id": lambda event: event._frame[SHARD],
    "num_shards": _num_shards,
    "last_in_batch": lambda event: bool(event._frame[FLAGS] & layout.LAST_IN_BATCH),
    "offset": lambda event: event._frame[STREAM_OFFSET],
    **{name: _of_extra(name) for name in ("url", "type", "type_version", "version", "topic")},
}
FrameEvent.body = _Body()
for _name, _decoder in _DECODERS.items():
    setattr(FrameEvent, _name, _Lazy(_name, _decoder))
