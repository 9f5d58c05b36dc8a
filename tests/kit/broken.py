"""The Python wrapper with one thing broken, which the first argument names; `none` breaks nothing."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any, Callable

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "wrappers/python"))

from nucleon_wrapper import (
    answering,
    batch,
    connection,
    control,
    event,
    frame,
    layout,
    paged,
    server,
    shm,
    unix,
    wrapper,
)  # noqa: E402
from nucleon_wrapper.errors import EndOfConnection, Fault, Stopped, Violation  # noqa: E402

KINDS: tuple[Any, ...] = (unix.UnixConnection, shm.ShmConnection)
CORRELATION, CODE, FLAGS, TOOK, TYPE, HEADERS, BODY, EXTRA = range(8)


def responses(change: Callable[[list[Any]], list[list[Any]]]) -> None:
    """Every RESPONSE is first changed: its arguments in, those of none, one or several out."""
    for kind in KINDS:

        def respond(self: Any, *given: Any, original: Any = kind.respond, extra: bytes = b"") -> None:
            for changed in change([*given, extra][:8]):
                original(self, *changed)

        kind.respond = respond


def put(place: int, make: Callable[[Any], Any]) -> None:
    responses(lambda given: [[make(value) if i == place else value for i, value in enumerate(given)]])


def frames(change: Callable[[bytes], list[bytes]]) -> None:
    """The same for every other frame of the worker, as bytes."""
    for kind in KINDS:

        def write(self: Any, data: bytes, original: Any = kind.write) -> None:
            for changed in change(data):
                original(self, changed)

        kind.write = write


def of_type(kind: int, change: Callable[[bytes], list[bytes]]) -> None:
    frames(lambda data: change(data) if data[4] == kind else [data])


def byte(data: bytes, at: int, value: int) -> bytes:
    return data[:at] + bytes([value]) + data[at + 1 :]


def claims(change: Callable[[int], int]) -> None:
    """What is stored as `claimed` over the socket."""

    class Words:
        def __init__(self, words: Any) -> None:
            self.words = words

        def __getitem__(self, at: int) -> int:
            return int(self.words[at])

        def __setitem__(self, at: int, value: int) -> None:
            self.words[at] = change(value) if at == paged.CLAIMED else value

    original = unix.UnixConnection.__init__

    def __init__(self: Any, *given: Any) -> None:
        original(self, *given)
        self._words = Words(self._words)

    unix.UnixConnection.__init__ = __init__  # type: ignore[method-assign]


def greets(change: dict[str, Any]) -> None:
    original = connection.json.dumps
    connection.json = type("Json", (), {"dumps": staticmethod(lambda members: original({**members, **change}))})  # type: ignore[assignment]


def no_ready() -> None:
    of_type(layout.READY, lambda data: [])


def ignores_stop() -> None:
    obey = server.Server.obey
    server.Server.obey = lambda self, fields: None if fields[frame.TYPE] == layout.STOP else obey(self, fields)  # type: ignore[method-assign]


def stops_with(status: int) -> None:
    def leave(connection: Any) -> None:
        connection.finish()
        os._exit(status)

    wrapper._leave = leave  # type: ignore[assignment]


def keeps_running() -> None:
    """The end of the connection does not end it."""
    wrapper._leave_at_once = lambda status: signal.pause()  # type: ignore[assignment]


def believes_everything() -> None:
    unix.check = lambda *given: None
    unix.layout.EVENT = layout.EVENT
    poll = unix.UnixConnection.poll

    def believing(self: Any, release: bool = False) -> Any:
        try:
            return poll(self, release)
        except Violation:
            return None

    unix.UnixConnection.poll = believing  # type: ignore[method-assign]


def dies_of_hostile_frames() -> None:
    def die(*given: Any) -> None:
        os.kill(os.getpid(), signal.SIGSEGV)

    wrapper._report = die  # type: ignore[assignment]


def refuses_with_success() -> None:
    report = wrapper._report

    def succeed(*given: Any) -> None:
        leave = wrapper._leave_at_once
        wrapper._leave_at_once = lambda status: leave(0)  # type: ignore[assignment]
        report(*given)

    wrapper._report = succeed  # type: ignore[assignment]


def drains(discards: bool, done: bool) -> None:
    run = control.Control.run

    def changed(self: Any, fields: Any, stepped: Any) -> Any:
        if not done:
            return None
        result = run(self, fields, stepped)
        self.discarding = discards
        return result

    control.Control.run = changed  # type: ignore[method-assign]


def ignores_continue() -> None:
    obey = server.Server.obey
    server.Server.obey = lambda self, fields: None if fields[frame.TYPE] == layout.CONTINUE else obey(self, fields)  # type: ignore[method-assign]


def takes_old_epochs() -> None:
    original = unix.UnixConnection.poll

    def poll(self: Any, release: bool = False) -> Any:
        self.epoch = 6 if len(self.source) - self._place >= 64 and self.source[self._place + 24] == 6 else 7
        fields = original(self, release)
        self.epoch = 7
        return fields

    unix.UnixConnection.poll = poll  # type: ignore[method-assign]


def dies_by_exceptions() -> None:
    answering.Answering.fail = lambda *given: os._exit(3)  # type: ignore[method-assign]


def one_id() -> None:
    event.new_id = lambda: "0d1e2f30-4151-4262-8374-859607a8b9ca"


def cuts_bodies() -> None:
    for kind in (unix,):
        original = kind.UnixConnection.respond
        kind.UnixConnection.respond = lambda self, *given, **more: original(self, *given[:6], given[6][:60000], *given[7:], **more)  # type: ignore[method-assign]


def answers_first_of_batch() -> None:
    original = batch.answer_batch
    server.answer_batch = lambda answering, events, took, result: original(answering, events[:1], took, result)


def no_bells() -> None:
    shm.ShmConnection._wake = lambda self, flag: None  # type: ignore[method-assign]


def never_frees_the_ring() -> None:
    class Words:
        def __init__(self, words: Any) -> None:
            self.words = words

        def __getitem__(self, at: int) -> int:
            return int(self.words[at])

        def __setitem__(self, at: int, value: int) -> None:
            if at != shm._TAIL:
                self.words[at] = value

    original = shm.ShmConnection.__init__

    def __init__(self: Any, *given: Any) -> None:
        original(self, *given)
        self._words = Words(self._words)

    shm.ShmConnection.__init__ = __init__  # type: ignore[method-assign]


def ignores_revoke() -> None:
    shm.ShmConnection._is_revoked = lambda *given: False  # type: ignore[method-assign]


def waits_for_any_even_revoke() -> None:
    """As if whatever stands there were a decision, or the way to one."""

    def is_revoked(self: Any, position: int, following: int) -> bool:
        while self._words[paged.REVOKE] % 2:
            self.peek()
        self._revoke_done = self._words[paged.REVOKE]
        return False

    paged.PagedConnection._is_revoked = is_revoked  # type: ignore[method-assign]


def of_trigger(change: Callable[[Any], Any]) -> None:
    """Takes another trigger for the one that the worker works for."""
    original = wrapper.make_context
    wrapper.make_context = lambda connection, hello: original(connection, hello._replace(trigger=change(hello)))  # type: ignore[assignment]


BROKEN: dict[str, Callable[[], Any]] = {
    "none": lambda: None,
    "wrong-id": lambda: put(CORRELATION, lambda value: value ^ 1),
    "cut-id": lambda: put(CORRELATION, lambda value: value & 0xFFFF_FFFF),
    "twice": lambda: responses(lambda given: [given, given]),
    "never": lambda: responses(lambda given: []),
    "no-status": lambda: put(CODE, lambda value: 200),
    "not-failed": lambda: put(FLAGS, lambda value: value & ~layout.FAILED),
    "no-time": lambda: put(TOOK, lambda value: 0),
    "no-type": lambda: put(TYPE, lambda value: b""),
    "no-headers": lambda: put(HEADERS, lambda value: b""),
    "no-no-ack": lambda: put(FLAGS, lambda value: value & ~layout.NO_ACK),
    "runs-drained": lambda: put(FLAGS, lambda value: value & ~layout.DISCARDED),
    "long-length": lambda: of_type(layout.READY, lambda data: [byte(data, 0, data[0] + 1) + b"\0"]),
    "wrong-type": lambda: of_type(layout.READY, lambda data: [byte(data, 4, 16)]),
    "wrong-epoch": lambda: of_type(layout.READY, lambda data: [byte(data, 24, 8)]),
    "no-ready": no_ready,
    "two-readies": lambda: of_type(layout.READY, lambda data: [data, data]),
    "ready-is-no-json": lambda: of_type(layout.READY, lambda data: [byte(data, 64, ord("["))]),
    "log-of-nobody": lambda: of_type(layout.LOG, lambda data: [data[:8] + bytes(8) + data[16:]]),
    "log-level": lambda: of_type(layout.LOG, lambda data: [byte(data, 6, 1)]),
    "no-logs": lambda: of_type(layout.LOG, lambda data: []),
    "ack-elsewhere": lambda: of_type(layout.ACK, lambda data: [byte(data, 28, 9)]),
    "stream-ends-well": lambda: of_type(layout.CHUNK, lambda data: [byte(data, 5, data[5] & ~layout.FAILED)]),
    "done-of-nobody": lambda: of_type(layout.DONE, lambda data: [data[:8] + bytes(8) + data[16:]]),
    "token": lambda: greets({"token": "guessed"}),
    "worker": lambda: greets({"worker": 0}),
    "pid": lambda: greets({"pid": 1}),
    "why": lambda: greets({"shm": False, "why": ""}),
    "protocol": lambda: greets({"protocol": [2, 0]}),
    "never-claims": lambda: claims(lambda value: 0),
    "claims-too-much": lambda: claims(lambda value: value + 64),
    "ignores-drain": lambda: drains(True, False),
    "drains-only-once": lambda: drains(False, True),
    "ignores-continue": ignores_continue,
    "ignores-stop": ignores_stop,
    "stops-badly": lambda: stops_with(4),
    "keeps-running": keeps_running,
    "believes-everything": believes_everything,
    "dies-of-hostile-frames": dies_of_hostile_frames,
    "refuses-with-success": refuses_with_success,
    "takes-old-epochs": takes_old_epochs,
    "dies-by-exceptions": dies_by_exceptions,
    "one-id": one_id,
    "cuts-bodies": cuts_bodies,
    "answers-first-of-batch": answers_first_of_batch,
    "no-parent": lambda: setattr(wrapper, "end_with_parent", lambda parent: None),
    "any-segment": lambda: setattr(connection, "Segment", any_segment),
    "no-bells": no_bells,
    "never-frees-the-ring": never_frees_the_ring,
    "ignores-revoke": ignores_revoke,
    "waits-for-any-even-revoke": waits_for_any_even_revoke,
    "first-trigger": lambda: of_trigger(lambda hello: hello.triggers[0]),
    "trigger-of-the-table": lambda: of_trigger(
        lambda hello: hello.trigger if hello.trigger in hello.triggers else hello.triggers[1]
    ),
}


def any_segment(fd: int, size: int, epoch: int) -> Any:
    """Maps what it is given and believes that it is of that epoch."""
    from nucleon_wrapper.segment import Segment

    os.pwrite(fd, b"NUCLEON\x01\x01\0", 0)
    os.pwrite(fd, size.to_bytes(8, "little") + epoch.to_bytes(8, "little"), 16)
    return Segment(fd, size, epoch)


if __name__ == "__main__":
    BROKEN[sys.argv[1]]()
    wrapper.main()
