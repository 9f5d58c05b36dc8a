"""A processor written from PROTOCOL.md alone: starts the real wrapper and speaks both kinds of connection. No code of the wrapper."""

from __future__ import annotations

import errno
import json
import mmap
import os
import select
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, NamedTuple, Optional

WRAPPER = Path(__file__).resolve().parents[1] / "wrapper.py"
HEADER = struct.Struct("<IBBHQqIiIIHHHHQq")
TYPES = ["", "PAD", "HELLO", "READY", "EVENT", "RESPONSE", "CHUNK", "LOG", "ACK", "CANCEL", "DRAIN", "TERMINATE"]
TYPES += ["CONTINUE", "STOP", "DONE", "FAULT"]
PAD, HELLO, READY, EVENT, RESPONSE, CHUNK, LOG, ACK, CANCEL, DRAIN, TERMINATE, CONTINUE, STOP, DONE, FAULT = range(
    1, 16
)
MORE, FAILED, BATCH, BATCHED, NO_ACK, LAST_IN_BATCH, DISCARDED, OBJECT = (1 << bit for bit in range(8))
METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"]
LIMIT_SECONDS = 20.0
REQUEST, RESPONSES = 1024, 2048


class Frame(NamedTuple):
    """A received frame, its body put together already if it was in the arena."""

    kind: int
    flags: int
    code: int
    correlation: int
    time: int
    epoch: int
    shard: int
    stream_offset: int
    path: bytes
    content_type: bytes
    id: bytes
    extra: dict[str, str]
    headers: dict[str, str]
    body: bytes
    arena: int = 0

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else {}


class Gone(Exception):
    """The worker has closed its socket."""


def pairs(items: Optional[dict[Any, Any]]) -> bytes:
    parts = [part if isinstance(part, bytes) else str(part).encode() for pair in (items or {}).items() for part in pair]
    return b"\0".join(parts)


def unpairs(block: bytes) -> dict[str, str]:
    parts = block.decode("utf-8", "surrogateescape").split("\0") if block else []
    assert len(parts) % 2 == 0, block
    return dict(zip(parts[::2], parts[1::2]))


def build(
    kind: int,
    flags: int = 0,
    code: int = 0,
    correlation: int = 0,
    time_nanos: int = 0,
    epoch: int = 7,
    shard: int = -1,
    path: bytes = b"",
    content_type: bytes = b"",
    id: bytes = b"",
    extra: bytes = b"",
    headers: bytes = b"",
    body: bytes = b"",
    arena: int = 0,
    stream_offset: int = 0,
) -> bytes:
    sections = path + content_type + id + extra + headers + (b"" if arena else body)
    lengths = (len(body), len(headers), len(path), len(content_type), len(id), len(extra))
    first = (64 + len(sections), kind, flags, code, correlation, time_nanos, epoch, shard)
    return HEADER.pack(*first, *lengths, arena, stream_offset) + sections


