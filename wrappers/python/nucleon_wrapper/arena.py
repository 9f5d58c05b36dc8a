"""Which parts of the response arena are in use. The writer's private book: nothing of it is in shared memory."""

from __future__ import annotations

from collections import deque

from nucleon_wrapper.segment import Area


class ResponseArena:
    """Runs of whole chunks, given out in a circle and taken back in the same order, since the response ring's tail passes the
    frames in order. Confined to the holder of the connection's lock."""

    def __init__(self, area: Area, chunk: int) -> None:
        self._offset = area.offset
        self._chunk = chunk
        self._count = area.size // chunk if chunk else 0
        self._next = 0
        self._free = self._count
        self._runs: deque[tuple[int, int]] = (
            deque()
        )  # position of the frame, chunks to give back (skipped ones with them)

    def fits(self, size: int) -> bool:
        """Whether a body of so many bytes fits an empty arena at all."""
        return size <= self._count * self._chunk

    def claim(self, size: int, tail: int, position: int) -> int:
        """The segment offset of a run for a body whose frame will lie at `position`; −1 while there is no room."""
        while self._runs and self._runs[0][0] < tail:
            self._free += self._runs.popleft()[1]
        if not self._runs:
            self._next, self._free = 0, self._count
        chunks = -(-size // self._chunk)
        wraps = self._next + chunks > self._count
        # none is left to skip when the last run ended with the arena
        skipped = self._count - self._next if wraps else 0
        if chunks + skipped > self._free:
            return -1
        start = 0 if wraps else self._next
        self._next = start + chunks
        self._free -= chunks + skipped
        self._runs.append((position, chunks + skipped))
        return self._offset + start * self._chunk
