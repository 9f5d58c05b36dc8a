"""Each verb as a person at a terminal sees it, against golden/. Expects dist/ to be built, as ./check has it.

With NUCLEON_GOLDEN=write the files are written anew; look at what changed.
"""

from __future__ import annotations

import os
import re
import signal
import tempfile
import time
import unittest
from pathlib import Path

from screen import Screen, Terminal

TOP = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parent / "golden"
# What differs from run to run and from machine to machine, and as what it is shown.
MASKS = [
    # Shown where the usual ports are taken.
    (r"(?m)^  «muted»(health|admin|metrics)«/».*\n", ""),
    (r"(?m)^(nucleon|commit|java|wire|nuclio)( +)\S+$", r"\1\2V"),
    (r"nucleon \d+\.\d+\.\d+", "nucleon V"),
    (r"\d\d\.\d\d\.\d\d (\d\d:\d\d)", r"\1"),
    (r"event=[0-9A-Z]{26}", "event=ID"),
    (r"\b(python|node|nodejs|java|dotnet|dotnetcore|ruby|openjdk) ?\d+(\.\d+)*(-\w+)?", r"\1 V"),
    (r"127\.0\.0\.1:\d+", "127.0.0.1:PORT"),
    (r"\bevent [0-9A-Z]{8,26}\b", "event ID"),
    (r"· pid \d+", "· pid PID"),
    (r"(process *«/»)\d+", r"\1PID"),
    (r"(?m)\| \d+$", "| PORT"),
    # Under which words of a line Python points depends on its version.
    (r"(?m)^ *[~^]+\n", ""),
    (r"\\n *[~^]+(?=\\n)", ""),
    (r"«muted»[0-9A-Z]{8}«/»", "«muted»ID«/»"),
    (r"\d\d:\d\d:\d\d\.\d\d\d", "HH:MM:SS.mmm"),
    (r"\d+ (s|min|h) ago", "N s ago"),
    (r"\d[\d,]*(\.\d+)?(/s| k/s| M/s)", "N/s"),
    (r"\b(queue|handler|transport) \d+\.\d+", r"\1 N"),
    (r" *\d[\d,]*(\.\d+)? ms\b", " N ms"),
    (r" *\d+\.\d s\b", " N s"),
    (r"\d+(\.\d+)? (MiB|GiB|KiB)", "N MiB"),
    (r"\d of \d steps cached", "N of N steps cached"),
    # Columns are as wide as what is masked was.
    (r"  +", "  "),
]
# How quick it was, and what of the machine was in the way.
BENCH_MASKS = [(r"(?m)^ *<.*\n", ""), (r"(?m)^.*suspect.*\n", ""), (r"\d[\d,.]*", "N"), (r"V,N", "V")]


