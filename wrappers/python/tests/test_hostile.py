"""Frames that no processor sends: refused with a Violation, never a crash, a hang or a read outside the frame."""

from __future__ import annotations

import contextlib
import io
import os
import random
import unittest
from typing import Any

from nucleon_wrapper.errors import Violation
from nucleon_wrapper.event import FrameEvent, Tables
from nucleon_wrapper.collecting import event_of
from nuclio_sdk.event import ATTRIBUTES

from tests import wrapper_cases
from tests.fake_processor import CHUNK, EVENT, FAULT, REQUEST, RESPONSE, FakeProcessor, build, pairs
from tests.test_golden import hello, over_socket, ring

ROUNDS = 500_000
SEED = int(os.environ.get("NUCLEON_SEED") or random.randrange(1 << 32))
EDGES = (0, 1, 2, 63, 64, 65, 127, 128, 4095, 4096, 65535, 1 << 31, (1 << 32) - 1, (1 << 63) - 1, (1 << 64) - 1)


def sample(chance: random.Random) -> bytes:
    headers = pairs({"Host": "h", "X": "y" * chance.randrange(40)})
    path = b"/p" + b"\0a=%20" * chance.randrange(2)
    return build(
        EVENT,
        code=chance.randrange(3),
        correlation=9,
        path=path,
        headers=headers,
        body=os.urandom(chance.randrange(90)),
    )


def mutated(chance: random.Random) -> bytes:
    frame = bytearray(sample(chance))
    for _ in range(chance.randrange(1, 4)):
        if chance.random() < 0.5:
            frame[chance.randrange(len(frame))] = chance.randrange(256)
        else:
            at, size = chance.choice(
                ((0, 4), (4, 1), (5, 1), (24, 4), (32, 4), (36, 4), (40, 2), (42, 2), (44, 2), (46, 2), (48, 8))
            )
            frame[at : at + size] = (chance.choice(EDGES) & ((1 << 8 * size) - 1)).to_bytes(size, "little")
    return bytes(frame) if chance.random() < 0.9 else os.urandom(chance.randrange(64, 200))


class Mutations(unittest.TestCase):
    """A million frames, half over each connection. The seed is printed by a failure and set with NUCLEON_SEED."""

    def setUp(self) -> None:
        FrameEvent.tables = Tables(hello("unix"))
        # Bodies that only say that they are JSON are reported there, as in nuclio.
        quiet = contextlib.redirect_stderr(io.StringIO())
        quiet.__enter__()
        self.addCleanup(quiet.__exit__, None, None, None)

    def test_over_the_ring(self) -> None:
        chance, connection = random.Random(SEED), ring({}, b"")
        seen = 0
        for _ in range(ROUNDS):
            frame = mutated(chance)[:4096]
            end = (len(frame) + 63) & -64
            connection.source[4096 : 4096 + len(frame)] = frame
            words: Any = connection._words  # type: ignore[attr-defined]
            words[REQUEST // 8] = end
            connection._position = connection._head = connection._next = 0  # type: ignore[attr-defined]
            seen += self.polled(connection)
        self.assertGreater(seen, ROUNDS // 100)

    def test_over_the_socket(self) -> None:
        chance, connection, seen = random.Random(SEED), over_socket(b""), 0
        for _ in range(ROUNDS):
            connection.source, connection._place = mutated(chance), 0  # type: ignore[attr-defined]
            seen += self.polled(connection)
        self.assertGreater(seen, ROUNDS // 100)

    def polled(self, connection: Any) -> bool:
        """Reads a frame and, if it is an event, all of it. True if it was one."""
        try:
            fields = connection.poll()
        except Violation:
            return False
        except Exception as failure:
            raise AssertionError(f"seed {SEED}") from failure
        if fields is None or fields[1] != EVENT:
            return False
        event = event_of(connection, fields)
        for name in ATTRIBUTES:
            try:
                getattr(event, name)
            except UnicodeDecodeError:
                continue
        event.detach()
        assert event._frame[8] == fields[8], f"seed {SEED}"
        return True


ECHO = "def handler(context, event): return event.body"


class Echo(FakeProcessor):
    def __init__(self, transport: str) -> None:
        super().__init__(transport, ECHO)


class Revokes(wrapper_cases.Revokes, unittest.TestCase):
    Processor = Echo
    revoking = wrapper_cases.KINDS


class Processes(unittest.TestCase):
    """The real wrapper: FAULT with NUC-2010 and exit status 1."""

    def test_a_violation_is_a_fault(self) -> None:
        short = bytearray(build(EVENT))
        short[0] = 63
        for transport in ("shm", "unix"):
            for frame in (build(RESPONSE), build(16), build(0), bytes(short)):
                with self.subTest(transport, frame=frame[:6]), FakeProcessor(transport, ECHO) as processor:
                    processor.call()
                    processor.send(frame)

                    self.assertEqual(processor.await_frame(FAULT).json["code"], "NUC-2010")
                    self.assertEqual(processor.wait(), 1)

    def test_frames_of_another_epoch_are_dropped(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, ECHO) as processor:
                processor.send(build(EVENT, epoch=6, correlation=77))

                self.assertEqual(processor.call(body=b"x").body, b"x")
                self.assertNotIn(77, processor._answers)

    def test_chunks_of_nobody_are_passed_over(self) -> None:
        with FakeProcessor("shm", ECHO) as processor:
            processor.send(build(CHUNK, correlation=77))

            self.assertEqual(processor.call(body=b"x").body, b"x")

    def test_a_broken_head_is_a_fault(self) -> None:
        with FakeProcessor("shm", ECHO) as processor:
            processor.call()
            processor.words[REQUEST // 8] = 5
            processor.ring_bell()

            self.assertEqual(processor.await_frame(FAULT).json["code"], "NUC-2010")

    def test_garbage_for_a_hello(self) -> None:
        for members in (
            {"segment": 5},
            {"segment": {"size": 1}},
            {"inlineLimit": "x"},
            {"triggers": [1]},
        ):
            with self.subTest(members), FakeProcessor("unix", ECHO, expect_ready=False, **members) as processor:
                self.assertEqual(processor.wait(), 1)
                self.assertIn("NUC-2010", processor.output())

    def test_an_end_in_the_middle_of_a_frame(self) -> None:
        with FakeProcessor("unix", ECHO) as processor:
            processor.sock.sendall(build(EVENT, body=b"x" * 100)[:90])
            processor.sock.close()

            self.assertEqual(processor.wait(), 0)
