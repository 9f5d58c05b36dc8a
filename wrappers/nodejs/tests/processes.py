"""Starts the Node.js wrapper against a processor that was written from PROTOCOL.md alone: the Python wrapper's tests have it.

Runs with the `node` of PATH, and what a version of Node.js could change also with those that NUCLEON_TEST_NODES names (paths, joined by `:`).
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "python"))
from tests import fake_processor as fake, wrapper_cases  # noqa: E402

sys.path.pop(0)

WRAPPER = HERE.parent / "wrapper.js"
NODE = shutil.which("node") or "node"
NODES = [NODE, *filter(None, os.environ.get("NUCLEON_TEST_NODES", "").split(":"))]
KINDS = wrapper_cases.KINDS

MODES = """
const fs = require('node:fs');
const gates = [];
let kept = null;
let lent = null;

exports.initContext = (context) => {
    context.platform.setDrainCallback(() => context.logger.info('draining'));
    context.platform.setTerminationCallback(async () => {
        context.logger.infoWith('terminating', { reason: 'told to' });
        throw new Error('in callback');
    });
    process.on('exit', () => fs.writeSync(1, 'bye\\n'));
};

async function* parts(how) {
    if (how === 'first') throw new TypeError('before');
    yield 'one';
    if (how === 'later') throw new TypeError('after');
    yield '2'.repeat(300000);
}

const PATHS = {
    '/wait': (context, event) => {
        fs.writeFileSync(event.body + '.in', '');
        fs.readFileSync(String(event.body));
        return String(event.body);
    },
    '/size': (context, event) => String.fromCharCode(65 + Number(event.body) % 26).repeat(Number(event.body)),
    '/bytes': (context, event) => Buffer.alloc(Number(event.body), Number(event.body) % 256),
    '/ack': async (context, event) => {
        await context.platform.explicitAck(event);
        return 'acked';
    },
    '/keep': (context, event) => {
        [kept, event] = [event, kept];
        return event === null ? 'none' : event.path + event.body + event.headers['X-H'];
    },
    '/log': (context) => {
        for (let i = 0; i < 200; i++) context.logger.info('x'.repeat(1000));
        return 'logged';
    },
    '/view': (context, event) => (lent = event.body),
    '/stream': (context, event) => parts(String(event.body)),
    '/await': async (context, event) => {
        await new Promise((resolve) => gates.push(resolve));
        return event.body;
    },
    '/release': () => {
        gates.shift()?.();
        return 'released';
    },
    '/cancel': (context) => new Promise((resolve) => context.signal.addEventListener('abort', () => resolve('cancelled'))),
    '/sleep': () => new Promise((resolve) => setTimeout(() => resolve('slept'), 20)),
    '/exit': () => process.exit(3),
    '/reject-after': (context) => {
        setTimeout(() => Promise.reject(new TypeError('nobody waits for it')), 1);
        return 'answered';
    },
    '/throw-after': (context) => {
        setTimeout(() => { throw new TypeError('nobody catches it'); }, 1);
        return 'answered';
    },
};

exports.handler = async (context, event) => (PATHS[event.path] || ((_, { body }) => body))(context, event);
exports.batch = async (context, events) => events
    .filter((event) => String(event.body) !== 'unanswered')
    .map((event) => Object.assign(new context.Response(`${events.length}:${event.body}`), { event_id: event.id }));
"""


class Processor(fake.FakeProcessor):
    """Starts the Node.js wrapper; `source` is main.js."""

    def __init__(
        self, transport: str, source: str = MODES, node: str = NODE, name: str = "main.js", **more: Any
    ) -> None:
        files = {name: source, **more.pop("files", {})}
        super().__init__(transport, files=files, interpreter=node, by_path=True, **more)

    def _start(self, interpreter: str, more: dict[str, str]) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "NUCLEON_SOCKET": str(self.home / "processor.sock"), "NUCLEON_WORKER": "3"}
        environment.update({"NUCLEON_TOKEN": "c0ffee", **more})
        self.stderr = tempfile.TemporaryFile()
        self.stdout = tempfile.TemporaryFile()
        options = ["--experimental-strip-types"] if strips(interpreter) == "by option" else []
        return subprocess.Popen(
            [interpreter, *options, str(WRAPPER)],
            env=environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=self.stdout,
            stderr=self.stderr,
        )


_versions: dict[str, tuple[int, int]] = {}


def version(node: str) -> tuple[int, int]:
    if node not in _versions:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=20).stdout
        found = re.match(r"v(\d+)\.(\d+)", said)
        assert found, said
        _versions[node] = (int(found[1]), int(found[2]))
    return _versions[node]


def strips(node: str) -> str:
    """Whether it strips types, as wrapper.json has it: `never`, `by option`, `always`."""
    seen = version(node)
    if seen < (22, 6):
        return "never"
    return "by option" if seen < (22, 18) or (23, 0) <= seen < (23, 6) else "always"


class Orphan(Processor):
    """The wrapper is a child of a shell, which is `process` here: ending it leaves the wrapper without a parent."""

    def __init__(self, wrapper: Path, source: str) -> None:
        self.wrapper = wrapper
        super().__init__("unix", source)

    def _start(self, interpreter: str, more: dict[str, str]) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "NUCLEON_SOCKET": str(self.home / "processor.sock"), "NUCLEON_WORKER": "3"}
        environment.update({"NUCLEON_TOKEN": "c0ffee", **more})
        self.stderr = tempfile.TemporaryFile()
        self.stdout = tempfile.TemporaryFile()
        command = f"NUCLEON_PARENT=$$ '{interpreter}' '{self.wrapper}' & wait"
        return subprocess.Popen(
            ["sh", "-c", command],
            env=environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=self.stdout,
            stderr=self.stderr,
        )