class Session(unittest.TestCase):
    """One folder, one user, one function from its first line to its deletion."""

    maxDiff = None

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory(prefix="nuc")
        cls.home = Path(cls.folder.name)
        cls.env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "NUC"))}
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            cls.env.pop(name, None)
        cls.env.update(HOME=str(cls.home), TERM="xterm", LC_ALL="C.UTF-8", PYTHONDONTWRITEBYTECODE="1")
        cls.addClassCleanup(cls.folder.cleanup)

    def start(self, *words: str, columns: int = 100, **env: str) -> Terminal:
        terminal = Terminal([str(TOP / "nucleon"), *words], self.home, {**self.env, **env}, columns)
        self.addCleanup(terminal.kill)
        return terminal

    def see(self, *words: str, columns: int = 100, **env: str) -> tuple[int, Screen]:
        return self.start(*words, columns=columns, **env).end()

    def masked(self, text: str) -> str:
        text = text.replace(str(self.home), "HOME")
        for pattern, shown in MASKS:
            text = re.sub(pattern, shown, text)
        return text

    def golden(
        self, name: str, words: tuple[str, ...], code: int, screen: Screen, masks: list[tuple[str, str]] = []
    ) -> None:
        text = self.masked(f"$ nucleon {' '.join(words)}\n{screen.text()}exit {code}\n")
        for pattern, shown in masks:
            text = re.sub(pattern, shown, text)
        file = GOLDEN / f"{name}.txt"
        if os.environ.get("NUCLEON_GOLDEN") == "write":
            GOLDEN.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        self.assertEqual(file.read_text(encoding="utf-8"), text, name)

    def check(self, name: str, *words: str, columns: int = 100, **env: str) -> Screen:
        code, screen = self.see(*words, columns=columns, **env)
        self.golden(name, words, code, screen)
        return screen

    def test_from_new_to_delete(self) -> None:
        asked = self.start("new", "orders")
        asked.read_until("[python]: ")
        asked.type("\n")
        code, screen = asked.end()
        self.golden("new", ("new", "orders"), code, screen)
        self.check("test", "test", "orders")
        self.check("build", "build", "orders")
        self.check("deploy", "deploy", "orders")
        self.addCleanup(self.see, "delete", "orders", "-y")
        self.check("list", "list")
        _, narrow = self.see("list", columns=40)
        self.assertEqual([len(line) for line in narrow.lines], [40, 40], narrow.text())
        self.check("list-no-color", "list", NO_COLOR="1")
        self.watch()
        self.check("get", "get", "orders")
        self.check("invoke", "invoke", "orders", "-b", "Ada")
        self.check("invoke-fails", "invoke", "orders", "-b", '{"id":7}')
        self.check("events-send", "events", "send", "http", "orders", "-b", "Ada", "-c", "text/plain")
        self.check("events-dead", "events", "dead", "list", "orders")
        self.check("logs", "logs", "orders", "--level", "error")
        self.check("replay", "replay", "orders", "--recorded", "--diff", "--to", "platform", "-y")
        self.check("nuctl", "nuctl", "get", "functions")
        self.check("deploy-check", "deploy", "orders", "--check")
        self.bench()
        self.broken()
        self.delete()

    def watch(self) -> None:
        """What was deployed goes on being shown until Ctrl-C, which leaves the prompt a line of its own."""
        words = ("list", "--watch")
        watched = self.start(*words)
        watched.read_until("orders  ready")
        os.kill(watched.process.pid, signal.SIGINT)
        code, screen = watched.end()
        # Rates fall while somebody looks: the rows may have been drawn twice.
        self.golden("list-watch", words, code, screen)

    def bench(self) -> None:
        words = ("bench", "orders", "--duration", "900ms", "--warmup", "0s", "--runs", "1", "--concurrency", "2")
        code, wide = self.see(*words)
        _, narrow = self.see(*words, columns=40)
        _, plain = self.see(*words, NO_COLOR="1")

        self.assertEqual(code, 0)
        self.golden("bench", words, code, wide, BENCH_MASKS)
        self.assertRegex("\n".join(wide.drawn), r"bench   [━─]{20}  \d+ s  [\d,]+ events  0 failed  \d+ s left")
        self.assertNotIn("━", "\n".join(wide.lines), "the bar is gone when the result is there")
        progress = [line for line in narrow.drawn if line.startswith("bench  ")]
        self.assertTrue(progress)
        self.assertLessEqual(max(map(len, progress)), 40)
        self.assertNotIn("«", plain.text())

    def broken(self) -> None:
        """A function that can't be started again says so, and why, in its row."""
        main = self.home / "orders/main.py"
        marker = self.home / "broken"
        text = main.read_text(encoding="utf-8")
        stop = f"import os\nif os.path.exists({str(marker)!r}):\n    raise OSError('no disk')\n"
        main.write_text(text.rstrip("\n") + "\n\n\n" + stop, encoding="utf-8")
        code, deployed = self.see("deploy", "orders", NO_COLOR="1")
        self.assertEqual(code, 0, deployed.text())
        marker.touch()
        _, got = self.see("get", "orders", NO_COLOR="1")
        os.kill(int(re.search(r"process +(\d+)", got.text())[1]), signal.SIGKILL)
        end = time.monotonic() + 60
        while "no disk" not in (listed := self.see("list", columns=400, NO_COLOR="1")[1].text()):
            self.assertLess(time.monotonic(), end, listed)
        self.assertRegex(
            listed, r"(?m)^orders +(unhealthy|error) +python.* - +- +- +0 +<- NUC-\d{4} .*no disk.*, \d+ s ago$"
        )
        self.assertRegex(self.see("get", "orders", NO_COLOR="1")[1].text(), r"(?m)^why +NUC-.*no disk(.|\n)*^since +")
        code, logs = self.see("logs", "orders", NO_COLOR="1")
        self.assertEqual((code, "has no process now" in logs.text()), (0, True), logs.text())

    def delete(self) -> None:
        words = ("delete", "orders")
        asked = self.start(*words)
        asked.read_until("[y/N] ")
        asked.type("n\n")
        code, screen = asked.end()
        self.golden("delete-no", words, code, screen)
        asked = self.start(*words)
        asked.read_until("[y/N] ")
        asked.type("y\n")
        code, screen = asked.end()
        self.golden("delete", words, code, screen)
        self.check("list-empty", "list")

    def test_run_until_ctrl_c(self) -> None:
        self.see("new", "hello", "--runtime", "python")
        # It logs nothing: a record and the line about its event come from two writers.
        (self.home / "hello/main.py").write_text("def handler(context, event):\n    return 'Hello'\n", encoding="utf-8")
        words = ("run", "hello", "--port", "0")
        run = self.start(*words, columns=200)
        run.read_until("Ctrl-C drains and stops")
        self.check("logs-none", "logs", "hello")
        code, invoked = self.see("invoke", "hello", "-q")
        self.assertEqual(code, 0, invoked.text())
        run.read_until("event ")
        os.kill(run.process.pid, signal.SIGINT)
        code, screen = run.end()
        self.golden("run", words, code, screen)

    def write_hello(self, body: str) -> None:
        """A function that logs nothing: a record and the line about its event come from two writers."""
        self.see("new", "hello", "--runtime", "python", "--force")
        (self.home / "hello/main.py").write_text(f"import time\n\n\ndef handler(context, event):\n    {body}\n")

    def test_run_shows_the_function_in_a_browser_and_delays_its_events(self) -> None:
        self.write_hello("return 'Hello'")
        browser, seen = self.home / "browser", self.home / "seen"
        browser.write_text(f'#!/bin/sh\necho "$@" >> {seen}\n')
        browser.chmod(0o700)
        words = ("run", "hello", "--port", "0", "--open", "--chaos", "delay=100%")
        run = self.start(*words, columns=200, BROWSER=str(browser))
        run.read_until("Ctrl-C drains and stops")
        self.see("invoke", "hello", "-q")
        run.read_until("event ")
        os.kill(run.process.pid, signal.SIGINT)
        code, screen = run.end()
        self.golden("run-chaos", words, code, screen)
        self.assertRegex(seen.read_text(), r"^http://127\.0\.0\.1:\d+\n$")

    def test_run_without_a_browser_says_so_and_serves(self) -> None:
        self.write_hello("return 'Hello'")
        words = ("run", "hello", "--port", "0", "--open")
        run = self.start(*words, columns=200, BROWSER="", DISPLAY="", WAYLAND_DISPLAY="", WSL_DISTRO_NAME="")
        run.read_until("explain NUC-8012")
        os.kill(run.process.pid, signal.SIGINT)
        code, screen = run.end()
        self.golden("run-open-nowhere", words, code, screen)

    def test_chaos_kills_a_worker_that_has_an_event(self) -> None:
        self.write_hello("time.sleep(60)")
        run = self.start("run", "hello", "--port", "0", "--chaos", "kill=100%", columns=200, NO_COLOR="1")
        run.read_until("Ctrl-C drains and stops")
        code, invoked = self.see("invoke", "hello", NO_COLOR="1")
        self.assertEqual(code, 1, invoked.text())
        run.read_until("worker lost")
        os.kill(run.process.pid, signal.SIGINT)
        _, screen = run.end()
        self.assertRegex(screen.text(), r"chaos: w0 killed · pid \d+\n")
        self.assertRegex(screen.text(), r"served 1: 0 ok, 1 failed.*\nchaos: \d+ workers? killed, 0 stood still")

    def test_pages_and_mistakes(self) -> None:
        self.check("version", "version")
        self.check("overview")
        self.check("help-bench", "bench", "-h")
        self.check("explain", "explain", "NUC-4021")
        self.check("templates", "templates", "list")
        self.check("typo", "lits")
        self.check("bad-flag", "invoke", "orders", "--boddy", "x")
        self.check("nowhere", "invoke", "nowhere")
        self.check("nowhere-no-color", "invoke", "nowhere", NO_COLOR="1")
        self.check("nowhere-dumb", "invoke", "nowhere", TERM="dumb")
        self.check("nowhere-always", "invoke", "nowhere", "--color", "always", NO_COLOR="1")
        self.check("nuctl-nowhere", "nuctl", "get", "function", "nowhere")
        self.check("help-exit-codes", "help", "exit-codes")
        self.check("completion-unknown", "completion", "csh")
        code, script = self.see("completion", "bash")
        script.lines[5:] = ["…"]
        self.golden("completion", ("completion", "bash"), code, script)
        code, runtimes = self.see("processor", "--list-runtimes")
        runtimes.lines = [line for line in runtimes.lines if not line.startswith("graal")]
        self.golden("processor", ("processor", "--list-runtimes"), code, runtimes)
        code, doctor = self.see("doctor")
        self.assertEqual(code, 0, doctor.text())
        self.assertRegex(doctor.text(), r"«ok»ok *«/»")

    def test_a_wrapper_that_breaks_a_rule(self) -> None:
        (self.home / "checker").mkdir()
        for file in ("main.py", "checker.json"):
            (self.home / "checker" / file).write_bytes((TOP / "wrappers/python/checker" / file).read_bytes())
        (self.home / "broken.py").write_text(
            f"import runpy\nrunpy.run_path({str(TOP / 'tests/kit/broken.py')!r}, run_name='__main__')\n"
        )
        rules = ("--transport", "unix", "--only", "drain,stop")
        self.check(
            "conformance",
            "conformance",
            "--wrapper",
            "python3 -u broken.py runs-drained",
            "--functions",
            "checker",
            *rules,
        )


