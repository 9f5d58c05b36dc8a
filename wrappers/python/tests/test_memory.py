"""What the rings assume of CPython and the machine: single 8-byte stores, lock pairs as full fences, no lost wake-up."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from nucleon_wrapper.segment import why_no_rings
from tests import litmus
from tests.fake_processor import FakeProcessor

SECONDS = 1.5


@contextmanager
def other(role: str) -> Iterator[memoryview]:
    """The memory shared with a second process that plays the role."""
    with tempfile.NamedTemporaryFile() as file:
        file.truncate(litmus.SIZE)
        words = litmus.words_of(file.name)
        words[litmus.TORN] = litmus.PATTERNS[0]
        process = subprocess.Popen([sys.executable, str(Path(litmus.__file__)), file.name, role])
        try:
            yield words
        finally:
            words[litmus.STOP] = 1
            process.wait(20)


@unittest.skipIf(why_no_rings(), "this interpreter uses the socket")
class Litmus(unittest.TestCase):
    def test_a_lock_pair_is_a_full_fence(self) -> None:
        with other("wake") as words:
            rounds, lost = litmus.sleep_rounds(words, SECONDS)

        self.assertGreater(rounds, 0)
        self.assertEqual(lost, 0, f"of {rounds} rounds")

    def test_an_eight_byte_store_is_whole(self) -> None:
        with other("tear") as words:
            reads, torn = litmus.read_whole(words, SECONDS)

        self.assertEqual(torn, 0, f"of {reads} reads")

    def test_no_wake_is_lost(self) -> None:
        """Each call sleeps and wakes both sides; a lost wake would stand still until the double's limit."""
        source = "def handler(context, event): return event.body"
        for spin in (False, True):
            with FakeProcessor("shm", source, spin=spin) as processor:
                for i in range(3000):
                    body = b"%d" % i
                    self.assertEqual(processor.call(body=body).body, body)
