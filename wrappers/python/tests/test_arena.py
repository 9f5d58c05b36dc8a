"""The book of the response arena."""

from __future__ import annotations

import random
import unittest
from collections import deque

from nucleon_wrapper.arena import ResponseArena
from nucleon_wrapper.segment import Area

CHUNK = 64


def arena(chunks: int) -> ResponseArena:
    return ResponseArena(Area(4096, chunks * CHUNK), CHUNK)


class Arena(unittest.TestCase):
    def test_the_lowest_free_run_is_given(self) -> None:
        book = arena(8)
        self.assertEqual(book.claim(2 * CHUNK, 0, 0), 4096)
        self.assertEqual(book.claim(1, 0, 64), 4096 + 2 * CHUNK)

        # The first frame was read: its two chunks are free, one is taken again, three do not fit there.
        self.assertEqual(book.claim(CHUNK, 64, 128), 4096)
        self.assertEqual(book.claim(2 * CHUNK + 1, 64, 192), 4096 + 3 * CHUNK)

    def test_what_does_not_fit_now_is_refused_until_the_tail_passes(self) -> None:
        book = arena(4)
        self.assertEqual(book.claim(4 * CHUNK, 0, 0), 4096)

        self.assertEqual(book.claim(1, 0, 64), -1)
        self.assertEqual(book.claim(4 * CHUNK, 64, 64), 4096)

    def test_what_never_fits_is_known(self) -> None:
        self.assertTrue(arena(4).fits(4 * CHUNK))
        self.assertFalse(arena(4).fits(4 * CHUNK + 1))
        self.assertFalse(ResponseArena(Area(4096, 0), 0).fits(1))

    def test_runs_never_overlap(self) -> None:
        seed = random.randrange(2**32)
        chance = random.Random(seed)
        book, tail = arena(48), 0
        lent: deque[tuple[int, range]] = deque()
        for position in range(0, 64 * 20_000, 64):
            size = chance.randrange(1, 6 * CHUNK)
            run = book.claim(size, tail, position)
            if run < 0:
                tail = lent.popleft()[0] + 64
                continue
            taken = range(run, run + size)
            for _, other in lent:
                self.assertTrue(taken.stop <= other.start or other.stop <= taken.start, f"seed {seed}")
            self.assertTrue(4096 <= taken.start and taken.stop <= 4096 + 48 * CHUNK, f"seed {seed}")
            lent.append((position, taken))
            while lent and chance.random() < 0.4:
                tail = lent.popleft()[0] + 64


if __name__ == "__main__":
    unittest.main()
