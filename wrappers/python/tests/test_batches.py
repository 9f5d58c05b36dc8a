"""Batches: a list of events in, a list of responses out, matched by id."""

from __future__ import annotations

import unittest
from typing import Any

from tests.fake_processor import BATCH, BATCHED, CANCEL, CHUNK, FAILED, MORE, FakeProcessor, Frame, build

SOURCE = """
def handler(context, events):
    assert isinstance(events, list)
    how = events[0].path
    if how == "/raise":
        raise RuntimeError("all")
    if how == "/text":
        return "just text"
    responses = [context.Response(body=e.body + str(len(events)).encode(), event_id=e.id) for e in events]
    if how == "/one":
        return responses[0]
    if how == "/some":
        return responses[1:] + [context.Response(body="nobody"), context.Response(event_id="stranger"), "text"]
    if how == "/bad":
        responses[0].content_type = 5
    return responses[::-1]
"""


class Batches(unittest.TestCase):
    def batch(self, processor: FakeProcessor, path: str, size: int = 3, **more: Any) -> list[Frame]:
        sent = []
        for i in range(size):
            flags = BATCHED | (BATCH if i < size - 1 else 0)
            sent.append(processor.event(body=str(i).encode(), path=path.encode(), flags=flags, **more))
        return [processor.answer(one) for one in sent]

    def test_answers(self) -> None:
        for source in (SOURCE, SOURCE.replace("def ", "async def ", 1)):
            for transport in ("shm", "unix"):
                with self.subTest(transport), FakeProcessor(transport, source) as processor:
                    self.assertEqual([a.body for a in self.batch(processor, "/all")], [b"03", b"13", b"23"])
                    self.assertEqual([a.body for a in self.batch(processor, "/all", 1)], [b"01"])
                    self.assertEqual([a.code for a in self.batch(processor, "/some")], [500, 200, 200])
                    self.assertEqual([a.code for a in self.batch(processor, "/one")], [200, 500, 500])
                    self.assertEqual([a.code for a in self.batch(processor, "/text")], [500] * 3)
                    self.assertEqual([a.code for a in self.batch(processor, "/bad")], [500, 200, 200])
                    raised = self.batch(processor, "/raise")
                    self.assertEqual([a.flags & FAILED for a in raised], [FAILED] * 3)
                    self.assertEqual(raised[2].extra["message"], "all")

    def test_one_id_for_several_events(self) -> None:
        with FakeProcessor("shm", SOURCE) as processor:
            answers = self.batch(processor, "/all", id=b"same")

            self.assertEqual(sorted(answer.body for answer in answers), [b"03", b"13", b"23"])

    def test_large_batches_and_frames_between(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, SOURCE, ring=1 << 16) as processor:
                sent = []
                for i in range(40):
                    flags = BATCHED | (BATCH if i < 39 else 0)
                    sent.append(processor.event(body=b"x" * 5000, path=b"/all", flags=flags | (MORE if i == 7 else 0)))
                    if i == 7:
                        processor.send(build(CHUNK, 0, correlation=sent[-1], body=b"y"))
                    processor.send(build(CANCEL, correlation=1))
                bodies = [processor.answer(one).body for one in sent]

                self.assertEqual(bodies[7], b"x" * 5000 + b"y40")
                self.assertEqual(set(bodies[:7] + bodies[8:]), {b"x" * 5000 + b"40"})
