"""The command line of bench/load/run."""

from __future__ import annotations

import argparse
import json
import signal
import sys
from pathlib import Path
from typing import Any

from . import machine, place
from .parts import CONNECTIONS, OPEN_LOOP_RATE, PARTS, Plan, say
from .report import markdown
from .servers import ALL, LANGUAGES, stop_all

REPORT = place.TOP / "bench" / "REPORT.md"
RESULTS = place.TOP / "target" / "bench.json"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/load/run", description="CPU per event, side by side with baselines.")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, each with new processes (5)")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of one measurement (5)")
    parser.add_argument("--warmup", type=float, default=9.0, help="load on each server before it is measured, s (9)")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"which of {','.join(PARTS)} (all)")
    parser.add_argument("--connections", default=",".join(map(str, CONNECTIONS)), help="closed loop (%(default)s)")
    parser.add_argument("--servers", default=",".join(kind.name for kind in ALL), help="closed loop (%(default)s)")
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="large bodies (%(default)s)")
    parser.add_argument("--rate", type=float, default=OPEN_LOOP_RATE, help="events/s of the open loop (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="1 round of 1 s: shows that it works, measures nothing")
    parser.add_argument("--out", type=Path, default=REPORT, help="where the report goes (bench/REPORT.md)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the raw numbers go (target/bench.json)")
    parser.add_argument("--add", action="store_true", help="keep the other parts of the raw numbers that are there")
    parser.add_argument("--render", action="store_true", help="make the report from the raw numbers, run nothing")
    return parser.parse_args()


def _plan(arguments: argparse.Namespace) -> Plan:
    return Plan(
        rounds=1 if arguments.quick else arguments.rounds,
        seconds=1.0 if arguments.quick else arguments.seconds,
        warm_up=3.0 if arguments.quick else arguments.warmup,
        connections=[int(one) for one in arguments.connections.split(",")],
        kinds=[kind for kind in ALL if kind.name in arguments.servers.split(",")],
        rate=arguments.rate,
        languages=arguments.languages.split(","),
    )


def _run(arguments: argparse.Namespace) -> dict[str, Any]:
    plan = _plan(arguments)
    given = " ".join(sys.argv[1:])
    results: dict[str, Any] = json.loads(arguments.results.read_text()) if arguments.add else {}
    results["about"] = machine.describe()
    run = {
        **machine.moment(),
        "command": f"`bench/load/run{' ' + given if given else ''}`",
        "length": f"{plan.rounds} × {plan.seconds:g} s after {plan.warm_up:g} s",
    }
    for name in arguments.parts.split(","):
        say(f"== {name}")
        results[name] = {**PARTS[name](plan), "run": run}
        # what was measured is not lost if a later part fails
        arguments.results.parent.mkdir(parents=True, exist_ok=True)
        arguments.results.write_text(json.dumps(results, indent=1))
    return results


def _terminated(number: int, frame: Any) -> None:
    raise SystemExit("terminated from outside")


def main() -> int:
    arguments = _arguments()
    signal.signal(signal.SIGTERM, _terminated)
    try:
        results = json.loads(arguments.results.read_text()) if arguments.render else _run(arguments)
        text = markdown(results)
        arguments.out.write_text(text)
        print(text)
        return 0
    finally:
        stop_all()
        place.remove_work()


if __name__ == "__main__":
    sys.exit(main())
