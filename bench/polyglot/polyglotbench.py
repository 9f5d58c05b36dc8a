"""What functions on GraalVM cost, beside the wrappers and the bare interpreters of the same languages."""

from __future__ import annotations

import argparse
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import render
from loadbench import load, place, proc
from loadbench.servers import ONE_LOOP, Nucleon, Server

HERE = Path(__file__).resolve().parent
FUNCTIONS = HERE / "functions"
RAW = place.TOP / "target" / "bench-polyglot.json"
WORK = ["transform", "mandelbrot", "nbody", "build"]
PARTS = ["work", "empty", "peak", "start", "memory"]
ORDERS = json.dumps(
    {
        "orders": [
            {
                "customer": f"customer-{number % 20}",
                "lines": [
                    {"sku": f"sku-{line}", "price": 5 * line + number, "count": line % 3 + 1} for line in range(5)
                ],
            }
            for number in range(200)
        ]
    }
).encode()
BODIES = {"transform": ORDERS}
FOLDERS = {"python": "python", "graalpy": "python", "nodejs": "javascript", "graaljs": "javascript"}
LANGUAGES = [("graalpy", "python"), ("graaljs", "nodejs")]
# Of the first events, so many or so long.
PEAK_EVENTS, PEAK_SECONDS = 20_000, 40.0
CONNECTIONS = 64

Data = dict[str, Any]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Packed(Nucleon):
    """By the distribution as it was built at the start."""

    def command(self, port: int) -> Sequence[str]:
        return [str(place.DIST / "bin" / "nucleon"), *list(super().command(port))[1:]]


@dataclass(frozen=True)
class Function(Packed):
    """The bench's own function; the launcher gives the JVM what its runtime needs."""

    workers: int = 1

    def command(self, port: int) -> Sequence[str]:
        words = list(super().command(port))
        config = Path(words[words.index("--config") + 1])
        config.write_text(config.read_text().replace("numWorkers: 1", f"numWorkers: {self.workers}"))
        return words

    def environment(self) -> dict[str, str]:
        return {**super().environment(), "NUCLIO_HANDLER_DIR": str(FUNCTIONS / FOLDERS[self.runtime])}


def function(runtime: str, workers: int = 1, jvm: str = "") -> Function:
    return Function(f"{runtime}-{workers}", runtime, jvm, runtime, "main:handler", workers=workers)


def post(connection: http.client.HTTPConnection, work: str) -> str:
    connection.request("POST", f"/{work}", BODIES.get(work, b""))
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status != 200:
        raise SystemExit(f"{work} answered {answer.status}: {text}")
    return text


@contextmanager
def connected(server: Server) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    try:
        yield connection
    finally:
        connection.close()


def served(server: Server, work: str, seconds: float) -> tuple[float, int, str]:
    """One event after the other: µs of CPU of the server's tree an event, how many, the last answer."""
    with connected(server) as connection:
        answer = post(connection, work)
        _, before = proc.tree_cpu_seconds(server.process.pid)
        end, count = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            answer = post(connection, work)
            count += 1
        _, after = proc.tree_cpu_seconds(server.process.pid)
    return 1e6 * (after - before) / count, count, answer


def bare(runtime: str, work: str, seconds: float, warm_up: float) -> tuple[float, int, str]:
    program = {"python": [place.PYTHON, "bare.py"], "nodejs": [place.NODE, "bare.js"]}[runtime]
    done = subprocess.run(
        [*program, work, str(seconds), str(warm_up)],
        cwd=FUNCTIONS / FOLDERS[runtime],
        input=BODIES.get(work, b""),
        capture_output=True,
        check=True,
    )
    result = json.loads(done.stdout.splitlines()[-1])
    return result["micros"], result["count"], result["answer"]


def work(names: Sequence[str], rounds: int, seconds: float, warm_up: float) -> list[Data]:
    """Three ways to run the same code, one after the other in each round; all started anew."""
    runs: list[Data] = []
    for turn in range(rounds):
        for graal, wrapper in LANGUAGES:
            for name in names:
                answers = set()
                ways = [graal, wrapper, f"bare {wrapper}"]
                for way in ways[turn % 3 :] + ways[: turn % 3]:
                    if way.startswith("bare"):
                        micros, count, answer = bare(wrapper, name, seconds, min(warm_up, seconds))
                    else:
                        with function(way).running() as server:
                            served(server, name, warm_up if way == graal else min(warm_up, seconds))
                            micros, count, answer = served(server, name, seconds)
                    answers.add(json.dumps(json.loads(answer)) if answer.startswith("{") else answer)
                    runs.append(
                        {"round": turn, "language": graal, "work": name, "way": way, "micros": micros, "count": count}
                    )
                    say(f"round {turn + 1}  {name:10} {way:12} {micros:12.1f} µs  ({count} events)")
                if len(answers) > 1:
                    raise SystemExit(f"{name}: the answers differ: {answers}")
    return runs


def warm(server: Server, most: float) -> None:
    """Until the compilers have done most of their work, so long at most."""
    end = time.monotonic() + most
    while time.monotonic() < end:
        if load.wrk(server, CONNECTIONS, 5).compiler_share < 0.05:
            return


