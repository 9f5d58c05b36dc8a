"""The parts of the bench. Each alternates between what it compares, round by round, and returns plain data."""

from __future__ import annotations

import http.client
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from . import cores, load, place, proc, replacing
from .cores import Placement
from .servers import (
    JAVA_NON_BLOCKING,
    LANGUAGES,
    NETTY,
    PYTHON_SHM,
    UVICORN,
    Kind,
    Nucleon,
    Server,
    all_running,
    free_port,
    function,
    stop,
)

Data = dict[str, Any]

CONNECTIONS = [1, 4, 16, 64, 256]
TRANSPORTS = ["shm", "unix"]

# Body bytes, how the handler gets them, connections or open events.
BODIES = [(64 * 1024, "copy", 16), (1024 * 1024, "view", 4)]

# Netty's name for the threads of EventLoops.
LOOP_THREADS = "multiThreadIoEventLoopGroup"

OPEN_LOOP_RATE = 5000.0
OPEN_LOOP_CONNECTIONS = 64


@dataclass(frozen=True)
class Plan:
    """How long, how often, over what."""

    rounds: int
    seconds: float
    warm_up: float
    connections: Sequence[int]
    kinds: Sequence[Kind]
    rate: float
    languages: Sequence[str] = tuple(LANGUAGES)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _rotated(items: Sequence[Any], turn: int) -> list[Any]:
    """Another one begins each round, so that none always follows the same."""
    turn %= len(items)
    return [*items[turn:], *items[:turn]]


def _memory(server: Server) -> Data:
    root, rest = server.memory()
    return {"root": root.own, "rootShared": root.shared, "rest": rest.own, "restShared": rest.shared}


def closed_loop(plan: Plan) -> Data:
    """Empty handler, closed loop; the generator has a core of its own, as if it were another machine."""
    return _closed_loop(plan, cores.apart())


def shared_cores(plan: Plan) -> Data:
    """The same where the kernel places generator, processor and workers as it likes, and where it leads differs from start to start."""
    return _closed_loop(plan, cores.SHARED)


def _closed_loop(plan: Plan, placement: Placement) -> Data:
    """New processes each round: what a JIT compiler happens to do is part of the spread."""
    runs: list[Data] = []
    memory: list[Data] = []
    for turn in range(plan.rounds):
        with all_running(plan.kinds, placement) as servers:
            for server in servers:
                load.warm_up(server, plan.warm_up)
            for connections in plan.connections:
                for server in _rotated(servers, turn):
                    cost = load.wrk(server, connections, plan.seconds)
                    runs.append(
                        {"server": server.kind.name, "connections": connections, "round": turn, **cost.as_json()}
                    )
                    say(
                        f"round {turn + 1}  c={connections:<4} {server.kind.name:18}"
                        f" {cost.cpu_micros:8.2f} µs {cost.rate:10.0f}/s  others {cost.others_share:.0%}"
                    )
            memory += [{"server": server.kind.name, "round": turn, **_memory(server)} for server in servers]
    return {"runs": runs, "memory": memory, "cores": str(placement)}


def bodies(plan: Plan) -> Data:
    """Echo of large bodies over both transports: at the Invoker, then over HTTP."""
    runs: list[Data] = []
    for turn in range(plan.rounds):
        for language in plan.languages:
            _bodies(plan, turn, language, runs)
    return {"runs": runs}


def _bodies(plan: Plan, turn: int, language: str, runs: list[Data]) -> None:
    for size, mode, depth in BODIES:
        for transport in _rotated(TRANSPORTS, turn):
            result = invoker(transport, size, depth, plan.seconds, mode, language=language)
            about = {"language": language, "where": "invoker", "size": size, "transport": transport}
            runs.append({**about, "round": turn, **result})
            say(f"round {turn + 1}  {language} invoker {size:>8} B {transport:5} {result['cpuMicros']:9.1f} µs")
        kinds = [function(language, transport, echo=True, body=mode) for transport in TRANSPORTS]
        with all_running(kinds, cores.apart()) as servers:
            for server in servers:
                load.warm_up(server, plan.warm_up, size, [depth])
            for place_in_round, server in _rotated(list(enumerate(servers)), turn):
                cost = load.wrk(server, depth, plan.seconds, size)
                runs.append(
                    {
                        "language": language,
                        "where": "http",
                        "size": size,
                        "transport": TRANSPORTS[place_in_round],
                        "round": turn,
                        "cpuMicros": cost.cpu_micros,
                        "perSecond": cost.rate,
                        "failed": cost.errors,
                        "p50": cost.p50_micros,
                    }
                )
                say(
                    f"round {turn + 1}  {language} http    {size:>8} B {TRANSPORTS[place_in_round]:5}"
                    f" {cost.cpu_micros:9.1f} µs"
                )


