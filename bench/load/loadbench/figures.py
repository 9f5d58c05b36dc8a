"""What the runs come to: medians, ratios of runs that were side by side, and the targets they are held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Spread:
    """Median of the rounds, and the lowest and highest of them."""

    middle: float
    low: float
    high: float

    @staticmethod
    def of(values: Sequence[float]) -> Spread:
        return Spread(median(values), min(values), max(values))


@dataclass(frozen=True)
class Target:
    """A figure with its limit. {@code at_most} says on which side of the limit it is good."""

    name: str
    limit: float
    figure: Spread
    at_most: bool = True
    unit: str = "×"

    @property
    def is_met(self) -> bool:
        return self.figure.middle <= self.limit if self.at_most else self.figure.middle >= self.limit


def values(runs: Sequence[Data], key: str, **where: Any) -> list[float]:
    """A column of the runs that match, in the order of rounds."""
    found = [run for run in runs if all(run[name] == value for name, value in where.items())]
    return [float(run[key]) for run in sorted(found, key=lambda run: int(run.get("round", 0)))]


def ratio(runs: Sequence[Data], key: str, over: Data, under: Data) -> Spread | None:
    """Round by round, so that only runs of one round are divided; None if one of them was not run."""
    tops = values(runs, key, **over)
    bottoms = values(runs, key, **under)
    pairs = [top / bottom for top, bottom in zip(tops, bottoms) if bottom]
    return Spread.of(pairs) if pairs else None


# Server, baseline, limit: CPU per event at 64 connections.
COST_TARGETS = [
    ("python-shm", "uvicorn", 0.75),
    ("python-shm", "netty", 1.7),
    ("python-unix", "python-shm", 1.3),
    ("java-nonblocking", "netty", 1.2),
    ("java-ordinary", "netty", 1.5),
    ("nodejs-shm", "node-http", 0.85),
    ("nodejs-unix", "nodejs-shm", 1.3),
    ("dotnetcore-shm", "netty", 1.5),
    ("dotnetcore-unix", "dotnetcore-shm", 1.3),
]
COST_CONNECTIONS = 64
FLAT_CONNECTIONS = (16, 64, 256)
FLAT_SHARE = 0.15
FLAT_SERVERS = ("python-shm", "python-unix", "java-nonblocking", "java-ordinary")
# Language, where, bytes of body, limit: events per CPU second over shm against unix.
BODY_TARGETS = [
    ("python", "invoker", 65536, 2.5),
    ("python", "invoker", 1048576, 5.0),
    ("python", "http", 65536, 1.5),
    ("python", "http", 1048576, 2.0),
    ("nodejs", "invoker", 1048576, 5.0),
    ("dotnetcore", "invoker", 1048576, 5.0),
]
IDLE_MIB = 150.0
START_MILLIS = 1000.0
REPLACEMENT_MILLIS = 300.0


def targets(results: Data, label: Callable[[str], str]) -> list[Target]:
    """Every target whose part was run."""
    found: list[Target] = []
    if "http" in results:
        found += _http_targets(results["http"]["runs"], label)
    if "bodies" in results:
        found += _body_targets(results["bodies"]["runs"])
    if "idle" in results:
        for one in results["idle"]["memory"]:
            mib = Spread.of([one["root"] / 1024])
            found.append(Target(f"idle memory of the processor, {label(one['server'])}", IDLE_MIB, mib, unit=" MiB"))
    if "start" in results:
        millis = Spread.of(values(results["start"]["runs"], "millis", what="jvm"))
        found.append(Target("JVM start to the first answer of examples/hello", START_MILLIS, millis, unit=" ms"))
    if "replace" in results:
        for transport in ("shm", "unix"):
            millis = Spread.of(values(results["replace"]["runs"], "millis", transport=transport, loaded=True))
            name = f"a killed worker's replacement serves, under load, Python, {transport}"
            found.append(Target(name, REPLACEMENT_MILLIS, millis, unit=" ms"))
    return found


def _http_targets(runs: Sequence[Data], label: Callable[[str], str]) -> list[Target]:
    found: list[Target] = []
    for server, baseline, limit in COST_TARGETS:
        pair = [{"server": one, "connections": COST_CONNECTIONS} for one in (server, baseline)]
        figure = ratio(runs, "cpu_micros", pair[0], pair[1])
        if figure:
            found.append(Target(f"CPU per event, {label(server)} / {label(baseline)}", limit, figure))
    figure = ratio(
        runs, "p50_micros", {"server": "python-shm", "connections": 1}, {"server": "uvicorn", "connections": 1}
    )
    if figure:
        found.append(Target(f"p50 of one connection, {label('python-shm')} / {label('uvicorn')}", 2.0, figure))
    for server in FLAT_SERVERS:
        away = _unevenness(runs, server)
        if away:
            found.append(
                Target(f"16 to 256 connections, farthest from their mean, {label(server)}", FLAT_SHARE, away, unit="")
            )
    return found


def _unevenness(runs: Sequence[Data], server: str) -> Spread | None:
    """How far the cost at 16, 64 and 256 connections is from the mean of the three, as a share of it: of the medians."""
    columns = [values(runs, "cpu_micros", server=server, connections=one) for one in FLAT_CONNECTIONS]
    if not all(columns):
        return None
    rounds = [_farthest(one) for one in zip(*columns)]
    return Spread(_farthest([median(one) for one in columns]), min(rounds), max(rounds))


def _farthest(costs: Sequence[float]) -> float:
    mean = sum(costs) / len(costs)
    return max(abs(cost / mean - 1) for cost in costs)


def _body_targets(runs: Sequence[Data]) -> list[Target]:
    found: list[Target] = []
    for language, where, size, limit in BODY_TARGETS:
        pair = [{"language": language, "where": where, "size": size, "transport": one} for one in ("unix", "shm")]
        figure = ratio(runs, "cpuMicros", pair[0], pair[1])
        if figure:
            at = "at the Invoker" if where == "invoker" else "over HTTP"
            name = f"events per CPU second, {language}, {size // 1024} KiB {at}, shm / unix"
            found.append(Target(name, limit, figure, at_most=False))
    return found
