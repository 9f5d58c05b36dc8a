"""docs/how-to/add-a-language.md: what it shows is what is there, and what it says to run does what it says."""

from __future__ import annotations

import json
import re
import subprocess
import unittest
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PAGE = (TOP / "docs/how-to/add-a-language.md").read_text(encoding="utf-8")
CHECKERS = {
    "python": "main.py",
    "nodejs": "main.js",
    "ruby": "main.rb",
    "dotnet": "Checker.cs",
    "jvm": "Checker.java",
}
LIMIT_SECONDS = 300


def block(language: str, containing: str = "") -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return next(text for text in blocks if containing in text)


def read(path: str) -> str:
    return (TOP / path).read_text(encoding="utf-8")


def nucleon(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(TOP / "nucleon"), *words],
        cwd=TOP,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        stdin=subprocess.DEVNULL,
    )


class Shown(unittest.TestCase):
    def test_the_manifest_is_the_one_that_is_there(self) -> None:
        self.assertEqual(json.loads(block("json")), json.loads(read("wrappers/ruby/wrapper.json")))

    def test_the_suites_row_is_the_one_that_is_there(self) -> None:
        self.assertEqual(block("yaml"), read("tests/conformance/languages/ruby.yaml"))

    def test_the_function_is_the_example(self) -> None:
        self.assertIn(block("ruby"), read("examples/ruby/hello/main.rb"))

    def test_every_checker_has_every_path(self) -> None:
        synchronous = re.findall(r"^\| `(/[a-z-]+)` \| (?!`async` only)", PAGE, re.MULTILINE)
        asynchronous = re.findall(r"^\| `(/[a-z-]+)` \| `async` only", PAGE, re.MULTILINE)

        self.assertGreater(len(synchronous), 10)
        self.assertEqual(len(asynchronous), 2)
        for folder, file in CHECKERS.items():
            source = read(f"wrappers/{folder}/checker/{file}")
            has_async = "async" in json.loads(read(f"wrappers/{folder}/checker/checker.json"))
            for path in synchronous + (asynchronous if has_async else []):
                self.assertRegex(source, rf"['\"]{path}['\"]", folder)


class Run(unittest.TestCase):
    def test_the_sample_is_what_comes(self) -> None:
        shown = block("text", "4 passed")
        done = nucleon("conformance", "wrappers/ruby", "--only", "hello,ready,answer,stop", "--transport", "unix")

        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(re.sub(r"ruby \d\S*", "ruby V", done.stdout), re.sub(r"ruby \d\S*", "ruby V", shown))

    def test_the_rules_that_it_names_are_rules(self) -> None:
        done = nucleon("conformance", "--rules")
        rules = {line.split()[0] for line in done.stdout.splitlines()}
        order = PAGE.split("An order that works:")[1].split("then what is optional")[0]
        named = {name for name in re.findall(r"`([a-z-]+)`", order)}

        self.assertEqual(done.returncode, 0)
        self.assertGreater(len(named), 12)
        self.assertEqual(named - rules, set())
        self.assertIn(block("text", "FAIL").split()[1], rules)

    def test_the_function_answers(self) -> None:
        done = nucleon("invoke", "examples/ruby/hello", "--quiet")

        self.assertEqual((done.returncode, done.stdout), (0, "Hello, world"), done.stderr)


if __name__ == "__main__":
    unittest.main()
