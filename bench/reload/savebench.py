"""How long a save takes to be served: from the rename that ends it to the first answer of the new code."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import signal
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

TOP = Path(os.environ["NUCLEON_BENCH_TOP"])
LANGUAGES = TOP / "tests" / "reload" / "languages"
LIMIT_SECONDS = 60
WARM_SAVES = 3


class Language(NamedTuple):
    """Of tests/reload/languages: the parts that are needed here, read without a YAML parser."""

    spec: str
    file: str
    good: str


class Answer(NamedTuple):
    status: int
    body: str


def language(name: str) -> Language:
    text = (LANGUAGES / f"{name}.yaml").read_text()
    spec = re.search(r"^spec: (.*)$", text, re.MULTILINE)
    assert spec is not None
    like = re.search(r"^like: (.*)$", text, re.MULTILINE)
    if like is not None:
        return language(like[1])._replace(spec=spec[1])
    file = re.search(r"^file: (.*)$", text, re.MULTILINE)
    good = re.search(r"^good: \|\n((?:  .*\n|\n)*)", text, re.MULTILINE)
    assert file is not None and good is not None
    return Language(spec[1], file[1], re.sub(r"^  ", "", good[1], flags=re.MULTILINE))


def save(file: Path, text: str) -> None:
    """As most editors do."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(text)
    beside.rename(file)


class Load:
    """Requests at a fixed rate on a connection of their own; those that failed, and the longest wait in seconds."""

    def __init__(self, address: str, rate: int) -> None:
        self.sent = self.failed = 0
        self.longest = 0.0
        self._address, self._pause, self._over = address, 1 / rate, threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        connection = http.client.HTTPConnection(self._address, timeout=LIMIT_SECONDS)
        due = time.monotonic()
        while not self._over.wait(max(0.0, due - time.monotonic())):
            status = ask(connection).status
            self.sent += 1
            self.failed += status != 200
            self.longest = max(self.longest, time.monotonic() - due)
            due += self._pause

    def end(self) -> None:
        self._over.set()
        self._thread.join()


def ask(connection: http.client.HTTPConnection) -> Answer:
    connection.request("GET", "/")
    response = connection.getresponse()
    return Answer(response.status, response.read().decode())


def serve(folder: Path) -> tuple[subprocess.Popen[str], str]:
    environment = dict(os.environ, JDK_JAVA_OPTIONS="-Dnucleon.ports=any", NUCLEON_AOT="off")
    process = subprocess.Popen(
        [os.environ.get("NUCLEON_COMMAND", str(TOP / "nucleon")), "run", str(folder), "--port", "0", "-o", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if '"ready"' in line:
            url = json.loads(line)["functions"][0]["url"]
            threading.Thread(target=process.stdout.read, daemon=True).start()  # or it would fill up
            return process, re.sub(r"^https?://|/$", "", url)
    raise SystemExit(f"{folder} did not become ready")


def measure(name: str, saves: int, rate: int, pause: float) -> str:
    one = language(name)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "function.yaml").write_text(f"spec: {one.spec}\n")
        file = folder / one.file
        file.write_text(one.good.replace("VERSION", "v0"))
        process, address = serve(folder)
        load = Load(address, rate) if rate else None
        try:
            connection = http.client.HTTPConnection(address, timeout=LIMIT_SECONDS)
            took = [
                served(connection, file, one.good.replace("VERSION", f"v{i}"), f"v{i}", pause)
                for i in range(1, saves + WARM_SAVES + 1)
            ]
        finally:
            if load is not None:
                load.end()
            process.send_signal(signal.SIGTERM)
            process.wait()
    millis = sorted(1e3 * seconds for seconds in took[WARM_SAVES:])
    text = f"{name:<14} {statistics.median(millis):8.0f} {millis[0]:8.0f} {millis[-1]:8.0f}"
    return text if load is None else f"{text} {load.failed:6d} of {load.sent:<6d} {1e3 * load.longest:8.0f}"


def served(connection: http.client.HTTPConnection, file: Path, text: str, answer: str, pause: float) -> float:
    time.sleep(pause)
    save(file, text)
    began = time.monotonic()
    while ask(connection).body != answer:
        if time.monotonic() - began > LIMIT_SECONDS:
            raise SystemExit(f"{file} was not served")
        time.sleep(0.001)
    return time.monotonic() - began


def main() -> None:
    known = sorted(file.stem for file in LANGUAGES.glob("*.yaml"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saves", type=int, default=20)
    parser.add_argument("--rate", type=int, default=0, help="requests a second beside the saves")
    parser.add_argument("--pause", type=float, default=0, help="seconds between an answer and the next save")
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help=", ".join(known))
    given = parser.parse_args()
    heading = f"{'save to served':<14} {'median':>8} {'least':>8} {'most':>8}"
    print(heading + (f" {'failed':>6}    {'sent':<6} {'longest':>8}" if given.rate else "") + "   ms")
    for name in given.languages or known:
        print(measure(name, given.saves, given.rate, given.pause), flush=True)


if __name__ == "__main__":
    main()
