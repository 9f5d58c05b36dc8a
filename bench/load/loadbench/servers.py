"""The servers that are compared. Each is one process tree on a port of its own, started and stopped here."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from . import cores, place, proc
from .cores import SHARED, Placement

READY_SECONDS = 60.0
STOP_SECONDS = 20.0

# A JVM that sees one core takes the serial collector; all of them have the one that they have on larger machines.
COLLECTOR = "-XX:+UseG1GC"
# In-process functions have a loop for each core, up to four; one loop is what is compared.
ONE_LOOP = f"-XX:ActiveProcessorCount=1 {COLLECTOR}"

_running: list[subprocess.Popen[bytes]] = []


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@dataclass
class Server:
    """A running server."""

    kind: Kind
    process: subprocess.Popen[bytes]
    port: int
    log: Path
    placement: Placement

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=2) as answer:
                return int(answer.status) == 200
        except OSError:
            return False

    def wait_until_ready(self) -> None:
        end = time.monotonic() + READY_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{self.kind.label} does not answer at {self.url}:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.02)

    def memory(self) -> tuple[proc.Memory, proc.Memory]:
        """Of the root, and of its descendants together."""
        pids = proc.tree(self.process.pid)
        rest = [proc.memory(pid) for pid in pids[1:]]
        return proc.memory(pids[0]), proc.Memory(sum(one.own for one in rest), sum(one.shared for one in rest))


@dataclass(frozen=True)
class Kind(ABC):
    """What is compared: how it is called, and how it is started."""

    name: str
    label: str
    jvm: str = ""

    @abstractmethod
    def command(self, port: int) -> Sequence[str]:
        """Starts it on that port, in the foreground."""

    def environment(self) -> dict[str, str]:
        return {"JDK_JAVA_OPTIONS": self.jvm} if self.jvm else {}

    @contextmanager
    def running(self, placement: Placement = SHARED) -> Iterator[Server]:
        port = free_port()
        log = place.WORK / f"{self.name}-{port}.log"
        with log.open("wb") as out, cores.on(placement.servers):
            process = subprocess.Popen(
                self.command(port),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment()},
                start_new_session=True,
            )
        _running.append(process)
        try:
            server = Server(self, process, port, log, placement)
            server.wait_until_ready()
            yield server
        finally:
            stop(process)


@dataclass(frozen=True)
class Nucleon(Kind):
    """A processor, started as in production."""

    runtime: str = "python"
    handler: str = "echo:empty"
    java_function: str = ""
    attributes: dict[str, str] = field(default_factory=dict)

    def command(self, port: int) -> Sequence[str]:
        folder = place.WORK / f"{self.name}-{port}"
        folder.mkdir()
        attributes = "".join(f"\n    {key}: {value}" for key, value in self.attributes.items()) or " {}"
        (folder / "processor.yaml").write_text(
            "metadata:\n  name: bench\nspec:\n"
            f"  runtime: {self.runtime}\n  handler: {self.handler}\n  runtimeAttributes:{attributes}\n"
            "  triggers:\n    http:\n      kind: http\n      numWorkers: 1\n"
            f'      url: "127.0.0.1:{port}"\n      attributes:\n        maxRequestBodySize: 8388608\n'
        )
        (folder / "platform.yaml").write_text("webAdmin:\n  enabled: false\nhealthCheck:\n  enabled: false\n")
        return [
            str(place.TOP / "nucleon"),
            "processor",
            "--config",
            str(folder / "processor.yaml"),
            "--platform-config",
            str(folder / "platform.yaml"),
        ]

    def environment(self) -> dict[str, str]:
        code = place.compiled_function(self.java_function) if self.java_function else place.FUNCTIONS / self.runtime
        return {**super().environment(), "NUCLIO_HANDLER_DIR": str(code)}


@dataclass(frozen=True)
class Netty(Kind):
    """The baseline for Java."""

    def command(self, port: int) -> Sequence[str]:
        return place.java_command("NettyHello", port)


@dataclass(frozen=True)
class Uvicorn(Kind):
    """The baseline for Python."""

    def command(self, port: int) -> Sequence[str]:
        return [
            *(place.PYTHON, "-m", "uvicorn", "bare:app", "--app-dir", str(place.FUNCTIONS / "asgi")),
            *("--host", "127.0.0.1", "--port", str(port), "--loop", "uvloop", "--http", "httptools"),
            *("--interface", "asgi3", "--lifespan", "off", "--no-access-log", "--log-level", "warning"),
        ]


@dataclass(frozen=True)
class NodeHttp(Kind):
    """The baseline for Node.js."""

    def command(self, port: int) -> Sequence[str]:
        return [place.NODE, str(place.FUNCTIONS / "http" / "bare.js"), str(port)]


@dataclass(frozen=True)
class Language:
    """How a runtime is called, and its handlers: one that does nothing, one that sends the body back."""

    word: str
    empty: str = "echo:empty"
    echo: str = "echo:echo"


LANGUAGES = {
    "python": Language("Python"),
    "nodejs": Language("Node.js"),
    "dotnetcore": Language(".NET", "Handlers:Empty", "Handlers:Echo"),
}


def function(runtime: str, transport: str, echo: bool = False, body: str = "copy") -> Nucleon:
    """A function over one of the transports."""
    language = LANGUAGES[runtime]
    what = f"-echo-{body}" if echo else ""
    attributes = {"transport": transport, "body": body}
    handler = language.echo if echo else language.empty
    label = f"Nucleon, {language.word}, {transport}"
    return Nucleon(
        f"{runtime}{what}-{transport}", label, COLLECTOR, runtime=runtime, handler=handler, attributes=attributes
    )


PYTHON_SHM = function("python", "shm")
PYTHON_UNIX = function("python", "unix")
NODE_SHM = function("nodejs", "shm")
NODE_UNIX = function("nodejs", "unix")
DOTNET_SHM = function("dotnetcore", "shm")
DOTNET_UNIX = function("dotnetcore", "unix")
JAVA_NON_BLOCKING = Nucleon(
    *("java-nonblocking", "Nucleon, Java @NonBlocking", ONE_LOOP, "java", "Empty", "nonblocking")
)
JAVA_ORDINARY = Nucleon("java-ordinary", "Nucleon, Java", ONE_LOOP, "java", "Empty", "ordinary")
NETTY = Netty("netty", "bare Netty", ONE_LOOP)
UVICORN = Uvicorn("uvicorn", "bare uvicorn")
NODE_HTTP = NodeHttp("node-http", "bare Node.js http")
ALL = [
    *(PYTHON_SHM, PYTHON_UNIX, JAVA_NON_BLOCKING, JAVA_ORDINARY, NETTY, UVICORN),
    *(NODE_SHM, NODE_UNIX, NODE_HTTP),
    *(DOTNET_SHM, DOTNET_UNIX),
]


@contextmanager
def all_running(kinds: Sequence[Kind], placement: Placement) -> Iterator[list[Server]]:
    """Starts all, stops all."""
    with ExitStack() as stack:
        yield [stack.enter_context(kind.running(placement)) for kind in kinds]


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a process as its owner would, then whatever is left of its tree."""
    if process in _running:
        _running.remove(process)
    descendants = proc.tree(process.pid)[1:] if process.poll() is None else []
    born = {pid: proc.start_ticks(pid) for pid in descendants}
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pid in descendants:
        if born[pid] and proc.start_ticks(pid) == born[pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def stop_all() -> None:
    """Whatever is still running when this program ends."""
    for process in list(_running):
        stop(process)


atexit.register(stop_all)
