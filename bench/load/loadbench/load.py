"""One load on one server, and what it cost."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from . import cores, place, proc
from .servers import Server

# Beyond the length of the load itself, for connecting and for the last answers.
GRACE_SECONDS = 60.0

# A server is warm when its compilers take no more than this of its CPU time; a busy machine makes that a matter of minutes.
WARM_COMPILER_SHARE = 0.03
WARM_TURNS = 8


@dataclass(frozen=True)
class Cost:
    """One run. CPU is that of the server's tree; the generator's own is apart."""

    rate: float
    cpu_micros: float
    root_micros: float
    generator_micros: float
    others_share: float
    compiler_share: float
    p50_micros: float
    p99_micros: float
    requests: int
    errors: int
    more: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def wrk(server: Server, connections: int, seconds: float, body_bytes: int = 0) -> Cost:
    """A closed loop: each connection sends the next request when it has the answer."""
    script = place.BENCH / "wrk" / ("post.lua" if body_bytes else "summary.lua")
    command = ["wrk", "-t1", f"-c{connections}", f"-d{_whole(seconds)}s", "--timeout", "10s", "-s", str(script)]
    command += [server.url, *(["--", str(body_bytes)] if body_bytes else [])]
    return _measure(server, command, seconds, lambda result: result["micros"] / 1e6)


def warm_up(server: Server, seconds: float, body_bytes: int = 0, connections: Sequence[int] = (64, 1, 256)) -> None:
    """So long at least, and until its JIT compilers have done their work, if it has any."""
    for _ in range(WARM_TURNS):
        costs = [wrk(server, one, seconds / len(connections), body_bytes) for one in connections]
        if max(cost.compiler_share for cost in costs) <= WARM_COMPILER_SHARE:
            return


def open_loop(server: Server, rate: float, seconds: float, connections: int) -> Cost:
    """Requests at fixed moments; latencies count from those."""
    command = place.java_command("OpenLoop", server.port, rate, seconds, connections, flags=["-XX:+UseSerialGC"])
    return _measure(server, command, seconds, lambda result: seconds)


def _whole(seconds: float) -> int:
    return max(1, round(seconds))


def _measure(server: Server, command: Sequence[str], seconds: float, took: Callable[[dict[str, Any]], float]) -> Cost:
    root_before, tree_before = proc.tree_cpu_seconds(server.process.pid)
    compiler_before = proc.compiler_seconds(server.process.pid)
    busy_before = proc.busy_seconds()
    generator_before = os.times()
    with cores.on(server.placement.generator):
        done = subprocess.run(command, capture_output=True, text=True, timeout=2 * seconds + GRACE_SECONDS)
    generator_after = os.times()
    busy = proc.busy_seconds() - busy_before
    compiler = max(0.0, proc.compiler_seconds(server.process.pid) - compiler_before)
    root_after, tree_after = proc.tree_cpu_seconds(server.process.pid)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}{done.stdout}")
    result = json.loads(done.stdout.splitlines()[-1])
    requests = result.get("answered", result["requests"])
    if not requests:
        raise SystemExit(f"{server.kind.label} answered nothing:\n{done.stdout}{server.log.read_text()[-2000:]}")
    generator = sum(generator_after[2:4]) - sum(generator_before[2:4])
    tree = tree_after - tree_before
    # a generator that warms up by itself says how many it was in all
    served = result.get("served", requests)
    return Cost(
        rate=requests / took(result),
        cpu_micros=1e6 * tree / served,
        root_micros=1e6 * (root_after - root_before) / served,
        generator_micros=1e6 * generator / served,
        others_share=max(0.0, busy - tree - generator) / busy if busy else 0.0,
        compiler_share=compiler / tree if tree else 0.0,
        p50_micros=result["p50"],
        p99_micros=result["p99"],
        requests=requests,
        errors=result.get("errors", result.get("failed", 0)),
        more=result,
    )
