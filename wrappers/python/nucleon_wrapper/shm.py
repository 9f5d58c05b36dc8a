"""The connection over two rings in shared memory (PROTOCOL.md §5). Bells travel on the socket, frames don't."""

from __future__ import annotations

import socket
import struct
import threading
import time
from typing import Optional

from nucleon_wrapper import layout
from nucleon_wrapper.arena import ResponseArena
from nucleon_wrapper.errors import EndOfConnection, Violation
from nucleon_wrapper.frame import HEADER, UNPACK, Buffer, Fields, Parts, check, encode
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.paged import CLAIMED, REVOKE, PagedConnection
from nucleon_wrapper.segment import Segment

_EVENT, _RESPONSE = layout.EVENT, layout.RESPONSE
# Native order: this connection exists only on little-endian machines, where it is the quicker of two equal formats.
_PACK_FIVE = struct.Struct("@QQqQQ").pack_into
_OK = 200 << 48 | layout.RESPONSE << 32
_REQUEST, _RESPONSES = layout.REQUEST_INDICES // 8, layout.RESPONSE_INDICES // 8
_HEAD, _TAIL = _REQUEST + layout.HEAD // 8, _REQUEST + layout.TAIL // 8
_SLEEPING = _REQUEST + layout.CONSUMER_WAITING // 8
_BLOCKED = _REQUEST + layout.PRODUCER_WAITING // 8
_OUT_HEAD, _OUT_TAIL = _RESPONSES + layout.HEAD // 8, _RESPONSES + layout.TAIL // 8
_PEER_SLEEPING = _RESPONSES + layout.CONSUMER_WAITING // 8
_WAITING_FOR_ROOM = _RESPONSES + layout.PRODUCER_WAITING // 8

# A look at `head` costs about 50 ns in CPython, so this is the 25 µs of PROTOCOL.md §6.
_SPINS = 500
# Answers are published at once, but the bell for a sleeping processor waits until quick handlers have owed it this much time, or
# until there is nothing more to do: one wake for many answers. A handler that is slow all of a sudden delays those before it until
# the processor's own look at its rings, at most 20 ms.
_QUICK_NANOS = 50_000
# What an event costs around its handler, and what copying a body in and out takes: a core moves about 10 bytes in a nanosecond.
_OWN_NANOS = 2_000
_COPIED_PER_NANO = 5
_BELL = b"\x01"
_PAUSE_SECONDS = 0.001


