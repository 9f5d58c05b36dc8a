"""The other process of the litmus tests: `python litmus.py FILE ROLE`. Plain stores, loads and lock pairs as the wrapper does them."""

from __future__ import annotations

import mmap
import sys
import threading
import time
from typing import Callable

# 8-byte words, each on cache lines of its own.
ROUND, DONE, FLAG, HEAD, SEEN, STOP, TORN = (32 * i for i in range(7))
SIZE = 4096
PATTERNS = (0x0123456789ABCDEF, 0xFEDCBA9876543210)


def words_of(path: str) -> memoryview:
    with open(path, "r+b") as file:
        return memoryview(mmap.mmap(file.fileno(), SIZE)).cast("Q")


def lock_pair() -> Callable[[], None]:
    lock = threading.Lock()
    lock.acquire()

    def pair() -> None:
        lock.release()
        lock.acquire()

    return pair


def wake(words: memoryview) -> None:
    """The producer of each round: head, fence, look at the flag."""
    pair, done = lock_pair(), 0
    while not words[STOP]:
        if words[ROUND] == done:
            continue
        done = words[ROUND]
        words[HEAD] = 1
        pair()
        words[SEEN] = words[FLAG]
        words[DONE] = done


def tear(words: memoryview) -> None:
    """Stores two patterns in turn."""
    first, second = PATTERNS
    while not words[STOP]:
        for _ in range(1000):
            words[TORN] = first
            words[TORN] = second


def sleep_rounds(words: memoryview, seconds: float) -> tuple[int, int]:
    """The consumer of each round: flag, fence, look at head. Gives rounds and lost wake-ups, where neither saw the other."""
    pair, rounds, lost, end = lock_pair(), 0, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        words[FLAG] = words[HEAD] = 0
        rounds += 1
        words[ROUND] = rounds
        for _ in range(rounds % 24):
            pass
        words[FLAG] = 1
        pair()
        saw = words[HEAD]
        while words[DONE] != rounds:
            if time.monotonic() > end + 10:
                raise TimeoutError("the other process does not answer")
        lost += not saw and not words[SEEN]
    return rounds, lost


def read_whole(words: memoryview, seconds: float) -> tuple[int, int]:
    """Gives reads, and values that nobody stored."""
    reads, torn, end = 0, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        for _ in range(1000):
            torn += words[TORN] not in PATTERNS
        reads += 1000
    return reads, torn


if __name__ == "__main__":
    {"wake": wake, "tear": tear}[sys.argv[2]](words_of(sys.argv[1]))
