"""The way to the processor: what both kinds share, and how a connection is made."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import sys
import threading
from abc import ABC, abstractmethod
from collections import deque
from typing import Any, Callable, NamedTuple, Optional, Union

from nucleon_wrapper import layout
from nucleon_wrapper.errors import EndOfConnection, Stopped, Violation
from nucleon_wrapper.frame import Buffer, Fields, HEADER, LENGTH, TYPE, EPOCH, Parts, encode, json_body
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.segment import Segment, why_no_rings

# By which the processor asks where the handler is (PROTOCOL.md §4); Python itself and most libraries leave it alone.
STACK_SIGNAL = signal.SIGUSR2

# Large enough for any hand-shake, small enough that a broken length costs nothing.
_MAX_HELLO = 1 << 20
# A chunk of a body that is too large for one frame: large enough that the frame's own cost vanishes.
_CHUNK = 128 * 1024


class Source(NamedTuple):
    """Where a frame's bytes are: a buffer that gives `bytes` by slice, and the frame's place in it."""

    buffer: Any
    at: int


class Connection(ABC):
    """Frames in and out. Of the main thread, except `post`.

    The lock says who may write. The main thread holds it whenever it is not in user code or asleep: `claim` gives it up before a
    handler is called, `acquire` takes it back after. So a handler's thread can log meanwhile, and the hot path pays for one lock
    operation each way, which the rings need as a fence anyway.
    """

    # Slots: with this many attributes an instance dictionary is no longer one that attribute access is specialised for.
    __slots__ = (
        "kind",
        "frame_limit",
        "sock",
        "epoch",
        "inline_limit",
        "source",
        "at",
        "dropped",
        "correlation",
        "interrupted",
        "stopping",
        "attention",
        "idle",
        "acquire",
        "free",
        "_lock",
        "_deferred",
        "_pipe",
    )

    def __init__(self, sock: socket.socket, hello: Hello) -> None:
        self.kind = hello.transport
        self.frame_limit = hello.max_frame
        self.sock = sock
        self.epoch = hello.epoch
        self.inline_limit = hello.inline_limit
        self.source: Any = b""
        self.at = 0
        self.dropped = 0
        self.correlation = 0
        self.interrupted = False
        self.stopping = False
        # Something is out of the ordinary (stopping, draining, an event loop in use): the hot path looks at this alone.
        self.attention = False
        self.idle = False
        self._lock = threading.Lock()
        self.acquire = self._lock.acquire
        self.free = self._lock.release
        self._deferred: deque[bytes] = deque()
        self._pipe = (-1, -1)

    @abstractmethod
    def poll(self, release: bool = False) -> Optional[Fields]:
        """The header of the next frame, or None; never waits. The frame is at `source`, `at` until `release`, which is done first
        for the last one if so asked; without it the same frame is given again. Lock held."""

    @abstractmethod
    def claim(self) -> bool:
        """Says that the polled event's handler begins, sends what must go out before, gives the lock up. False: the processor has
        taken the event back (the lock is held then); it must be released without an answer."""

    @abstractmethod
    def release(self) -> None:
        """The polled frame's memory may be reused. Lock held."""

    @abstractmethod
    def upcoming(self) -> list[Fields]:
        """Headers of the frames behind the one in hand that are here already. Lock held."""

    @abstractmethod
    def wait(self) -> None:
        """Sends what is to be sent and sleeps until a frame comes, or `interrupted`. Lock held, given up meanwhile."""

    def arm(self) -> bool:
        """Before the caller sleeps on the socket by itself: False if there is something to do already. Lock held."""
        return True

    def watch(self) -> list[Fields]:
        """The socket will also tell of frames behind the one in hand; gives those that are here already. Lock held."""
        return self.upcoming()

    @abstractmethod
    def drain(self) -> None:
        """Reads what is on the socket without waiting. EndOfConnection at its end. Lock held."""

    @abstractmethod
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
        """Writes a RESPONSE, body included, by whatever way fits. Lock held."""

    @abstractmethod
    def write(self, frame: bytes) -> None:
        """Writes a whole frame of at most `frame_limit` bytes. Lock held."""

    @abstractmethod
    def flush(self) -> None:
        """What was written is on its way when this returns. Lock held."""

    def chunks(self, correlation: int, last_flags: int, body: Buffer) -> None:
        """The body as CHUNK frames; the last one has MORE cleared and these flags. Lock held."""
        view, size = memoryview(body), min(_CHUNK, self.frame_limit - layout.HEADER_LENGTH)
        for start in range(0, max(len(view), 1), size):
            flags = layout.MORE if start + size < len(view) else last_flags
            part = view[start : start + size]
            self.write(encode(Parts(layout.CHUNK, flags, correlation=correlation, epoch=self.epoch, body=part)))

    def post(self, frame: bytes) -> None:
        """Sends a frame from any thread, also from a signal handler or finaliser that interrupts the connection's own code: when
        the lock is taken its holder sends the frame."""
        self._deferred.append(frame)
        self.settle()

    def settle(self) -> None:
        """Sends what `post` left, unless somebody else holds the lock and will. Any thread."""
        while self._deferred and self._lock.acquire(False):
            try:
                self._write_deferred()
                self.flush()
            finally:
                self._lock.release()

    def let_go(self) -> None:
        """Gives the lock up and sends what was posted while it was held. Before every sleep and every turn of an event loop."""
        self.free()
        if self._deferred:
            self.settle()

    def _write_deferred(self) -> None:
        while self._deferred:
            self.write(self._deferred.popleft())

    def finish(self, last: bytes = b"") -> None:
        """Sends all that is to be sent, before the process ends. Main thread, with or without the lock."""
        self._lock.acquire(False)
        self._write_deferred()
        if last:
            self.write(last)
        self.flush()

    def sleep(self) -> None:
        """Blocks until the socket, or the event loop's wake descriptor, has something. Lock held, given up meanwhile."""
        self.let_go()
        try:
            # From here on SIGTERM raises Stopped (see `control`); before, it set the flag. Both are in the main thread, so no
            # order of the two misses it.
            self.idle = True
            if self.stopping:
                raise Stopped
            self._block()
        finally:
            self.idle = False
            self.acquire()

    def make_wakeable(self) -> None:
        """From here on `wake` ends a sleep."""
        self._pipe = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def wake(self) -> None:
        """Ends this sleep and every later one, with `interrupted` set. Any thread."""
        os.write(self._pipe[1], b"\0")

    def loop_class(self) -> Any:
        """What asyncio's loop is made of: one that can also wait for this connection."""
        import asyncio

        return asyncio.SelectorEventLoop

    def attach(self, loop: Any, on_socket: Callable[[], None], on_stop: Callable[[], None]) -> None:
        """The loop, which runs, calls `on_socket` when there may be frames, `on_stop` at SIGTERM."""
        loop.add_reader(self.sock, on_socket)
        loop.add_signal_handler(signal.SIGTERM, on_stop)

    def detach(self, loop: Any) -> None:
        """No more calls of `on_socket`."""
        loop.remove_reader(self.sock)

    def _block(self) -> None:
        if self._pipe[0] >= 0:
            ready, _, _ = select.select([self.sock, self._pipe[0]], [], [])
            if self._pipe[0] in ready:
                self.interrupted = True
            if self.sock not in ready:
                return
        self.receive()

    def receive(self) -> None:
        """Reads at least one byte of the socket, waiting for it."""
        self.read_bells()

    def read_bells(self) -> None:
        try:
            if not self.sock.recv(4096):
                raise EndOfConnection
        except OSError as gone:
            raise EndOfConnection from gone

    def peek(self) -> None:
        """EndOfConnection if the processor is gone, a bell that it left behind or not; takes nothing from the socket."""
        poller = select.poll()
        poller.register(self.sock, select.POLLRDHUP)
        if poller.poll(0):
            raise EndOfConnection


