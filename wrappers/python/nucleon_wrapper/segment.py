"""The memory that processor and worker share: mapped, its header checked. Unmapped by the end of the process only."""

from __future__ import annotations

import mmap
import os
import sys
from typing import NamedTuple

from nucleon_wrapper import layout
from nucleon_wrapper.errors import PROTOCOL_VERSION, Violation
from nucleon_wrapper.frame import PREAMBLE

_MACHINES = ("x86_64", "aarch64")


class Area(NamedTuple):
    """A part of the segment: where it starts and how long it is, in bytes."""

    offset: int
    size: int


class Segment:
    """`map` gives bytes by slice in one copy; `words[i]` is the aligned 8-byte word at byte 8·i, read or stored by one instruction."""

    __slots__ = ("map", "words", "epoch", "request_ring", "response_ring", "request_arena", "response_arena", "chunk")

    def __init__(self, fd: int, size: int, epoch: int) -> None:
        """Maps `size` bytes of the descriptor, which stays the caller's. Violation if it is no segment of ours."""
        if size < layout.SEGMENT_HEADER_LENGTH or size % 8 or os.fstat(fd).st_size < size:
            raise Violation(f"the segment can't be mapped: {size} bytes announced, {os.fstat(fd).st_size} there")
        self.map = mmap.mmap(fd, size, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE)
        self.words = memoryview(self.map).cast("Q")
        magic, major, _, header, said, self.epoch, *areas, self.chunk = PREAMBLE.unpack_from(self.map, 0)
        if magic != layout.MAGIC or header != layout.SEGMENT_HEADER_LENGTH or said != size:
            raise Violation("the segment's header is not that of a segment")
        if major != layout.MAJOR:
            raise Violation(f"the segment has layout {major}, this wrapper speaks {layout.MAJOR}", PROTOCOL_VERSION)
        if self.epoch != epoch:
            raise Violation(f"the segment is of epoch {self.epoch}, this worker of epoch {epoch}")
        pairs = [Area(areas[i], areas[i + 1]) for i in range(0, 8, 2)]
        self.request_ring, self.response_ring, self.request_arena, self.response_arena = pairs
        self._check_areas(pairs, size)

    def _check_areas(self, areas: list[Area], size: int) -> None:
        for area in areas:
            if area.size and (area.offset < layout.SEGMENT_HEADER_LENGTH or area.offset + area.size > size):
                raise Violation("an area of the segment lies outside it")
        for ring in areas[:2]:
            if ring.size & (ring.size - 1) or ring.offset % layout.ALIGNMENT or 0 < ring.size < layout.ALIGNMENT:
                raise Violation("a ring of the segment has no power of two as size or is not aligned")
        if areas[3].size and (not self.chunk or self.chunk % layout.ALIGNMENT):
            raise Violation(f"the arena's chunks have {self.chunk} bytes")


def why_no_rings() -> str:
    """Empty if this interpreter may use rings, else the reason: they need single 8-byte stores and known lock instructions."""
    if sys.implementation.name != "cpython":
        return f"{sys.implementation.name} is not CPython, whose memory accesses the rings rely on"
    if os.uname().machine not in _MACHINES or sys.byteorder != "little":
        return f"the memory order of {os.uname().machine} ({sys.byteorder}-endian) is not covered by the tests"
    if memoryview(bytearray(8)).cast("Q").itemsize != 8:
        return "memoryview items of type Q are not 8 bytes here"
    return ""