def empty(rounds: int, seconds: float, warm_up: float) -> list[Data]:
    """An empty handler, 64 connections, one loop; beside an ordinary Java function."""
    java = Packed("java-ordinary", "Java", ONE_LOOP, "java", "Empty", "ordinary")
    kinds = [function("graaljs", jvm=ONE_LOOP), function("graalpy", jvm=ONE_LOOP), java]
    kinds += [function("nodejs", jvm=ONE_LOOP), function("python", jvm=ONE_LOOP)]
    runs: list[Data] = []
    for turn in range(rounds):
        for kind in kinds[turn % len(kinds) :] + kinds[: turn % len(kinds)]:
            with kind.running() as server:
                warm(server, warm_up)
                cost = load.wrk(server, CONNECTIONS, seconds)
            runs.append({"round": turn, "server": kind.name, "micros": cost.cpu_micros, "rate": cost.rate})
            say(f"round {turn + 1}  empty      {kind.label:16} {cost.cpu_micros:8.1f} µs  {cost.rate:8.0f}/s")
    return runs


def peak() -> list[Data]:
    """Events from the start of a worker until their rate is 90 % of the best that it comes to."""
    runs: list[Data] = []
    for runtime in FOLDERS:
        for name in ["empty", *WORK]:
            with function(runtime).running() as server, connected(server) as connection:
                times: list[float] = []
                start = time.monotonic()
                while len(times) < PEAK_EVENTS and time.monotonic() - start < PEAK_SECONDS:
                    before = time.monotonic()
                    post(connection, name)
                    times.append(time.monotonic() - before)
            events, seconds = _until_peak(times)
            best = 1e6 * _best(times)
            runs.append(
                {
                    "runtime": runtime,
                    "work": name,
                    "events": events,
                    "seconds": seconds,
                    "first": 1e6 * times[0],
                    "best": best,
                }
            )
            say(
                f"peak  {runtime:8} {name:10} after {events} events, {seconds:.1f} s; {1e6 * times[0]:.0f} → {best:.0f} µs"
            )
    return runs


def _windows(times: Sequence[float]) -> list[float]:
    """Medians of twentieths of all events, ten events at least."""
    size = max(10, len(times) // 100)
    return [median(times[at : at + size]) for at in range(0, max(1, len(times) - size + 1), size)]


def _best(times: Sequence[float]) -> float:
    return min(_windows(times))


def _until_peak(times: Sequence[float]) -> tuple[int, float]:
    windows = _windows(times)
    size = max(10, len(times) // 100)
    first = next(place for place, one in enumerate(windows) if one <= min(windows) / 0.9)
    return first * size, sum(times[: first * size])


def start(rounds: int) -> list[Data]:
    """From the launcher's start to the first answer."""
    runs: list[Data] = []
    for turn in range(rounds):
        for runtime in FOLDERS:
            before = time.monotonic()
            with function(runtime).running():
                seconds = time.monotonic() - before
            runs.append({"round": turn, "runtime": runtime, "seconds": seconds})
            say(f"round {turn + 1}  start      {runtime:8} {seconds:6.2f} s")
    return runs


def memory() -> list[Data]:
    """MiB of the processor with one worker and with ten, each of which has handled events; then what is left after a full collection."""
    runs: list[Data] = []
    for runtime in ("graaljs", "graalpy"):
        for workers in (1, 10):
            with function(runtime, workers).running() as server:
                load.wrk(server, CONNECTIONS, 10)
                resident = sum(proc.memory(pid).own for pid in proc.tree(server.process.pid)) / 1024
                live = _live(server.process.pid)
            runs.append({"runtime": runtime, "workers": workers, "resident": resident, "live": live})
            say(f"memory  {runtime:8} {workers:2} workers: {resident:.0f} MiB resident, {live:.0f} MiB of heap live")
    return runs


def _live(pid: int) -> float:
    """MiB of live objects."""
    jcmd = [str(place.JAVA_HOME / "bin" / "jcmd"), str(pid)]
    done = subprocess.run([*jcmd, "GC.class_histogram"], capture_output=True, text=True, check=True)
    total = done.stdout.splitlines()[-1].split()
    return int(total[2]) / 1024 / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--warm-up", type=float, default=60.0)
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--work", default=",".join(WORK), help="pieces of part work; figures of the others are kept")
    parser.add_argument("--render", action="store_true", help="make the report of the last figures again")
    arguments = parser.parse_args()
    found: Data = json.loads(RAW.read_text()) if RAW.exists() else {}
    try:
        for part in [] if arguments.render else arguments.parts.split(","):
            length = (arguments.rounds, arguments.seconds, arguments.warm_up)
            if part == "work":
                names = arguments.work.split(",")
                kept = [run for run in found.get(part, []) if run["work"] not in names]
                found[part] = kept + work(names, *length)
            elif part == "empty":
                found[part] = empty(*length)
            else:
                found[part] = start(arguments.rounds) if part == "start" else globals()[part]()
            RAW.write_text(json.dumps(found))
    finally:
        place.remove_work()
    command = f"--rounds {arguments.rounds} --seconds {arguments.seconds:g} --warm-up {arguments.warm_up:g}"
    (HERE / "REPORT.md").write_text(render.report(found, command))
    say(f"written: {HERE / 'REPORT.md'}")


if __name__ == "__main__":
    main()