class ShmConnection(PagedConnection):
    """Confined to the main thread but for `post`. The fence of `claim` orders `claimed`, `tail` and the response ring's `head` before
    the loads of `revoke` and the sleep flags."""

    __slots__ = (
        "_base",
        "_size",
        "_mask",
        "_limit",
        "_arena_range",
        "_head",
        "_position",
        "_next",
        "_out_base",
        "_out_size",
        "_out_mask",
        "_out_head",
        "_out_free",
        "_arena",
        "_epoch_word",
        "_owed",
        "_back",
        "_skip",
        "_spins",
        "_waited",
        "_alone",
    )

    def __init__(self, sock: socket.socket, hello: Hello, segment: Segment) -> None:
        super().__init__(sock, hello, segment)
        self.source = segment.map
        ring, out, arena = segment.request_ring, segment.response_ring, segment.request_arena
        if not ring.size or not out.size:
            raise Violation("the segment of an shm connection has no rings")
        self._base, self._size, self._mask = ring.offset, ring.size, ring.size - 1
        self._limit = ring.offset + ring.size
        self._arena_range = range(arena.offset, arena.offset + arena.size)
        self._head = self._position = self._next = self._words[_TAIL]
        self._out_base, self._out_size, self._out_mask = out.offset, out.size, out.size - 1
        self._out_head = self._words[_OUT_HEAD]
        self._out_free = self._words[_OUT_TAIL] + out.size
        # A frame may take a quarter of the ring, so that a slow reader never holds the writer with one frame.
        self.frame_limit = min(out.size // 4, hello.max_frame)
        self._arena = ResponseArena(segment.response_arena, segment.chunk)
        # Words 0 to 4 of a RESPONSE: epoch in the low half of the fourth, shard −1 in the high one.
        self._epoch_word = 0xFFFFFFFF << 32 | self.epoch
        self._owed = 0
        self._back, self._skip = 1, 0
        self._spins = _SPINS if hello.spin else 0
        # Whether the next look is the first one since the worker waited, and whether that found one frame and no look another.
        self._waited = self._alone = True

    # Reading

    def poll(self, release: bool = False) -> Optional[Fields]:
        if release:
            if self._weak:
                self._pair()
            self._position = self._words[_TAIL] = self._next
        while True:
            position = self._position
            if position == self._head and not self._look():
                return None
            index = position & self._mask
            self.at = at = self._base + index
            fields = UNPACK(self.source, at)
            length, kind, _, _, _, _, epoch, _, body, headers, path, content_type, id_, extra, arena, _ = fields
            self._next = end = position + ((length + 63) & -64)
            if (
                kind != _EVENT
                or arena
                or length != 64 + path + content_type + id_ + extra + headers + body
                or end > self._head
                or at + length > self._limit
                or epoch != self.epoch
            ) and not self._examine(fields, self._head - position, index):
                self._pass_over()
                continue
            return fields

    def _look(self) -> bool:
        head = self._words[_HEAD]
        if head == self._position:
            return False
        if self._weak:
            self._pair()
        if not 0 < head - self._position <= self._size or head & 63:
            raise Violation(f"the request ring's head is {head} where the worker is at {self._position}")
        published = head - self._position
        self._alone = self._waited and published == (self._word_at(self._position) + 63 & 0xFFFFFFC0)
        self._waited = False
        self._head = head
        return True

    def _word_at(self, position: int) -> int:
        return int(self._words[self._base + (position & self._mask) >> 3])

    def _examine(self, fields: Fields, published: int, index: int) -> bool:
        """True for a frame to handle, False for one to pass over; Violation for anything else."""
        length, kind = fields[0], fields[1]
        to_end = self._size - index
        if kind == layout.PAD:
            if length != to_end or length > published or length & 63:
                raise Violation(f"a PAD of {length} bytes does not reach the ring's end, {to_end} bytes away")
            return False
        check(fields, min(published, to_end), self._arena_range)
        if fields[6] != self.epoch:
            self.dropped += 1
            return False
        return True

    def _pass_over(self) -> None:
        self._position = self._words[_TAIL] = self._next

    def claim(self) -> bool:
        words = self._words
        words[CLAIMED] = self._next
        self.free()
        if self._weak:
            self._pair()
        if self._owed > _QUICK_NANOS:
            self._owed = 0
            if words[_PEER_SLEEPING]:
                self._wake(_PEER_SLEEPING)
        if words[REVOKE] != self._revoke_done and self._is_revoked(self._position, self._next):
            self.acquire()
            return False
        if self._deferred:
            self.settle()
        return True

    def release(self) -> None:
        if self._weak:
            self._pair()
        self._position = self._words[_TAIL] = self._next

    def upcoming(self) -> list[Fields]:
        head, found = self._words[_HEAD], []
        position = self._next
        while position < head and head - position <= self._size:
            fields = UNPACK(self.source, self._base + (position & self._mask))
            if fields[0] < layout.HEADER_LENGTH:
                break  # poll will say what is wrong, when its turn comes
            found.append(fields)
            position += (fields[0] + 63) & -64
        return found

    # Sleeping

    def wait(self) -> None:
        self.flush()
        if self._words[_BLOCKED]:
            self._wake(_BLOCKED)
        while self._words[_HEAD] == self._position and not self._spin():
            if self.arm():
                self.sleep()
            self._words[_SLEEPING] = 0
            if self.interrupted:
                break
        self._waited = True

    def _spin(self) -> bool:
        if self._skip or not self._spins or not self._alone:
            self._skip -= self._skip > 0
            return False
        words, position = self._words, self._position
        for _ in range(self._spins):
            if words[_HEAD] != position:
                self._back = 1
                return True
        self._skip = self._back
        self._back = min(2 * self._back, layout.MAX_BACK)
        return False

    def arm(self) -> bool:
        self._words[_SLEEPING] = 1
        self.free()
        self.acquire()
        if self._words[_HEAD] == self._position:
            return True
        self._words[_SLEEPING] = 0
        return False

    def watch(self) -> list[Fields]:
        # The flag goes up before the look, so a frame that this look misses comes with a bell.
        self._words[_SLEEPING] = 1
        self.free()
        self.acquire()
        return self.upcoming()

    def drain(self) -> None:
        try:
            while self.sock.recv(4096, socket.MSG_DONTWAIT):
                pass
        except BlockingIOError:
            return
        raise EndOfConnection

    # Writing

    def respond(
        self,
        correlation: int,
        code: int,
        flags: int,
        took: int,
        content_type: bytes,
        headers: bytes,
        body: Buffer,
        extra: bytes = b"",
    ) -> None:
        if self._deferred:
            self._write_deferred()
        size = len(body)
        rest = _rests.get(content_type)
        if size > self.inline_limit or rest is None or extra:
            self._respond_rare(correlation, code, flags, took, content_type, headers, body, extra)
            return
        length = 40 + len(rest) + size + len(headers)
        padded = (length + 63) & -64
        head = self._out_head
        index = head & self._out_mask
        if index + padded > self._out_size or head + padded > self._out_free:
            self._await_place(padded)
            head = self._out_head
            index = head & self._out_mask
        at = self._out_base + index
        # The header as eight words, of which only the first five differ from answer to answer; `rest` holds the others.
        first = _OK if code == 200 and not flags else code << 48 | flags << 40 | _RESPONSE << 32
        _PACK_FIVE(self.source, at, first + length, correlation, took, self._epoch_word, size + (len(headers) << 32))
        self.source[at + 40 : at + length] = rest + headers + body if headers else rest + body
        if self._weak:
            self._pair()
        # Release: pairs with the processor's acquire load before it reads the frame.
        self._out_head = self._words[_OUT_HEAD] = head + padded
        self._owed += took + _OWN_NANOS

    def _respond_rare(
        self,
        correlation: int,
        code: int,
        flags: int,
        took: int,
        content_type: bytes,
        headers: bytes,
        body: Buffer,
        extra: bytes,
    ) -> None:
        """Large bodies, new content types, failures."""
        size = len(body)
        if len(_rests) < 256:  # a bound, should a function make a new content type for each event
            _rests[content_type] = struct.pack("<HHHHQq", 0, len(content_type), 0, 0, 0, 0) + content_type
        if size > self.inline_limit and self._arena.fits(size):
            self._respond_large(correlation, code, flags, took, content_type, headers, body, extra)
            return
        parts = Parts(layout.RESPONSE, flags, code, correlation, took, self.epoch, content_type=content_type)
        parts = parts._replace(extra=extra, headers=headers)
        if size <= self.inline_limit:
            self.write(encode(parts._replace(body=body)))
        else:
            self.write(encode(parts._replace(flags=flags | layout.MORE)))
            self.chunks(correlation, flags & layout.FAILED, body)

    def _respond_large(
        self,
        correlation: int,
        code: int,
        flags: int,
        took: int,
        content_type: bytes,
        headers: bytes,
        body: Buffer,
        extra: bytes,
    ) -> None:
        """A body in the arena; written in place, since each tuple made on the way would cost as much as 10 KB more of body."""
        size, sections = len(body), content_type + extra + headers
        length = layout.HEADER_LENGTH + len(sections)
        padded = (length + 63) & -64
        self._await_place(padded)
        tail = self._words[_OUT_TAIL]
        while (run := self._arena.claim(size, tail, self._out_head)) < 0:
            self._await_tail(tail)  # of the tail that claim saw: a later one may have freed all there is to free
            tail = self._words[_OUT_TAIL]
        self.source[run : run + size] = body
        at = self._out_base + (self._out_head & self._out_mask)
        first = (length, _RESPONSE, flags, code, correlation, took, self.epoch, layout.NO_SHARD)
        HEADER.pack_into(self.source, at, *first, size, len(headers), 0, len(content_type), 0, len(extra), run, 0)
        self.source[at + layout.HEADER_LENGTH : at + length] = sections
        self._publish(padded)
        self._owed += took + _OWN_NANOS + size // _COPIED_PER_NANO

    def write(self, frame: bytes) -> None:
        padded = (len(frame) + 63) & -64
        self._await_place(padded)
        at = self._out_base + (self._out_head & self._out_mask)
        self.source[at : at + len(frame)] = frame
        self._publish(padded)
        self._owed = _QUICK_NANOS + 1  # rare frames are not held back

    def _publish(self, padded: int) -> None:
        if self._weak:
            self._pair()
        # Release, as in `respond`.
        self._out_head = self._words[_OUT_HEAD] = self._out_head + padded

    def _await_place(self, padded: int) -> None:
        """Waits until a frame of so many bytes fits at `_out_head`; fills the ring's end first if it does not fit before that."""
        rest = self._out_size - (self._out_head & self._out_mask)
        if padded > self._out_size // 2:
            # Together with the ring's end it might never fit. Rings are so large that only a mistake of ours leads here.
            raise ValueError(f"a frame of {padded} bytes for a ring of {self._out_size}")
        if padded <= rest:
            self._await_room(padded)
            return
        self._await_room(rest + padded)
        struct.pack_into("<IB", self.source, self._out_base + self._out_size - rest, rest, layout.PAD)
        self._out_head += rest

    def _await_room(self, needed: int) -> None:
        while True:
            tail = self._words[_OUT_TAIL]
            if self._weak:
                self._pair()
            if not 0 <= self._out_head - tail <= self._out_size:
                raise Violation(f"the response ring's tail is {tail} where the head is {self._out_head}")
            self._out_free = tail + self._out_size
            if self._out_head + needed <= self._out_free:
                return
            self._await_tail(tail)

    def _await_tail(self, tail: int) -> None:
        """Sleeps until the processor has moved the response ring's tail from there."""
        words = self._words
        self._pair()
        if words[_PEER_SLEEPING]:
            self._wake(_PEER_SLEEPING)
        if threading.current_thread() is not threading.main_thread():
            # The bells on the socket are the main thread's; another one looks again.
            time.sleep(_PAUSE_SECONDS)
            return
        words[_WAITING_FOR_ROOM] = 1
        self._pair()
        if words[_OUT_TAIL] == tail:
            self.read_bells()
        words[_WAITING_FOR_ROOM] = 0

    def flush(self) -> None:
        self.free()
        self.acquire()
        if self._owed and self._words[_PEER_SLEEPING]:
            self._wake(_PEER_SLEEPING)
        self._owed = 0

    def _wake(self, flag: int) -> None:
        self._words[flag] = 0
        try:
            self.sock.send(_BELL, socket.MSG_DONTWAIT)
        except BlockingIOError:
            pass  # bells are pending already
        except OSError as gone:
            raise EndOfConnection from gone


# By content type: a RESPONSE from its sixth header word on (lengths, arenaOffset, streamOffset), up to the headers.
_rests: dict[bytes, bytes] = {}
