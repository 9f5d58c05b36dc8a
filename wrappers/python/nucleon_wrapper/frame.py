"""The 64-byte header and what is around it: packing, checking, pairs blocks. No state, no I/O, any thread."""

from __future__ import annotations

import json
import sys
from struct import Struct
from typing import Any, Iterable, NamedTuple, Union

from nucleon_wrapper import layout
from nucleon_wrapper.errors import Violation

HEADER = Struct(layout.HEADER_FORMAT)
PREAMBLE = Struct(layout.PREAMBLE_FORMAT)
# The quicker of two equal formats where the machine is little-endian.
UNPACK = Struct("@" + layout.HEADER_FORMAT[1:] if sys.byteorder == "little" else layout.HEADER_FORMAT).unpack_from

Fields = tuple[int, int, int, int, int, int, int, int, int, int, int, int, int, int, int, int]
Buffer = Union[bytes, bytearray, memoryview]

# Places in the tuple that UNPACK gives.
LENGTH, TYPE, FLAGS, CODE, CORRELATION, TIME, EPOCH, SHARD = range(8)
BODY, HEADERS, PATH, CONTENT_TYPE, ID, EXTRA, ARENA, STREAM_OFFSET = range(8, 16)

# What a processor may send after the hand-shake.
FROM_PROCESSOR = frozenset(
    (layout.EVENT, layout.CHUNK, layout.CANCEL, layout.DRAIN, layout.TERMINATE, layout.CONTINUE, layout.STOP)
)


class Parts(NamedTuple):
    """A frame in words, for everything that is not the hot path."""

    kind: int
    flags: int = 0
    code: int = 0
    correlation: int = 0
    time: int = 0
    epoch: int = 0
    shard: int = layout.NO_SHARD
    path: bytes = b""
    content_type: bytes = b""
    id: bytes = b""
    extra: bytes = b""
    headers: bytes = b""
    body: Buffer = b""
    arena: int = 0
    stream_offset: int = 0


def encode(parts: Parts) -> bytes:
    """The frame's bytes, body inline."""
    sections = b"".join((parts.path, parts.content_type, parts.id, parts.extra, parts.headers))
    size = len(parts.body)
    header = HEADER.pack(
        layout.HEADER_LENGTH + len(sections) + (0 if parts.arena else size),
        parts.kind,
        parts.flags,
        parts.code,
        parts.correlation,
        parts.time,
        parts.epoch,
        parts.shard,
        size,
        len(parts.headers),
        len(parts.path),
        len(parts.content_type),
        len(parts.id),
        len(parts.extra),
        parts.arena,
        parts.stream_offset,
    )
    return b"".join((header, sections) if parts.arena else (header, sections, parts.body))


def sections_length(fields: Fields) -> int:
    """What `length` must be."""
    inline = 0 if fields[ARENA] else fields[BODY]
    return 64 + fields[PATH] + fields[CONTENT_TYPE] + fields[ID] + fields[EXTRA] + fields[HEADERS] + inline


def check(fields: Fields, available: int, arena: range = range(0)) -> None:
    """Raises Violation, naming what is wrong, unless a frame with this header fits `available` bytes and the sender's arena."""
    length, kind = fields[LENGTH], fields[TYPE]
    if length < layout.HEADER_LENGTH or length > available:
        raise Violation(f"a frame says that it is {length} bytes long where {available} are possible")
    if kind not in FROM_PROCESSOR:
        raise Violation(f"frames of type {kind} don't go from processor to worker")
    if sections_length(fields) != length:
        raise Violation(f"a frame's sections add up to {sections_length(fields)} bytes, its length says {length}")
    if fields[ARENA] and not (arena.start <= fields[ARENA] and fields[ARENA] + fields[BODY] <= arena.stop):
        raise Violation(f"a body at {fields[ARENA]} of {fields[BODY]} bytes is outside the request arena")


def body_of(source: Any, at: int, fields: Fields) -> bytes:
    """A copy of the frame's body."""
    start = fields[ARENA] or at + fields[LENGTH] - fields[BODY]
    return bytes(source[start : start + fields[BODY]])


def json_body(body: bytes) -> dict[str, Any]:
    """The JSON object of a hand-shake frame."""
    try:
        value = json.loads(body)
    except ValueError as failure:
        raise Violation(f"the hand-shake's JSON can't be read: {failure}") from failure
    if not isinstance(value, dict):
        raise Violation("the hand-shake's JSON is no object")
    return value


def pairs(items: Iterable[tuple[str, str]]) -> bytes:
    """A pairs block. ValueError when a name or value holds a NUL, which the block could not carry."""
    parts = [part for pair in items for part in pair]
    block = "\0".join(parts)
    if block.count("\0") != max(len(parts) - 1, 0):
        raise ValueError("a header's name or value holds a NUL character")
    return encode_text(block)


def encode_text(text: str) -> bytes:
    """UTF-8; a lone surrogate becomes U+FFFD, as on the way through JSON that nuclio's answers take."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def cut(text: str, limit: int = layout.MAX_SHORT) -> bytes:
    """UTF-8 of at most `limit` bytes, cut between characters."""
    data = encode_text(text)
    return data if len(data) <= limit else data[:limit].decode("utf-8", "ignore").encode()