def invoker(
    transport: str,
    size: int,
    depth: int,
    seconds: float,
    mode: str = "copy",
    flags: list[str] | None = None,
    language: str = "python",
) -> Data:
    """One worker driven through the Invoker."""
    handler = LANGUAGES[language].echo if size else LANGUAGES[language].empty
    command = place.java_command(
        *("InvokerLoad", place.DIST, place.FUNCTIONS / language, handler, transport, size, depth, seconds, mode),
        language,
        flags=flags,
    )
    done = subprocess.run(command, capture_output=True, text=True, timeout=3 * seconds + load.GRACE_SECONDS)
    if done.returncode:
        raise SystemExit(f"the load at the Invoker failed:\n{done.stderr}{done.stdout}")
    result: Data = json.loads(done.stdout.splitlines()[-1])
    if result["failed"] or result["used"] != transport:
        raise SystemExit(f"the load at the Invoker can't be used: {result}\n{done.stderr}")
    return result


def open_loop(plan: Plan) -> Data:
    """Fixed rate, percentiles from the intended moment."""
    runs: list[Data] = []
    for turn in range(plan.rounds):
        with all_running([PYTHON_SHM, UVICORN], cores.apart()) as servers:
            for server in servers:
                load.warm_up(server, plan.warm_up)
            for server in _rotated(servers, turn):
                cost = load.open_loop(server, plan.rate, plan.seconds, OPEN_LOOP_CONNECTIONS)
                runs.append({"server": server.kind.name, "round": turn, **cost.as_json()})
                say(
                    f"round {turn + 1}  open    {server.kind.name:18} p50 {cost.p50_micros:.0f} p99 {cost.p99_micros:.0f} µs"
                )
    return {"runs": runs, "rate": plan.rate, "connections": OPEN_LOOP_CONNECTIONS}


def idle(plan: Plan) -> Data:
    """Memory of a processor that has answered once and then rests."""
    found: list[Data] = []
    for kind in (JAVA_NON_BLOCKING, PYTHON_SHM):
        # as it is deployed, with all its loops
        deployed = Nucleon(kind.name, kind.label, "", kind.runtime, kind.handler, kind.java_function, kind.attributes)
        with deployed.running() as server:
            time.sleep(3)
            found.append({"server": kind.name, **_memory(server)})
            say(f"idle    {kind.name:18} {found[-1]['root'] / 1024:.0f} MiB")
    return {"memory": found}


def start(plan: Plan) -> Data:
    """From the start of the JVM to the first answer of examples/hello; the launcher's own part is shown beside it."""
    port = free_port()
    command = [str(place.TOP / "nucleon"), *_hello(port)]
    jvm = _jvm_command(command)
    runs: list[Data] = []
    for turn in range(plan.rounds):
        for what, started in (("jvm", jvm), ("launcher", command)):
            port = free_port()
            millis, cpu_millis = _until_answer(_with_port(started, port), port)
            runs.append({"what": what, "round": turn, "millis": millis, "cpuMillis": cpu_millis})
            say(f"start   {what:18} {millis:.0f} ms")
    return {"runs": runs, "aot": any("AOTCache" in one for one in jvm)}


def _hello(port: int) -> list[str]:
    return ["run", str(place.TOP / "examples" / "hello"), "--port", str(port)]


def _with_port(command: Sequence[str], port: int) -> list[str]:
    changed = list(command)
    changed[changed.index("--port") + 1] = str(port)
    return changed


def _spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _jvm_command(command: Sequence[str]) -> list[str]:
    """What the launcher execs: read from the process that it has become."""
    process = _spawn(command)
    try:
        end = time.monotonic() + load.GRACE_SECONDS
        while time.monotonic() < end and process.poll() is None:
            line = proc.command_line(process.pid)
            if line and line[0].endswith("/java"):
                return line
            time.sleep(0.01)
        raise SystemExit("the launcher did not start a JVM")
    finally:
        stop(process)


