"""Starts the real launcher as a user would. Expects dist/ to be built (./check builds it first)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
TIMEOUT_SECONDS = 120


def run(
    *command: str | Path, cwd: Path = TOP, env: dict[str, str] | None = None, unset: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in unset}
    environment.update({"NUCLEON_AOT": "off", **(env or {})})
    return subprocess.run(
        [str(c) for c in command], cwd=cwd, env=environment, capture_output=True, text=True, timeout=TIMEOUT_SECONDS
    )


def copy_dist(target: Path) -> None:
    # what is written aside meanwhile, such as an AOT cache after the first start, may be gone before it is copied
    shutil.copytree(TOP / "dist", target, ignore=shutil.ignore_patterns("*.new", "*.new.*"))


class Launcher(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_answers_with_its_version(self) -> None:
        result = run("./nucleon", "version")

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"^nucleon \d+\.\d+\.\d+")

    def test_starts_no_maven_when_nothing_changed(self) -> None:
        trap = self.folder / "mvn"
        trap.write_text(f"#!/bin/sh\ntouch {self.folder}/called\nexit 1\n")
        trap.chmod(0o755)
        path = f"{self.folder}:{os.environ['PATH']}"

        result = run("./nucleon", "version", env={"PATH": path, "MAVEN_HOME": str(self.folder)})

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(result.stderr, "")
        self.assertFalse((self.folder / "called").exists())

    def test_works_through_a_symlink_from_another_folder(self) -> None:
        link = self.folder / "nuc"
        link.symlink_to(TOP / "nucleon")

        result = run(link, "version", cwd=self.folder)

        self.assertEqual(result.returncode, 0, result.stderr)

    def test_packed_form_runs_without_the_source_tree(self) -> None:
        packed = self.folder / "some where"
        copy_dist(packed)

        result = run(packed / "bin" / "nucleon", "version", cwd=self.folder)

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"^nucleon \d")

    def test_passes_over_a_java_home_that_is_too_old(self) -> None:
        old = self.fake_jdk("17.0.2")

        result = run("./nucleon", "version", env={"JAVA_HOME": str(old)})

        self.assertEqual(result.returncode, 0, result.stderr)

    def test_says_what_to_install_when_there_is_no_jdk(self) -> None:
        packed = self.folder / "packed"
        copy_dist(packed)
        jdk_script = packed / "lib" / "jdk.sh"
        # The one way to hide every JDK of this machine: ask for a version that nobody has.
        jdk_script.write_text(jdk_script.read_text().replace("java_wanted=25", "java_wanted=99"))

        result = run(packed / "bin" / "nucleon", "version", env={"JAVA_HOME": str(self.fake_jdk("17.0.2"))})

        self.assertEqual(result.returncode, 5)
        self.assertEqual(result.stdout, "")
        self.assertIn("error[NUC-8091]: no JDK 99 found", result.stderr)
        self.assertIn("is Java 17", result.stderr)
        self.assertIn("apt-get install openjdk-99-jdk-headless", result.stderr)

    def test_starts_in_spite_of_a_broken_aot_cache(self) -> None:
        packed = self.folder / "packed"
        copy_dist(packed)
        java = run("bash", "-c", f". {packed}/lib/jdk.sh; require_java java; echo $JAVA_HOME").stdout.strip()
        (packed / "lib" / "command.aot").write_bytes(b"not a cache")
        shutil.copy(Path(java) / "release", packed / "lib" / "command.aot.jdk")

        result = run(packed / "bin" / "nucleon", "version")

        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertRegex(result.stdout, r"^nucleon [^\n]*\n")
        self.assertNotIn("aot", result.stdout + result.stderr)

    def test_two_at_once_do_not_disturb_each_other(self) -> None:
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda _: run("./nucleon", "version"), range(2)))

        self.assertEqual([r.returncode for r in results], [0, 0], [r.stderr for r in results])

    def test_knows_which_commands_need_graalvm(self) -> None:
        self.write("folder/orders/function.yaml", "spec: {runtime: graaljs}")
        self.write("block.py", "# @nuclio.configure\n#\n# function.yaml:\n#   spec:\n#     runtime: graalpy\n")
        self.write("json.yaml", '{"spec": {"runtime": "graalpy"}}')
        self.write("plain/function.yaml", "spec: {runtime: python}  # not graal")
        self.write("plain/main.py", "# graaljs and runtimes: graalpyish\n")
        needs = {
            "run app.js --runtime graaljs": True,
            "run app.py --runtime=graalpy --port 0": True,
            "run folder": True,
            "run folder/orders": True,
            "run plain folder/orders": True,
            "run block.py": True,
            "processor --config json.yaml": True,
            "run plain": False,
            "run plain graaljs": False,
            "processor": False,
            "version": False,
        }

        self.assertEqual({command: self.wants_polyglot(command, ".") for command in needs}, needs)
        self.assertTrue(self.wants_polyglot("run", "folder/orders"))
        self.assertFalse(self.wants_polyglot("run --port 0", "plain"))

    def test_says_what_is_missing_where_the_runtimes_on_graalvm_are_not_packed(self) -> None:
        packed = self.folder / "packed"
        shutil.copytree(TOP / "dist", packed, ignore=shutil.ignore_patterns("polyglot"))
        self.write("app.js", "exports.handler = async () => 'hello';")

        result = run(
            packed / "bin" / "nucleon", "run", "app.js", "--runtime", "graaljs", "--port", "0", cwd=self.folder
        )

        self.assertNotEqual(result.returncode, 0)
        self.assertIn("runtime 'graaljs'", result.stderr)
        self.assertIn("lib/polyglot", result.stderr)

    def test_builds_the_triggers_that_a_command_uses_and_no_others(self) -> None:
        orders = self.folder / "functions" / "orders"
        orders.mkdir(parents=True)
        (orders / "function.yaml").write_text("spec:\n  triggers:\n    q:\n      kind: kafka-cluster\n")
        (self.folder / "inline.py").write_text('# spec:\n#   triggers:\n#     q: {kind: "mqtt"}\n')
        (self.folder / "plain.py").write_text("# kind: http\n")
        found = {
            "run functions/orders": ["kafka"],
            "run functions --port 0": ["kafka"],
            "processor --config functions/orders/function.yaml": ["kafka"],
            "processor --config=functions/orders/function.yaml": ["kafka"],
            "run inline.py plain.py": ["mqtt"],
            "events send nats orders": ["nats"],
            "run plain.py --name kafkaesque": [],
            "version": [],
        }

        self.assertEqual({words: self.trigger_modules(words) for words in found}, found)

    def trigger_modules(self, words: str) -> list[str]:
        script = f"set -euo pipefail; . {TOP}/distribution/src/main/sh/triggers.sh; trigger_modules {TOP} {words}"
        return run("bash", "-c", script, cwd=self.folder).stdout.split()

    def wants_polyglot(self, command: str, folder: str) -> bool:
        script = f"set -euo pipefail; . {TOP}/distribution/src/main/sh/polyglot.sh; if wants_polyglot {command}; then exit 0; else exit 3; fi"
        result = run("bash", "-c", script, cwd=self.folder / folder)
        self.assertIn(result.returncode, (0, 3), result.stderr)
        return result.returncode == 0

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def test_a_debugger_can_come_to_a_java_function(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [str(TOP / "nucleon"), "run", str(TOP / "examples/java/hello"), "--port", "0", "--inspect", str(port)]
        environment = dict(os.environ, NUCLEON_AOT="off", JDK_JAVA_OPTIONS="-Dnucleon.ports=any")
        process = subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, text=True)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)
        assert process.stderr is not None
        banner = ""
        while "watching" not in banner:
            line = process.stderr.readline()
            self.assertNotEqual(line, "", banner)
            banner += line

        self.assertIn(f"  debugger   127.0.0.1:{port}\n", banner)
        with socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS) as debugger:
            debugger.sendall(b"JDWP-Handshake")
            self.assertEqual(debugger.recv(14, socket.MSG_WAITALL), b"JDWP-Handshake")

    def fake_jdk(self, version: str) -> Path:
        home = self.folder / "jdk"
        for tool in ("java", "javac"):
            program = home / "bin" / tool
            program.parent.mkdir(parents=True, exist_ok=True)
            program.write_text("#!/bin/sh\nexit 1\n")
            program.chmod(0o755)
        (home / "release").write_text(f'IMPLEMENTOR="none"\nJAVA_VERSION="{version}"\n')
        return home


if __name__ == "__main__":
    unittest.main()
