"""The report: medians of the rounds, ratios of runs of the same round, and the targets they are held against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from loadbench import machine
from loadbench.figures import Spread, ratio, values

Data = dict[str, Any]

NUMERIC = ("mandelbrot", "nbody")
HEAD = """# Functions on GraalVM

Made by `bench/polyglot/run {command}`. CPU time of the whole process tree in µs an event; median of the rounds, lowest and highest in
brackets. Ratios are of runs of the same round, one after the other; above 1 means that GraalVM needs less.

| | |
| --- | --- |
{machine}
"""


def _spread(figure: Spread | None, digits: int = 2) -> str:
    return "–" if figure is None else f"{figure.middle:.{digits}f} ({figure.low:.{digits}f}–{figure.high:.{digits}f})"


def _column(runs: Sequence[Data], key: str, **where: Any) -> Spread | None:
    found = values(runs, key, **where)
    return Spread.of(found) if found else None


def _times(runs: Sequence[Data], language: str, name: str, way: str) -> Spread | None:
    graal = {"language": language, "work": name, "way": language}
    return ratio(runs, "micros", {**graal, "way": way}, graal)


def _work(runs: Sequence[Data]) -> list[str]:
    lines: list[str] = []
    for language, wrapper in (("graalpy", "python"), ("graaljs", "nodejs")):
        bare = f"bare {wrapper}"
        lines += ["", f"## {language}", ""]
        lines += [
            f"| work | {language} | {wrapper} | {bare} | × {wrapper} | × {bare} | target |",
            "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
        ]
        for name in dict.fromkeys(run["work"] for run in runs):
            costs = [
                _spread(_column(runs, "micros", language=language, work=name, way=way), 0)
                for way in (language, wrapper, bare)
            ]
            ratios = [_times(runs, language, name, way) for way in (wrapper, bare)]
            limit = 5.0 if language == "graalpy" else 0.7
            met = ratios[1] and ratios[1].middle >= limit
            target = f"≥ {limit:g}: {'met' if met else 'missed'}" if name in NUMERIC else ""
            lines.append(f"| {name} | {' | '.join(costs)} | {' | '.join(map(_spread, ratios))} | {target} |")
    return lines


def _empty(runs: Sequence[Data]) -> list[str]:
    lines = [
        "",
        "## An empty handler over HTTP, 64 connections",
        "",
        "| function | µs | × Java function |",
        "| --- | ---: | ---: |",
    ]
    for server in dict.fromkeys(run["server"] for run in runs):
        over = ratio(runs, "micros", {"server": server}, {"server": "java-ordinary"})
        lines.append(f"| {server} | {_spread(_column(runs, 'micros', server=server), 1)} | {_spread(over)} |")
    return [*lines, "", "Target: graaljs at most 1.5 × a Java function."]


def _peak(runs: Sequence[Data]) -> list[str]:
    lines = [
        "",
        "## Time to peak",
        "",
        "Events of one connection, one after the other, from the start on, until they come at 90 % of the best rate.",
    ]
    lines += [
        "",
        "| runtime | work | events | seconds | first event, µs | at peak, µs |",
        "| --- | --- | ---: | ---: | ---: | ---: |",
    ]
    for run in runs:
        lines.append(
            f"| {run['runtime']} | {run['work']} | {run['events']} | {run['seconds']:.1f} | {run['first']:.0f} | {run['best']:.0f} |"
        )
    return lines


def _start(runs: Sequence[Data]) -> list[str]:
    lines = [
        "",
        "## Cold start",
        "",
        "From the launcher's start to the first answer.",
        "",
        "| runtime | s |",
        "| --- | ---: |",
    ]
    for runtime in dict.fromkeys(run["runtime"] for run in runs):
        lines.append(f"| {runtime} | {_spread(_column(runs, 'seconds', runtime=runtime))} |")
    return lines


def _memory(runs: Sequence[Data]) -> list[str]:
    lines = [
        "",
        "## Memory",
        "",
        "| runtime | workers | resident, MiB | live objects, MiB |",
        "| --- | ---: | ---: | ---: |",
    ]
    for run in runs:
        lines.append(f"| {run['runtime']} | {run['workers']} | {run['resident']:.0f} | {run['live']:.0f} |")
    for runtime in dict.fromkeys(run["runtime"] for run in runs):
        one, ten = (
            next(run for run in runs if run["runtime"] == runtime and run["workers"] == count) for count in (1, 10)
        )
        lines += [
            "",
            f"Ten contexts of `{runtime}` take {ten['resident'] / one['resident']:.2f} × the process's memory with one (target: below 3),",
        ]
        lines += [
            f"{ten['live'] / one['live']:.2f} × its live objects; {(ten['live'] - one['live']) / 9:.1f} MiB of objects a further context."
        ]
    return lines


SECTIONS: dict[str, Callable[[Sequence[Data]], list[str]]] = {
    "work": _work,
    "empty": _empty,
    "peak": _peak,
    "start": _start,
    "memory": _memory,
}


def report(found: Data, command: str) -> str:
    rows = "\n".join(
        f"| {name} | {value} |"
        for name, value in {**machine.moment(), **machine.describe()}.items()
        if name != "Baselines"
    )
    lines = [line for name, section in SECTIONS.items() if name in found for line in section(found[name])]
    return HEAD.format(command=command, machine=rows) + "\n".join(lines) + "\n"
