"""What a wrapper's process must do whatever its language, against the processor of fake_processor: mixed into test cases that say how it is
started. Each function of theirs answers the same paths.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import fake_processor as fake

KINDS = ("shm", "unix")

if TYPE_CHECKING:
    import unittest

    Base = unittest.TestCase
else:
    Base = object


class Cases(Base):
    """Processor starts the wrapper under test; it takes what FakeProcessor takes."""

    Processor: type[Any]


class Transports(Cases):
    """Bodies of every size in rings, arena, chunks and the socket."""

    def test_many_sizes_wrap_around(self) -> None:
        sizes = [0, 1, 63, 64, 65, 100, 1000, 4000, 16000, 16384, 16385, 40000]
        for kind in KINDS:
            with self.subTest(kind), self.Processor(kind, ring=1 << 17, arena=1 << 18, chunk=1 << 12) as processor:
                for i in range(400):
                    body = bytes([i & 255]) * sizes[i % len(sizes)]
                    in_arena = kind == "shm" and len(body) > 16384
                    self.assertEqual(processor.call(body=body, in_arena=in_arena).body, body)

    def test_a_burst_larger_than_the_response_ring(self) -> None:
        with self.Processor("shm", ring=1 << 16) as processor:
            sent = [(processor.event(body=bytes([i & 255]) * 3000), bytes([i & 255]) * 3000) for i in range(300)]

            for correlation, body in sent:
                self.assertEqual(processor.answer(correlation).body, body)

    def test_answers_in_the_arena_and_in_chunks(self) -> None:
        sizes = [16384, 16385, 100_000, 300_000, 524_288, 524_289, 2_000_000]
        with self.Processor("shm", arena=1 << 19, chunk=1 << 14) as processor:
            sent = [(processor.event(path=b"/size", body=str(size).encode()), size) for size in sizes * 4]

            for correlation, size in sent:
                answer = processor.answer(correlation)
                self.assertEqual(answer.body, bytes([65 + size % 26]) * size)
                self.assertEqual(bool(answer.arena), 16384 < size <= 524_288)

    def test_answers_in_chunks_over_the_socket(self) -> None:
        with self.Processor("unix", maxFrame=100_000) as processor:
            for path in (b"/size", b"/bytes"):
                for size in (99_000, 100_000, 450_001):
                    body = processor.call(path=path, body=str(size).encode()).body
                    self.assertEqual((len(body), len(set(body))), (size, 1))

    def test_a_body_in_chunks(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), self.Processor(kind) as processor:
                correlation = processor.event(body=b"first ", flags=fake.MORE)
                processor.send(fake.build(fake.CHUNK, correlation=correlation, flags=fake.MORE, body=b"second "))
                processor.send(fake.build(fake.CANCEL, correlation=99))
                processor.send(fake.build(fake.CHUNK, correlation=correlation, body=b"third"))

                self.assertEqual(processor.answer(correlation).body, b"first second third")
                self.assertEqual(processor.call(body=b"next").body, b"next")

    def test_an_event_outlives_its_call(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), self.Processor(kind) as processor:
                processor.call(path=b"/keep", body=b"A", headers={"X-H": "h1"})
                for _ in range(50):
                    processor.call(body=b"z" * 5000)

                self.assertEqual(processor.call(path=b"/keep", headers={"X-H": "h2"}).body, b"/keepAh1")

    def test_spinning(self) -> None:
        with self.Processor("shm", spin=True) as processor:
            for _ in range(2000):
                self.assertEqual(processor.call(body=b"x").body, b"x")


class Messages(Cases):
    """Acks, drain, batches."""

    batch_handler: str
    alone_flags: int  # of an event that comes by itself
    terminating: dict[str, Any]  # what the function's callback logs
    callback_error: str  # what is logged of the callback that raises

    def test_explicit_acks(self) -> None:
        with self.Processor("shm") as processor:
            processor.call(path=b"/ack", extra={"topic": "orders"}, shard=3, stream_offset=1 << 40)

            ack = processor.acks[0]
            self.assertEqual((ack.path, ack.shard, ack.stream_offset), (b"orders", 3, 1 << 40))

    def test_drain_terminate_continue(self) -> None:
        for kind in KINDS:
            for mode in ("sync", "async"):
                with self.subTest(f"{kind} {mode}"), self.Processor(kind, mode=mode, inFlight=16) as processor:
                    self.assertEqual(processor.call(body=b"ran").body, b"ran")
                    for number in (11, 12):
                        processor.send(fake.build(fake.DRAIN, correlation=number))
                        self.assertEqual(processor.await_frame(fake.DONE).correlation, number)
                    self.assertEqual([log.path for log in processor.logs], [b"draining"])
                    self.assertEqual(processor.call().flags, fake.DISCARDED)
                    processor.send(fake.build(fake.CONTINUE))
                    self.assertEqual(processor.call(body=b"ran").body, b"ran")
                    processor.send(fake.build(fake.TERMINATE, correlation=13))
                    self.assertEqual(processor.await_frame(fake.DONE).correlation, 13)
                    self.assertEqual(processor.logs[1].json, self.terminating)
                    self.assertEqual(processor.logs[2].json["err"], self.callback_error)
                    self.assertEqual(processor.call().flags, fake.DISCARDED)

    def test_batches(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), self.Processor(kind, handler=self.batch_handler) as processor:
                bodies = (b"a", b"unanswered", b"c")
                flags = (fake.BATCH | fake.BATCHED, fake.BATCH | fake.BATCHED, fake.BATCHED)
                sent = [processor.event(body=body, flags=flag) for body, flag in zip(bodies, flags)]
                answers = [processor.answer(correlation) for correlation in sent]

                self.assertEqual([answer.code for answer in answers], [200, 500, 200])
                self.assertEqual((answers[0].body, answers[2].body), (b"3:a", b"3:c"))
                self.assertEqual(processor.call(body=b"alone", flags=self.alone_flags).body, b"1:alone")


class Revokes(Cases):
    """What no processor writes where it says what it takes back (PROTOCOL.md §5.2): neither believed nor waited for."""

    revoking: tuple[str, ...]  # connections over which events can be taken back

    def test_a_revoke_that_is_none(self) -> None:
        for kind in self.revoking:
            for revoke in (3, 4, (1 << 63) + 1, (1 << 64) - 1):
                with self.subTest(kind, revoke=revoke), self.Processor(kind) as processor:
                    processor.call(body=b"x")
                    processor.words[(fake.REQUEST + 640) // 8] = revoke
                    processor.event(body=b"x")

                    self.assertEqual(processor.await_frame(fake.FAULT).json["code"], "NUC-2010")
                    self.assertEqual(processor.wait(), 1)


class Several(Cases):
    """Several events in one worker."""

    def test_events_wait_side_by_side(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), self.Processor(kind, mode="async", inFlight=16) as processor:
                waiting = [processor.event(path=b"/await", body=bytes([65 + i])) for i in range(8)]
                for _ in waiting:
                    self.assertEqual(processor.call(path=b"/release").body, b"released")

                found = {processor.answer(correlation).body for correlation in waiting}
                self.assertEqual(found, {bytes([65 + i]) for i in range(8)})

    def test_cancel(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), self.Processor(kind, mode="async", inFlight=16) as processor:
                correlation = processor.event(path=b"/cancel")
                self.assertEqual(processor.call(body=b"x").body, b"x")
                processor.send(fake.build(fake.CANCEL, correlation=correlation))

                self.assertEqual(processor.answer(correlation).body, b"cancelled")

    def test_many_answers(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), self.Processor(kind, mode="async", inFlight=16, ring=1 << 16) as processor:
                sent = [processor.event(path=b"/sleep") for _ in range(300)]
                self.assertEqual({processor.answer(correlation).body for correlation in sent}, {b"slept"})

    def test_stop_waits_for_what_is_open(self) -> None:
        with self.Processor("shm", mode="async", inFlight=16) as processor:
            correlation = processor.event(path=b"/sleep")
            processor.send(fake.build(fake.STOP))

            self.assertEqual(processor.answer(correlation).body, b"slept")
            self.assertEqual(processor.wait(), 0)