class FakeProcessor:
    """`with FakeProcessor("shm", source) as p: p.call(body=b"x")`. Sizes in bytes; `hello` overrides members of the hand-shake."""

    def __init__(
        self,
        transport: str,
        source: str = "",
        handler: str = "main:handler",
        files: Optional[dict[str, str]] = None,
        ring: int = 1 << 20,
        arena: int = 3 << 20,
        chunk: int = 64 << 10,
        interpreter: str = sys.executable,
        environment: Optional[dict[str, str]] = None,
        expect_ready: bool = True,
        by_path: bool = False,
        preamble: Optional[dict[int, bytes]] = None,
        **hello: Any,
    ) -> None:
        self.transport = transport
        self.folder = tempfile.TemporaryDirectory()
        self.home = Path(self.folder.name)
        for name, text in {"main.py": source, **(files or {})}.items():
            (self.home / name).parent.mkdir(parents=True, exist_ok=True)
            (self.home / name).write_text(text)
        self.epoch = 7
        self.logs: list[Frame] = []
        self.acks: list[Frame] = []
        self.others: list[Frame] = []
        self.bells = 0
        self._answers: dict[int, Frame] = {}
        self._parts: dict[int, list[Frame]] = {}
        self._buffer = b""
        self._correlation = 0
        self._arena_next = 0
        self._sent = 0
        self._by_path, self._preamble = by_path, preamble or {}
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(str(self.home / "processor.sock"))
        self._listener.listen(1)
        self._make_segment(ring if transport == "shm" else 0, arena if transport == "shm" else 0, chunk)
        self.process = self._start(interpreter, environment or {})
        try:
            self._shake_hands(handler, hello)
            self.ready = self.await_frame(READY) if expect_ready else None
        except BaseException:
            self.close()
            raise

    # Start

    def _start(self, interpreter: str, more: dict[str, str]) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "NUCLEON_SOCKET": str(self.home / "processor.sock"), "NUCLEON_WORKER": "3"}
        environment.update({"NUCLEON_TOKEN": "c0ffee", "PYTHONDONTWRITEBYTECODE": "1", **more})
        self.stderr = tempfile.TemporaryFile()
        self.stdout = tempfile.TemporaryFile()
        command = [interpreter, "-u", str(WRAPPER)]
        return subprocess.Popen(
            command, env=environment, cwd=self.home, stdin=subprocess.DEVNULL, stdout=self.stdout, stderr=self.stderr
        )

    def _make_segment(self, ring: int, arena: int, chunk: int) -> None:
        self.size = 4096 + 2 * ring + 2 * arena
        self.ring, self.arena, self.chunk = ring, arena, chunk
        self.segment_path = self.home / "segment"
        self.segment_fd = os.open(self.segment_path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self.segment_fd, self.size)
        self.map = mmap.mmap(self.segment_fd, self.size)
        self.words = memoryview(self.map).cast("Q")
        offsets = [4096, 4096 + ring, 4096 + 2 * ring, 4096 + 2 * ring + arena] if ring else [0, 0, 0, 0]
        self.request_base, self.response_base, self.request_arena, self.response_arena = offsets
        sizes = [ring, ring, arena, arena]
        areas = [number for pair in zip(offsets, sizes) for number in pair]
        struct.pack_into("<8sHHIQQ", self.map, 0, b"NUCLEON\x01", 1, 0, 4096, self.size, self.epoch)
        struct.pack_into("<8QI", self.map, 32, *areas, chunk if ring else 0)
        for at, data in self._preamble.items():
            self.map[at : at + len(data)] = data

    def _shake_hands(self, handler: str, overrides: dict[str, Any]) -> None:
        self._listener.settimeout(LIMIT_SECONDS)
        self.sock, _ = self._listener.accept()
        self.sock.settimeout(LIMIT_SECONDS)
        header = HEADER.unpack(self._exactly(64))
        self.greeting = json.loads(self._exactly(header[0] - 64))
        assert header[1] == HELLO, header
        members: dict[str, Any] = {
            "protocol": [1, 0],
            "transport": self.transport,
            "segment": {"size": self.size, "fd": not self._by_path, "path": str(self.segment_path)},
            "inlineLimit": 16384,
            "maxFrame": 8 << 20,
            "inFlight": 1,
            "mode": "sync",
            "body": "copy",
            "spin": False,
            "methods": METHODS,
            "triggers": [{"kind": "http", "name": "default-http", "class": "sync"}],
            "trigger": {"kind": "http", "name": "default-http"},
            "function": {"name": "f", "namespace": "ns", "handler": handler, "directory": str(self.home)},
            "platform": {"kind": "local", "urls": ""},
            "worker": 3,
            "decodeEventStrings": True,
            "terminationTimeoutMillis": 10000,
        }
        members.update(overrides)
        self.hello = members
        self.sock.sendall(build(HELLO, epoch=self.epoch, body=json.dumps(members).encode()))
        if not self._by_path:
            try:
                socket.send_fds(self.sock, [b"\0"], [self.segment_fd])
            except BrokenPipeError:
                pass  # a worker that refuses what HELLO says may be gone already

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self.sock.recv(size - len(data))
            if not part:
                raise Gone(self.output())
            data += part
        return data

    def output(self) -> str:
        """What the worker has printed, both streams."""
        text = ""
        for stream in (self.stdout, self.stderr):
            stream.seek(0)
            text += stream.read().decode("utf-8", "replace")
        return text

    # Sending

    def event(
        self,
        body: bytes = b"",
        method: str = "POST",
        path: bytes = b"/",
        content_type: bytes = b"",
        id: bytes = b"",
        headers: Optional[dict[Any, Any]] = None,
        extra: Optional[dict[Any, Any]] = None,
        flags: int = 0,
        in_arena: bool = False,
        send: bool = True,
        **more: Any,
    ) -> int:
        """Sends an event; gives its correlation."""
        self._correlation += 1
        code = METHODS.index(method) if method in METHODS else 255
        parts = {"path": path, "content_type": content_type, "id": id, "headers": pairs(headers), "extra": pairs(extra)}
        arena = self._place(body) if in_arena else 0
        fields = {"code": code, "correlation": self._correlation, "flags": flags, **parts, **more}
        self.send(build(EVENT, body=body, arena=arena, epoch=self.epoch, **fields), publish=send)
        return self._correlation

    def _place(self, body: bytes) -> int:
        """Bodies in a circle: a test has fewer of them open than fit."""
        chunks = -(-len(body) // self.chunk)
        if self._arena_next + chunks > self.arena // self.chunk:
            self._arena_next = 0
        at = self.request_arena + self._arena_next * self.chunk
        self._arena_next += chunks
        self.map[at : at + len(body)] = body
        return at

    def send(self, frame: bytes, publish: bool = True) -> None:
        if self.transport == "unix":
            self.sock.sendall(frame)
            self._sent += len(frame)
            return
        padded = (len(frame) + 63) & -64
        rest = self.ring - (self._sent & (self.ring - 1))
        if padded > rest:
            self._await_room(rest + padded)
            at = self.request_base + (self._sent & (self.ring - 1))
            self.map[at : at + 64] = build(PAD, epoch=99)[:64]
            struct.pack_into("<I", self.map, at, rest)
            self._sent += rest
        self._await_room(padded)
        at = self.request_base + (self._sent & (self.ring - 1))
        self.map[at : at + len(frame)] = frame
        self._sent += padded
        if publish:
            self.publish()

    def publish(self) -> None:
        """Moves head, and rings if the worker sleeps."""
        self.words[REQUEST // 8] = self._sent
        self.fence()
        if self.words[(REQUEST + 384) // 8]:
            self.words[(REQUEST + 384) // 8] = 0
            self.ring_bell()

    def ring_bell(self) -> None:
        self.bells += 1
        self.sock.send(b"\1")

    def fence(self) -> None:
        lock = threading.Lock()
        lock.acquire()
        lock.release()

    def _await_room(self, needed: int) -> None:
        end = time.monotonic() + LIMIT_SECONDS
        while self._sent + needed - self.words[(REQUEST + 256) // 8] > self.ring:
            assert time.monotonic() < end, "the worker does not read its ring"
            self.words[(REQUEST + 512) // 8] = 1
            self.fence()
            if self._sent + needed - self.words[(REQUEST + 256) // 8] > self.ring:
                self.pump(0.5)
            self.words[(REQUEST + 512) // 8] = 0

    # Receiving

    def call(self, **event: Any) -> Frame:
        return self.answer(self.event(**event))

    def answer(self, correlation: int) -> Frame:
        """The complete answer, chunks joined; the last one's flags and extra are added."""
        end = time.monotonic() + LIMIT_SECONDS
        while correlation not in self._answers:
            if time.monotonic() > end:
                raise TimeoutError(f"no answer to {correlation}\n{self.output()}")
            self.pump(0.5)
        return self._answers.pop(correlation)

    def await_frame(self, kind: int) -> Frame:
        """The next frame of a kind that is neither RESPONSE, CHUNK, LOG nor ACK."""
        end = time.monotonic() + LIMIT_SECONDS
        while True:
            for frame in self.others:
                if frame.kind == kind:
                    self.others.remove(frame)
                    return frame
            if time.monotonic() > end:
                raise TimeoutError(f"no {TYPES[kind]}\n{self.output()}")
            self.pump(0.5)

    def until(self, reached: Callable[[], Any], what: str) -> None:
        """Takes frames until the condition holds."""
        end = time.monotonic() + LIMIT_SECONDS
        while not reached():
            if time.monotonic() > end:
                raise TimeoutError(f"{what}\n{self.output()}")
            self.pump(0.01)

    def open_gate(self, gate: str | os.PathLike[str]) -> None:
        """Lets a handler go on that reads a FIFO. Not by a plain open, which waits for ever if the handler is gone."""

        def is_waited_at() -> bool:
            try:
                fd = os.open(gate, os.O_WRONLY | os.O_NONBLOCK)
            except OSError as e:
                if e.errno == errno.ENXIO:
                    return False
                raise
            os.write(fd, b"\n")
            os.close(fd)
            return True

        self.until(is_waited_at, "the handler to wait at its gate")

    def pump(self, wait_seconds: float) -> None:
        """Takes what is there; if nothing is, waits once. Gone at the socket's end, when the ring is empty too."""
        if self._take():
            return
        if self.transport == "shm":
            self.words[(RESPONSES + 384) // 8] = 1
            self.fence()
            if self._take():
                return
        if not select.select([self.sock], [], [], wait_seconds)[0]:
            return
        try:
            data = self.sock.recv(1 << 20)
        except ConnectionError:
            data = b""
        if self.transport == "unix":
            self._buffer += data
        if not self._take() and not data:
            raise Gone(self.output())

    def _take(self) -> bool:
        taken = False
        while True:
            frame = self._next_ring() if self.transport == "shm" else self._next_socket()
            if frame is None:
                return taken
            taken = True
            self._sort(frame)

    def _next_socket(self) -> Optional[Frame]:
        if len(self._buffer) < 64:
            return None
        length = struct.unpack_from("<I", self._buffer)[0]
        if len(self._buffer) < length:
            return None
        frame, self._buffer = decode(self._buffer[:length]), self._buffer[length:]
        return frame

    def _next_ring(self) -> Optional[Frame]:
        head, tail = self.words[RESPONSES // 8], self.words[(RESPONSES + 256) // 8]
        while tail < head:
            at = self.response_base + (tail & (self.ring - 1))
            length, kind = struct.unpack_from("<IB", self.map, at)
            if kind == PAD:
                tail += length
                self._move_tail(tail)
                continue
            assert at + length <= self.response_base + self.ring, "a frame straddles the ring's end"
            frame = decode(self.map[at : at + length], self.map)
            self._move_tail(tail + ((length + 63) & -64))
            return frame
        return None

    def _move_tail(self, tail: int) -> None:
        self.words[(RESPONSES + 256) // 8] = tail
        self.fence()
        if self.words[(RESPONSES + 512) // 8]:
            self.words[(RESPONSES + 512) // 8] = 0
            self.ring_bell()

    def _sort(self, frame: Frame) -> None:
        assert frame.epoch == self.epoch, frame
        if frame.kind in (RESPONSE, CHUNK):
            parts = self._parts.setdefault(frame.correlation, [])
            assert (frame.kind == RESPONSE) == (not parts), f"{TYPES[frame.kind]} out of order"
            parts.append(frame)
            if not frame.flags & MORE:
                del self._parts[frame.correlation]
                flags = parts[0].flags & ~MORE | parts[-1].flags
                body, extra = b"".join(part.body for part in parts), {**parts[0].extra, **parts[-1].extra}
                self._answers[frame.correlation] = parts[0]._replace(flags=flags, body=body, extra=extra)
        elif frame.kind == LOG:
            self.logs.append(frame)
        elif frame.kind == ACK:
            self.acks.append(frame)
        else:
            self.others.append(frame)

    def parts(self, correlation: int) -> list[Frame]:
        """The frames so far of an answer that is not complete."""
        return self._parts.get(correlation, [])

    @property
    def claimed(self) -> int:
        return self.words[(REQUEST + 128) // 8]

    # End

    def wait(self) -> int:
        """The worker's exit status."""
        return self.process.wait(LIMIT_SECONDS)

    def close(self) -> None:
        if hasattr(self, "sock"):
            self.sock.close()
        self._listener.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(5)
        self.words.release()
        self.map.close()
        os.close(self.segment_fd)
        self.stdout.close()
        self.stderr.close()
        self.folder.cleanup()

    def __enter__(self) -> FakeProcessor:
        return self

    def __exit__(self, kind: Optional[type[BaseException]], value: Any, trace: Optional[TracebackType]) -> None:
        self.close()


def decode(frame: bytes, segment: Optional[mmap.mmap] = None) -> Frame:
    length, kind, flags, code, correlation, nanos, epoch, shard, *lengths, arena, stream_offset = HEADER.unpack_from(
        frame
    )
    body_length, headers, path, content_type, id_, extra = lengths
    assert length == len(frame) == 64 + headers + path + content_type + id_ + extra + (0 if arena else body_length)
    sections, at = [], 64
    for size in (path, content_type, id_, extra, headers):
        sections.append(frame[at : at + size])
        at += size
    if arena:
        assert segment is not None
        body = segment[arena : arena + body_length]
    else:
        body = frame[at:]
    words = (unpairs(sections[3]), unpairs(sections[4]))
    first = (kind, flags, code, correlation, nanos, epoch, shard, stream_offset)
    return Frame(*first, sections[0], sections[1], sections[2], *words, body, arena)
