"""The life of a connection: wrap-around, full rings, arena, chunks, revocation, ends."""

from __future__ import annotations

import os
import signal
import socket
import unittest
from types import SimpleNamespace
from typing import Any

from nucleon_wrapper.frame import CORRELATION
from nucleon_wrapper.unix import UnixConnection
from tests.fake_processor import (
    CANCEL,
    CONTINUE,
    DISCARDED,
    DONE,
    DRAIN,
    EVENT,
    REQUEST,
    STOP,
    TERMINATE,
    FakeProcessor,
    Gone,
    build,
)

ECHO = "def handler(context, event): return event.body"
GATE = """
import os
def handler(context, event):
    if event.path.startswith("/wait"):
        open(event.path[5:] + ".in", "w").close()
        with open(event.path[5:]) as gate: gate.read()
    return event.body
"""
SIZES = [0, 1, 63, 64, 65, 100, 1000, 4000, 16000]


class Rings(unittest.TestCase):
    def test_many_sizes_wrap_around(self) -> None:
        for ring in (4096 * 16, 1 << 17):
            with self.subTest(ring), FakeProcessor("shm", ECHO, ring=ring) as processor:
                for i in range(400):
                    body = bytes([i & 255]) * SIZES[i % len(SIZES)]
                    self.assertEqual(processor.call(body=body).body, body)

    def test_a_burst_larger_than_the_response_ring(self) -> None:
        with FakeProcessor("shm", ECHO, ring=1 << 16) as processor:
            sent = [(processor.event(body=bytes([i & 255]) * 3000), bytes([i & 255]) * 3000) for i in range(300)]

            for correlation, body in sent:
                self.assertEqual(processor.answer(correlation).body, body)

    def test_answers_in_the_arena_and_in_chunks(self) -> None:
        source = "def handler(context, event): return bytes([65 + int(event.body) % 26]) * int(event.body)"
        with FakeProcessor("shm", source, arena=1 << 19, chunk=1 << 14) as processor:
            sizes = [16384, 16385, 100_000, 300_000, 524_288, 524_289, 2_000_000]
            sent = [(processor.event(body=str(size).encode()), size) for size in sizes * 4]

            for correlation, size in sent:
                answer = processor.answer(correlation)
                self.assertEqual(answer.body, bytes([65 + size % 26]) * size)
                self.assertEqual(bool(answer.arena), 16384 < size <= 524_288)

    def test_the_segment_by_path(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, ECHO, by_path=True) as processor:
                self.assertEqual(processor.call(body=b"x").body, b"x")


class Sockets(unittest.TestCase):
    def test_a_frame_that_came_while_a_larger_one_was_the_last_wish(self) -> None:
        here, there = socket.socketpair()
        self.addCleanup(here.close)
        self.addCleanup(there.close)
        hello: Any = SimpleNamespace(transport="unix", max_frame=1 << 20, epoch=7, inline_limit=1 << 20)
        segment: Any = SimpleNamespace(words=[0] * 512)
        connection = UnixConnection(here, hello, segment)
        large, small = build(EVENT, correlation=1, body=bytes(5000)), build(EVENT, correlation=2, body=b"x")

        for part in (large[:3000], large[3000:]):
            self.assertIsNone(connection.poll())
            there.sendall(part)
            connection.receive()
        self.assertIsNotNone(connection.poll())
        connection.release()
        there.sendall(small)
        connection.drain()

        fields = connection.poll()
        self.assertIsNotNone(fields, "the frame is here, and nothing will tell of it again")
        assert fields is not None
        self.assertEqual(fields[CORRELATION], 2)


class Ends(unittest.TestCase):
    def test_claimed_covers_what_was_begun(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, GATE) as processor:
                gate = processor.home / "gate"
                os.mkfifo(gate)
                processor.call(body=b"x")
                first = processor._sent
                processor.event(path=b"/wait" + bytes(gate))
                begun = processor._sent
                processor.event(body=b"behind")
                await_file(processor, str(gate) + ".in")

                self.assertGreater(begun, first)
                self.assertEqual(processor.claimed, begun)

                processor.process.kill()
                processor.wait()
                self.assertEqual(processor.claimed, begun)

    def test_the_processors_end_ends_an_idle_worker(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, ECHO) as processor:
                processor.call()
                processor.sock.close()

                self.assertEqual(processor.wait(), 0)

    def test_stop_finishes_what_came_before(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, ECHO) as processor:
                correlation = processor.event(body=b"last", send=False)
                processor.send(build(STOP))

                self.assertEqual(processor.answer(correlation).body, b"last")
                self.assertEqual(processor.wait(), 0)

    def test_sigterm_stops_after_the_event_in_hand(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, GATE) as processor:
                gate = processor.home / "gate"
                os.mkfifo(gate)
                correlation = processor.event(body=b"x", path=b"/wait" + bytes(gate))
                behind = processor.event(body=b"y")
                await_file(processor, str(gate) + ".in")
                processor.process.send_signal(signal.SIGINT)
                processor.process.send_signal(signal.SIGTERM)
                processor.open_gate(gate)

                self.assertEqual(processor.answer(correlation).body, b"x")
                self.assertEqual(processor.wait(), 0)
                with self.assertRaises(Gone):
                    processor.answer(behind)

    def test_sigterm_stops_an_idle_worker(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, ECHO) as processor:
                processor.call()
                processor.process.send_signal(signal.SIGINT)
                processor.process.send_signal(signal.SIGTERM)

                self.assertEqual(processor.wait(), 0)

    def test_exit_hooks_run_and_output_is_the_users(self) -> None:
        source = "import atexit\natexit.register(print, 'bye')\ndef handler(c, e):\n    print('seen')\n    return ''"
        with FakeProcessor("shm", source) as processor:
            processor.call()
            processor.send(build(STOP))
            processor.wait()

            self.assertEqual(processor.output(), "seen\nbye\n")


