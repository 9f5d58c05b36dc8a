"""Which parts of the response arena are in use. The writer's private book: nothing of it is in shared memory."""

from __future__ import annotations

from collections import deque

from nucleon_wrapper.segment import Area


class ResponseArena:
    """Runs of whole chunks; the lowest free ones are given out, so that few pages are used and those are in the caches. They come back
    in order, as the response ring's tail passes their frames. Confined to the holder of the connection's lock."""

    def __init__(self, area: Area, chunk: int) -> None:
        self._offset = area.offset
        self._chunk = chunk
        self._count = area.size // chunk if chunk else 0
        self._free = (1 << self._count) - 1  # a bit a chunk
        self._runs: deque[tuple[int, int]] = deque()  # position of the frame, the bits of its run

    def fits(self, size: int) -> bool:
        """Whether a body of so many bytes fits an empty arena at all."""
        return size <= self._count * self._chunk

    def claim(self, size: int, tail: int, position: int) -> int:
        """The segment offset of a run for a body whose frame will lie at `position`; −1 while there is no room."""
        runs = self._runs
        while runs and runs[0][0] < tail:
            self._free |= runs.popleft()[1]
        chunks = -(-size // self._chunk)
        starts = self._free
        for shift in range(1, chunks):
            starts &= self._free >> shift
        lowest = starts & -starts
        if not lowest:
            return -1
        run = lowest * ((1 << chunks) - 1)
        self._free ^= run
        runs.append((position, run))
        return self._offset + (lowest.bit_length() - 1) * self._chunk
