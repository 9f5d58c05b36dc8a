"""CPU time and memory of process trees, read from /proc."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")

# Places in /proc/PID/stat behind the name, which may hold blanks.
_PPID, _UTIME, _STIME, _START = 1, 11, 12, 19
# Places in /proc/stat: user, nice, system, irq, softirq; idle, iowait and steal are not ours.
_BUSY = (1, 2, 3, 6, 7)
_STEAL = 8


@dataclass(frozen=True)
class Memory:
    """KiB of one process. Shared memory is apart: a segment is counted to its worker, not to the processor."""

    own: int
    shared: int


def _stat(pid: int) -> list[str] | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return text[text.rindex(")") + 2 :].split()


def tree(root: int) -> list[int]:
    """The process and all its living descendants, itself first."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            stat = _stat(int(name))
            if stat:
                children.setdefault(int(stat[_PPID]), []).append(int(name))
    found = [root]
    for pid in found:
        found.extend(children.get(pid, []))
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of a process, its ended threads included; 0 if it is gone."""
    stat = _stat(pid)
    return (int(stat[_UTIME]) + int(stat[_STIME])) / TICKS_PER_SECOND if stat else 0.0


def start_ticks(pid: int) -> int:
    """When a process began; tells it from a later one with the same number. 0 if it is gone."""
    stat = _stat(pid)
    return int(stat[_START]) if stat else 0


def tree_cpu_seconds(root: int) -> tuple[float, float]:
    """CPU seconds of the root alone and of the whole tree."""
    own = cpu_seconds(root)
    return own, own + sum(cpu_seconds(pid) for pid in tree(root)[1:])


def command_line(pid: int) -> list[str]:
    """Its words; empty if it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")[:-1]
    except OSError:
        return []


def compiler_seconds(pid: int) -> float:
    """CPU time of a JVM's compilers that are there now, GraalVM's for other languages included; 0 for other processes."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").glob("*/stat"):
        try:
            text = task.read_text()
        except OSError:
            continue
        if any(name in text for name in ("(C1 Compiler", "(C2 Compiler", "(TruffleCompiler")):
            stat = text[text.rindex(")") + 2 :].split()
            total += (int(stat[_UTIME]) + int(stat[_STIME])) / TICKS_PER_SECOND
    return total


def busy_seconds() -> float:
    """CPU seconds that the whole machine was busy, stolen time included: it was somebody's."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    return sum(int(fields[place]) for place in (*_BUSY, _STEAL)) / TICKS_PER_SECOND


def memory(pid: int) -> Memory:
    """Resident memory; zeros if the process is gone."""
    kib = {"RssAnon": 0, "RssFile": 0, "RssShmem": 0}
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in kib:
                kib[name] = int(rest.split()[0])
    except OSError:
        pass
    return Memory(kib["RssAnon"] + kib["RssFile"], kib["RssShmem"])