def connect(address: str, token: str, worker: int) -> tuple[Connection, Hello]:
    """The hand-shake of PROTOCOL.md §4 up to point 3; the connection's lock is held by the caller."""
    from nucleon_wrapper.shm import ShmConnection
    from nucleon_wrapper.unix import UnixConnection

    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # 1 MiB doubled the rate of large bodies on the socket; beyond that it got worse.
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    sock.connect(address)
    sock.sendall(encode(Parts(layout.HELLO, body=_greeting(token, worker))))
    fields, body = _read_hello(sock)
    hello = Hello.of(json_body(body), fields[EPOCH])
    segment = _segment(sock, hello)
    chosen = ShmConnection if hello.transport == "shm" else UnixConnection
    connection: Union[ShmConnection, UnixConnection] = chosen(sock, hello, segment)
    connection.acquire()
    return connection, hello


def _greeting(token: str, worker: int) -> bytes:
    why = why_no_rings()
    members = {
        "protocol": [layout.MAJOR, layout.MINOR],
        "token": token,
        "worker": worker,
        "pid": os.getpid(),
        "language": "python",
        "version": sys.version.split()[0],
        "shm": not why,
        "why": why,
        # What lets it use rings is also what §5.2 needs, on either kind.
        "revoke": not why,
        "stack": int(STACK_SIGNAL),
    }
    return json.dumps(members).encode()


def _read_hello(sock: socket.socket) -> tuple[Fields, bytes]:
    # Exact reads: the byte behind this frame carries the segment's descriptor, which a longer read would lose.
    header = _read_exactly(sock, layout.HEADER_LENGTH)
    fields: Fields = HEADER.unpack(header)
    length = fields[LENGTH]
    if fields[TYPE] != layout.HELLO or not layout.HEADER_LENGTH <= length <= _MAX_HELLO:
        raise Violation(f"its first frame is of type {fields[TYPE]} and {length} bytes long, not a HELLO")
    return fields, _read_exactly(sock, length - layout.HEADER_LENGTH)


def _read_exactly(sock: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = sock.recv(size - len(data))
        if not part:
            raise EndOfConnection
        data += part
    return data


def _segment(sock: socket.socket, hello: Hello) -> Segment:
    fd = _receive_fd(sock) if hello.segment_fd else os.open(hello.segment_path, os.O_RDWR | os.O_CLOEXEC)
    try:
        return Segment(fd, hello.segment_size, hello.epoch)
    finally:
        os.close(fd)


def _receive_fd(sock: socket.socket) -> int:
    data, fds, _, _ = socket.recv_fds(sock, 1, 4)
    if not data:
        raise EndOfConnection
    if len(fds) != 1:
        for fd in fds:
            os.close(fd)
        raise Violation(f"{len(fds)} descriptors came with the segment's byte, not one")
    return fds[0]
