"""What a process for an event costs, by several ways to start it, and what a resident process costs instead."""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from loadbench import load, machine, place, proc
from loadbench.servers import Nucleon, Server

FUNCTIONS = Path(__file__).resolve().parent / "functions"
REPORT = Path(__file__).resolve().parent / "REPORT.md"
TRUE = "/usr/bin/true"
CAT = "/usr/bin/cat"
CONNECTIONS = 64
BODY = 100

Way = Callable[[float, list[str], int], float]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _java(main: str, *arguments: object) -> dict[str, Any]:
    command = place.java_command(main, *arguments)
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode:
        raise SystemExit(f"{main} failed:\n{done.stderr}{done.stdout}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if result["failed"]:
        raise SystemExit(f"{main} can't be used: {result}")
    return result


def invoker(handler: str, size: int, depth: int, seconds: float, *attributes: str) -> float:
    """One worker at the Invoker; µs of CPU an event."""
    result = _java(
        "InvokerLoad", place.DIST, FUNCTIONS, handler, "none", size, depth, seconds, "copy", "shell", *attributes
    )
    return float(result["cpuMicros"])


def nucleon(seconds: float, command: list[str], size: int) -> float:
    return invoker(Path(command[0]).name, size, 1, seconds)


def process_builder(seconds: float, command: list[str], size: int) -> float:
    return float(_java("ProcessBuilderLoad", seconds, size, *command)["cpuMicros"])


def forked(seconds: float, command: list[str], size: int) -> float:
    """As small servers do for each request: pipes, fork, exec, wait; in a process of some MiB."""

    def once() -> None:
        stdin_read, stdin_write = os.pipe()
        stdout_read, stdout_write = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.dup2(stdin_read, 0)
            os.dup2(stdout_write, 1)
            os.dup2(stdout_write, 2)
            os.execv(command[0], command)
        os.close(stdin_read)
        os.close(stdout_write)
        _exchange(stdin_write, stdout_read, size, pid)

    return _cpu_micros(seconds, once)


def spawned(seconds: float, command: list[str], size: int) -> float:
    """The C library's posix_spawn, with the pipes that an event needs and nothing else."""

    def once() -> None:
        stdin_read, stdin_write = os.pipe()
        stdout_read, stdout_write = os.pipe()
        actions = [
            (os.POSIX_SPAWN_DUP2, stdin_read, 0),
            (os.POSIX_SPAWN_DUP2, stdout_write, 1),
            (os.POSIX_SPAWN_DUP2, stdout_write, 2),
        ]
        pid = os.posix_spawn(command[0], command, {}, file_actions=actions)
        os.close(stdin_read)
        os.close(stdout_write)
        _exchange(stdin_write, stdout_read, size, pid)

    return _cpu_micros(seconds, once)


def bare(seconds: float, command: list[str], size: int) -> float:
    """The floor: a vfork, an exec, a wait; neither pipes nor body."""

    def once() -> None:
        os.waitpid(os.posix_spawn(command[0], command, {}), 0)

    return _cpu_micros(seconds, once)


def _exchange(stdin: int, stdout: int, size: int, pid: int) -> None:
    if size:
        os.write(stdin, b"x" * size)
    os.close(stdin)
    while os.read(stdout, 65536):
        pass
    os.close(stdout)
    os.waitpid(pid, 0)


def _used() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _cpu_micros(seconds: float, once: Callable[[], None]) -> float:
    for _ in range(50):
        once()
    before, end, done = _used(), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        once()
        done += 1
    return 1e6 * (_used() - before) / done


def http(handler: str, seconds: float, size: int, attributes: dict[str, str]) -> float:
    """Over HTTP, 64 connections; children that have been waited for are counted."""
    kind = ShellFunction(f"shell-{handler}", handler, "", "shell", handler, "", attributes)
    with kind.running() as server:
        load.warm_up(server, seconds, size, [CONNECTIONS])
        before = _tree(server)
        cost = load.wrk(server, CONNECTIONS, seconds, size)
        if cost.errors:
            raise SystemExit(f"{handler}: {cost.errors} errors\n{server.log.read_text()[-2000:]}")
        return float(1e6 * (_tree(server) - before) / cost.requests)


class ShellFunction(Nucleon):
    """The bench's own functions, by the distribution as it was built at the start."""

    def command(self, port: int) -> list[str]:
        return [str(place.DIST / "bin" / "nucleon"), *list(super().command(port))[1:]]

    def environment(self) -> dict[str, str]:
        return {"NUCLIO_HANDLER_DIR": str(FUNCTIONS)}


def _tree(server: Server) -> float:
    """CPU seconds of a processor, of its living descendants and of those that it has waited for."""
    total = 0.0
    for pid in proc.tree(server.process.pid):
        try:
            text = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            continue
        fields = text[text.rindex(")") + 2 :].split()
        total += sum(int(field) for field in fields[11:15]) / proc.TICKS_PER_SECOND
    return total


WAYS: dict[str, Way] = {
    "Nucleon": nucleon,
    "ProcessBuilder": process_builder,
    "fork and exec": forked,
    "posix_spawn": spawned,
    "posix_spawn, no pipes": bare,
}
LOADS: dict[str, tuple[list[str], int]] = {
    "`true`, empty body": ([TRUE], 0),
    f"`cat`, {BODY} B": ([CAT], BODY),
}
RESIDENT: dict[str, tuple[str, str]] = {"grep": ("grep", "--line-buffered --text ^"), "Python": ("lines.py", "")}


def measure(rounds: int, seconds: float) -> dict[str, dict[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = {}

    def note(table: str, row: str, value: float) -> None:
        found.setdefault(table, {}).setdefault(row, []).append(value)
        say(f"{table:24} {row:32} {value:8.1f} µs")

    for _ in range(rounds):
        for name, (command, size) in LOADS.items():
            for way, run in WAYS.items():
                if way != "posix_spawn, no pipes" or not size:
                    note(name, way, run(seconds, command, size))
        note("over HTTP", "a process for each event, `#!/bin/sh` with nothing to do", http("empty.sh", seconds, 0, {}))
        for language, (handler, words) in RESIDENT.items():
            attributes = {"mode": "resident", "arguments": words}
            note("over HTTP", f"resident, {language}, a line of {BODY} B", http(handler, seconds, BODY, attributes))
            note(
                "at the Invoker",
                f"resident, {language}, a line of {BODY} B",
                invoker(handler, BODY, CONNECTIONS, seconds, *(f"{key}={value}" for key, value in attributes.items())),
            )
    return found


def render(found: dict[str, dict[str, list[float]]], rounds: int, seconds: float) -> str:
    lines = [
        "# What shell functions cost",
        "",
        f"Made by `bench/shell/run --rounds {rounds} --seconds {seconds:g}`. CPU time of the whole process tree, the children that",
        "were waited for included, in µs an event; median of the rounds, lowest and highest in brackets.",
        "",
        "| | |",
        "| --- | --- |",
    ]
    lines += [
        f"| {name} | {value} |"
        for name, value in {**machine.moment(), **machine.describe()}.items()
        if name != "Baselines"
    ]
    for name in LOADS:
        base = statistics.median(found[name]["ProcessBuilder"])
        lines += [
            "",
            f"## {name}",
            "",
            "| way | µs | events per CPU second | to ProcessBuilder |",
            "| --- | ---: | ---: | ---: |",
        ]
        for way, values in found[name].items():
            middle = statistics.median(values)
            lines.append(f"| {way} | {_spread(values)} | {1e6 / middle:.0f} | {base / middle:.2f} × |")
    lines += [
        "",
        "*Nucleon* is one worker at the `Invoker`. *ProcessBuilder* is Java's own way, on the same JVM. *fork and exec* is what small servers",
        "(of-watchdog and CGI alike) do, in a process of some MiB. *posix_spawn* is the C library's call with the two pipes that an event needs, from a",
        "loop in Python; *no pipes* is the kernel's floor: a vfork, an exec, the program's start and end, a wait.",
        "",
        f"## With {CONNECTIONS} events open",
        "",
        "| | where | µs |",
        "| --- | --- | ---: |",
    ]
    for table in ("over HTTP", "at the Invoker"):
        lines += [f"| {row} | {table} | {_spread(values)} |" for row, values in found.get(table, {}).items()]
    return "\n".join(lines) + "\n"


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.1f} ({min(values):.1f}–{max(values):.1f})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0)
    arguments = parser.parse_args()
    try:
        found = measure(arguments.rounds, arguments.seconds)
    finally:
        place.remove_work()
    REPORT.write_text(render(found, arguments.rounds, arguments.seconds))
    say(f"written: {REPORT}")


if __name__ == "__main__":
    main()
