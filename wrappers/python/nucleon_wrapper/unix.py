"""The connection whose frames travel on the socket; the segment is one page that holds `claimed`."""

from __future__ import annotations

import socket
from typing import Optional

from nucleon_wrapper import layout
from nucleon_wrapper.errors import EndOfConnection
from nucleon_wrapper.frame import HEADER, UNPACK, Buffer, Fields, check
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.paged import CLAIMED, REVOKE, PagedConnection
from nucleon_wrapper.segment import Segment

_PACK = HEADER.pack
# One read takes many small frames, or a body of 64 KiB with its header. Above 128 KiB glibc maps fresh pages for the buffer of each
# read and unmaps them: 15 µs instead of 2.4 for 200 bytes (x86-64, Python 3.13).
_READ = 120 * 1024
# Answers are collected and sent with one call while handlers are quick, so that an answer is held back for a few hundred µs at
# most: a send costs about 2 µs here and as much at the other end, an empty event less than one.
_QUICK_NANOS = 50_000
_MAX_PENDING = 32
_DIRECT = 64 * 1024


class UnixConnection(PagedConnection):
    """Confined to the main thread but for `post`. Positions count the bytes of frames received after the hand-shake."""

    __slots__ = (
        "_received",
        "_place",
        "_length",
        "_missing",
        "_have",
        "_need",
        "_pending",
        "_recent",
    )

    def __init__(self, sock: socket.socket, hello: Hello, segment: Segment) -> None:
        super().__init__(sock, hello, segment)
        self.inline_limit = hello.max_frame
        self._received = 0
        self._place = 0
        self._length = 0
        self._missing: list[bytes] = []
        self._have = 0
        self._need = layout.HEADER_LENGTH
        self._pending: list[Buffer] = []
        self._recent = 0

    # Reading

    def poll(self, release: bool = False) -> Optional[Fields]:
        if release:
            self.release()
        while True:
            here = len(self.source) - self._place
            if here < 64:
                if self._lacks(64):
                    return None
                continue
            self.at = at = self._place
            fields = UNPACK(self.source, at)
            length, kind, _, _, _, _, epoch, _, body, headers, path, content_type, id_, extra, arena, _ = fields
            if (
                kind != layout.EVENT
                or arena
                or length != 64 + path + content_type + id_ + extra + headers + body
                or length > self.frame_limit
            ):
                check(fields, self.frame_limit)
            if length > here:
                if self._lacks(length):
                    return None
                continue
            self._length = length
            if epoch != self.epoch:
                self.dropped += 1
                self.release()
                continue
            return fields

    def claim(self) -> bool:
        words, following = self._words, self._received + self._length
        words[CLAIMED] = following
        if self._pending and (self._recent > _QUICK_NANOS or len(self._pending) >= _MAX_PENDING):
            self._send()
        self.free()
        if self._weak:
            self._pair()
        if words[REVOKE] != self._revoke_done and self._is_revoked(self._received, following):
            self.acquire()
            return False
        if self._deferred:
            self.settle()
        return True

    def release(self) -> None:
        self._place += self._length
        self._received += self._length
        self._length = 0

    def upcoming(self) -> list[Fields]:
        if self._have:
            self._join()
        found, at = [], self._place + self._length
        while at + layout.HEADER_LENGTH <= len(self.source):
            fields = UNPACK(self.source, at)
            if fields[0] < layout.HEADER_LENGTH:
                break
            found.append(fields)
            at += fields[0]
        return found

    # Sleeping

    def wait(self) -> None:
        self.flush()
        self.sleep()

    def receive(self) -> None:
        try:
            data = self.sock.recv(_READ)
        except OSError as gone:
            raise EndOfConnection from gone
        if not data:
            raise EndOfConnection
        self._take(data)

    def drain(self) -> None:
        try:
            data = self.sock.recv(_READ, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        if not data:
            raise EndOfConnection
        self._take(data)

    def _take(self, data: bytes) -> None:
        """Joins the parts only when a whole frame is there, so that a large one is not copied once a read."""
        self._missing.append(data)
        self._have += len(data)
        if len(self.source) - self._place + self._have >= self._need or self._length:
            self._join()

    def _lacks(self, need: int) -> bool:
        """Whether fewer bytes are here. Parts may wait that came while more were needed: nothing would tell of them again."""
        self._need = need
        if len(self.source) - self._place + self._have < need:
            return True
        self._join()
        return False

    def _join(self) -> None:
        rest = self.source[self._place :]
        self.source = b"".join((rest, *self._missing)) if rest else b"".join(self._missing)
        self._place = 0
        self._missing.clear()
        self._have = 0

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
        length = 64 + len(content_type) + len(extra) + len(headers) + size
        if length > self.frame_limit:
            self.respond(correlation, code, flags | layout.MORE, took, content_type, headers, b"", extra)
            self.chunks(correlation, flags & layout.FAILED, body)
            return
        lengths = (size, len(headers), 0, len(content_type), 0, len(extra), 0, 0)
        self._recent = took if took > self._recent else (took + self._recent) >> 1
        header = _PACK(length, layout.RESPONSE, flags, code, correlation, took, self.epoch, -1, *lengths)
        if size < _DIRECT:
            self._pending.append(b"".join((header, content_type, extra, headers, body)))
        else:
            self._pending += (header + content_type + extra + headers, body)
            self._send()

    def write(self, frame: bytes) -> None:
        self._pending.append(frame)
        if len(self._pending) >= _MAX_PENDING or len(frame) >= _DIRECT:
            self._send()

    def flush(self) -> None:
        if self._pending:
            self._send()

    def _send(self) -> None:
        pending, self._pending = self._pending, []
        try:
            if len(pending) == 1:
                self.sock.sendall(pending[0])
            elif sum(map(len, pending)) < _DIRECT:
                self.sock.sendall(b"".join(pending))
            else:
                for part in pending:
                    self.sock.sendall(part)
        except OSError as gone:
            raise EndOfConnection from gone