def await_file(processor: FakeProcessor, path: str) -> None:
    """Until the handler has made the file; frames that come meanwhile are kept."""
    processor.until(lambda: os.path.exists(path), f"{path} to appear")


class Revocation(unittest.TestCase):
    def test_what_lies_behind_the_event_in_hand_is_taken_back(self) -> None:
        with FakeProcessor("shm", GATE) as processor:
            gate = processor.home / "gate"
            os.mkfifo(gate)
            running = processor.event(body=b"running", path=b"/wait" + bytes(gate))
            behind = [processor.event(body=b"taken") for _ in range(3)]
            await_file(processor, str(gate) + ".in")
            words, at = processor.words, (REQUEST + 640) // 8
            words[at] = 1
            processor.fence()
            words[at + 1], words[at + 2] = processor.claimed, processor._sent
            words[at] = 2
            later = processor.event(body=b"later")
            processor.open_gate(gate)

            self.assertEqual(processor.answer(running).body, b"running")
            self.assertEqual(processor.answer(later).body, b"later")
            self.assertFalse(set(behind) & set(processor._answers))
            self.assertEqual(words[(REQUEST + 768) // 8], 2)

    def test_the_worker_waits_for_the_decision(self) -> None:
        with FakeProcessor("shm", ECHO) as processor:
            words, at = processor.words, (REQUEST + 640) // 8
            processor.call()
            words[at] = 1
            correlation = processor.event(body=b"x")
            end = processor._sent
            processor.until(lambda: processor.claimed == end, "the claim")
            words[at + 1], words[at + 2] = processor.claimed, end
            words[at] = 2

            self.assertEqual(processor.answer(correlation).body, b"x")


class Control(unittest.TestCase):
    SOURCE = """
def init_context(context):
    context.platform.set_drain_callback(lambda: context.logger.info("draining"))
    context.platform.set_termination_callback(terminating)
    terminating.context = context
def terminating():
    terminating.context.logger.info("terminating")
    raise RuntimeError("in callback")
def handler(context, event):
    return "ran"
"""

    def test_drain_terminate_continue(self) -> None:
        for source in (self.SOURCE, self.SOURCE.replace("def terminating", "async def terminating")):
            for transport in ("shm", "unix"):
                with self.subTest(transport), FakeProcessor(transport, source) as processor:
                    self.assertEqual(processor.call().body, b"ran")
                    for number in (11, 12):
                        processor.send(build(DRAIN, correlation=number))
                        self.assertEqual(processor.await_frame(DONE).correlation, number)
                    self.assertEqual([log.path for log in processor.logs], [b"draining"])
                    discarded = processor.call()
                    self.assertEqual(discarded.flags, DISCARDED)
                    processor.send(build(CONTINUE))
                    self.assertEqual(processor.call().body, b"ran")
                    processor.send(build(TERMINATE, correlation=13))
                    self.assertEqual(processor.await_frame(DONE).correlation, 13)
                    self.assertEqual(processor.logs[1].path, b"terminating")
                    self.assertEqual(processor.logs[2].json["err"], "in callback")
                    processor.send(build(CANCEL, correlation=1))
                    self.assertEqual(processor.call().flags, DISCARDED)


class Greeting(unittest.TestCase):
    def test_the_hello(self) -> None:
        with FakeProcessor("shm", ECHO) as processor:
            greeting = processor.greeting

            self.assertEqual((greeting["protocol"], greeting["token"], greeting["worker"]), ([1, 0], "c0ffee", 3))
            self.assertEqual((greeting["language"], greeting["shm"], greeting["why"]), ("python", True, ""))
            self.assertEqual(greeting["pid"], processor.process.pid)
            assert processor.ready is not None
            ready = processor.ready.json
            files = ready.pop("files")
            self.assertEqual([os.path.basename(file) for file in files], ["main.py"])
            self.assertEqual(ready, {"handler": "main:handler", "async": False, "streaming": True})

    def test_another_protocol_is_refused(self) -> None:
        for members in ({"protocol": [2, 0]}, {"protocol": []}, {"protocol": None}):
            with FakeProcessor("unix", ECHO, expect_ready=False, **members) as processor:
                self.assertEqual(processor.wait(), 1)

    def test_a_segment_of_something_else_is_refused(self) -> None:
        for at, data in ((0, b"NUCLEON\x02"), (8, b"\2\0"), (24, b"\x09"), (40, b"\x07"), (32, b"\xff\xff\xff\xff")):
            with self.subTest(at), FakeProcessor("shm", ECHO, expect_ready=False, preamble={at: data}) as processor:
                self.assertEqual(processor.wait(), 1)

    def test_by_hand_it_says_what_it_is(self) -> None:
        import subprocess
        import sys

        from tests.fake_processor import WRAPPER

        environment = {name: value for name, value in os.environ.items() if not name.startswith("NUCLEON_")}
        result = subprocess.run(
            [sys.executable, str(WRAPPER)], env=environment, capture_output=True, text=True, timeout=20
        )

        self.assertEqual(result.returncode, 2)
        self.assertIn("NUCLEON_SOCKET", result.stderr)