class EveryVerb(unittest.TestCase):
    # What such a transcript would show differs from machine to machine; the tests name the parts.
    ELSEWHERE = {"doctor": "cli/src/test/java/io/nucleon/cli/LookTest.java"}

    def test_has_a_transcript(self) -> None:
        verbs = re.findall(r"(?m)^## nucleon (\w+)$", (TOP / "docs/cli.md").read_text(encoding="utf-8"))
        self.assertGreater(len(verbs), 15)
        shown = {
            file.read_text(encoding="utf-8").split()[2]
            for file in GOLDEN.glob("*.txt")
            if "-h\n" not in file.read_text()
        }
        for verb, file in self.ELSEWHERE.items():
            self.assertIn(f'"{verb}"', (TOP / file).read_text(encoding="utf-8"))
        self.assertEqual([verb for verb in verbs if verb not in shown and verb not in self.ELSEWHERE], [])


class Rendering(unittest.TestCase):
    def test_lines_that_were_drawn_again_are_there_once(self) -> None:
        screen = Screen.of("A  B\r\n1  2\r\n\x1b[2A\x1b[JA  B\r\n3  4\r\n")

        self.assertEqual(screen.text(), "A  B\n3  4\n")

    def test_what_was_drawn_over_is_gone(self) -> None:
        screen = Screen.of("\x1b[32mok\x1b[0m one\r\n\r\x1b[Kbar 1\r\x1b[Kbar 20\r\x1b[Kend\r\n")

        self.assertEqual(screen.text(), "«ok»ok«/» one\nend\n")
        self.assertEqual(screen.drawn, ["ok one", "bar 1", "bar 20", "end"])


if __name__ == "__main__":
    unittest.main()
