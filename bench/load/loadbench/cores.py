"""Which cores servers and the generator run on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Placement:
    """Numbers of cores, as `taskset` has them."""

    servers: frozenset[int]
    generator: frozenset[int]

    def __str__(self) -> str:
        if self.servers == self.generator:
            return f"server and generator share {len(self.servers)}"
        return f"server {len(self.servers)}, generator {len(self.generator)}"


_ALL = frozenset(os.sched_getaffinity(0))

SHARED = Placement(_ALL, _ALL)


def apart() -> Placement:
    """One for the generator, the others for the servers; shared if there is but one."""
    first = frozenset([min(_ALL)])
    return Placement(_ALL - first, first) if len(_ALL) > 1 else SHARED


@contextmanager
def on(cores: frozenset[int]) -> Iterator[None]:
    """What is started within runs there."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
