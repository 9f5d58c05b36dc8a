"""Sums up surefire's reports for ./check.

Prints each failed test with the begin of its message and of its stack in our code, then, as the last line, "PASSED FAILED SKIPPED". A test class that has
tests and left no report counts as one failure: its JVM died before the end, or nothing ran it.
"""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# What marks a test method; classes without any (bases, nested helpers) leave no report of their own.
_TEST = re.compile(r"^\s*@(Test|ParameterizedTest|RepeatedTest|TestFactory|Property|Example|ArchTest)\b", re.MULTILINE)
_MESSAGE_LINES = 20
_MESSAGE_CHARS = 2000
_OUR_FRAMES = 3


def failures_of(case: ElementTree.Element) -> list[ElementTree.Element]:
    return case.findall("failure") + case.findall("error")


def describe(bad: ElementTree.Element) -> str:
    """Type, message and the innermost places of our code: what fails once on another machine must be understood from it."""
    message = (bad.get("message") or "").strip()[:_MESSAGE_CHARS].split("\n")
    stack = [line.strip() for line in (bad.text or "").split("\n") if line.startswith("\tat io.nucleon.")]
    lines = [f"{bad.get('type') or ''}: {message[0]}", *message[1:_MESSAGE_LINES], *stack[:_OUR_FRAMES]]
    return "\n      ".join(lines)


def count(report: Path) -> tuple[int, int, int]:
    """(passed, failed, skipped) of one report; one that can't be read is what a killed JVM leaves, and counts as failed."""
    try:
        suite = ElementTree.parse(report).getroot()
    except ElementTree.ParseError as e:
        print(f"FAIL  {report}: {e}")
        return 0, 1, 0
    passed = failed = skipped = 0
    for case in suite.findall("testcase"):
        bad = failures_of(case)
        if bad:
            failed += 1
            print(f"FAIL  {case.get('classname')}.{case.get('name')}: {describe(bad[0])}")
        elif case.find("skipped") is not None:
            skipped += 1
            print(f"skip  {case.get('classname')}.{case.get('name')}")
        else:
            passed += 1
    return passed, failed, skipped


def without_report(module: Path) -> list[str]:
    """Test classes of a module that left no report."""
    root = module / "src/test/java"
    reports = module / "target/surefire-reports"
    silent = []
    for source in sorted(root.rglob("*Test.java")):
        name = ".".join(source.relative_to(root).with_suffix("").parts)
        if _TEST.search(source.read_text(encoding="utf-8")) and not any(reports.glob(f"TEST-{name}*.xml")):
            silent.append(name)
    return silent


def main(modules: list[Path]) -> int:
    total = [0, 0, 0]
    for module in modules:
        for report in sorted((module / "target/surefire-reports").glob("TEST-*.xml")):
            total = [a + b for a, b in zip(total, count(report))]
        for name in without_report(module):
            print(f"FAIL  {name}: has tests but left no report (its JVM died, or nothing ran it)")
            total[1] += 1
    print(*total)
    return 0


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:]]))