def _until_answer(command: Sequence[str], port: int) -> tuple[float, float]:
    """Wall clock until then, and CPU time of the tree, which a busy machine does not stretch as much."""
    begun = time.monotonic()
    process = _spawn(command)
    try:
        while not _answers(port):
            if process.poll() is not None or time.monotonic() - begun > load.GRACE_SECONDS:
                raise SystemExit("examples/hello does not answer")
            time.sleep(0.001)
        took = time.monotonic() - begun
        return 1000 * took, 1000 * proc.tree_cpu_seconds(process.pid)[1]
    finally:
        stop(process)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def replacement(plan: Plan) -> Data:
    """From the kill of a worker to the first answer of the next one."""
    runs: list[Data] = []
    for turn in range(plan.rounds):
        for transport in _rotated(TRANSPORTS, turn):
            found = replacing.replaced(transport)
            runs += [{"round": turn, **one} for one in found]
            for loaded in (False, True):
                millis = [one["millis"] for one in found if one["loaded"] == loaded]
                say(
                    f"round {turn + 1}  replace {transport:5} {'loaded' if loaded else 'idle':7} {median(millis):.0f} ms"
                )
    return {"runs": runs, "kills": replacing.KILLS, "connections": replacing.LOAD_CONNECTIONS}


def allocations(plan: Plan) -> Data:
    """Bytes that the loop allocates for each event without HTTP, and where: exact counts, then a flight recording."""
    result: Data = {"http": _http_allocations(plan), "invoker": {}}
    for transport in TRANSPORTS:
        measured = invoker(transport, 0, 64, plan.seconds)
        recording = place.WORK / f"{transport}.jfr"
        invoker(transport, 0, 64, plan.seconds, flags=[f"-Dbench.recording={recording}", "-Xlog:jfr*=off"])
        result["invoker"][transport] = {
            "bytes": measured["allocatedBytes"],
            "cpuMicros": measured["cpuMicros"],
            "sites": top(recording, "alloc", LOOP_THREADS),
        }
        say(f"alloc   {transport:18} {measured['allocatedBytes']:.0f} bytes an event")
    return result


def _http_allocations(plan: Plan) -> Data:
    """Bytes that the loop's thread allocates for each request, by the JVM's own count for the thread."""
    found: Data = {}
    for kind in (PYTHON_SHM, JAVA_NON_BLOCKING, NETTY):
        with kind.running(cores.apart()) as server:
            load.warm_up(server, plan.warm_up)
            before = _allocated(server.process.pid)
            cost = load.wrk(server, 64, plan.seconds)
            found[kind.name] = (_allocated(server.process.pid) - before) / cost.requests
            say(f"alloc   {kind.name:18} {found[kind.name]:.0f} bytes a request")
    return found


def _allocated(pid: int) -> float:
    """Of all event loops of a JVM."""
    dump = subprocess.run(
        [str(place.JAVA_HOME / "bin" / "jcmd"), str(pid), "Thread.print", "-e"],
        capture_output=True,
        text=True,
        check=True,
        timeout=load.GRACE_SECONDS,
    ).stdout
    sizes = re.findall(rf'^"{LOOP_THREADS}.*allocated=([\d.]+)([BKMGT])', dump, re.MULTILINE)
    return float(sum(float(number) * 1024.0 ** "BKMGT".index(unit) for number, unit in sizes))


def top(recording: Path, what: str, thread: str, rows: int = 12) -> list[list[str]]:
    """Share and place, the largest first."""
    command = place.java_command("Profile", recording, what, rows, thread)
    lines = subprocess.run(command, capture_output=True, text=True, check=True, timeout=load.GRACE_SECONDS).stdout
    return [line.split("\t", 1) for line in lines.splitlines()]


PARTS: dict[str, Callable[[Plan], Data]] = {
    "http": closed_loop,
    "shared": shared_cores,
    "bodies": bodies,
    "open": open_loop,
    "idle": idle,
    "start": start,
    "replace": replacement,
    "alloc": allocations,
}
