"""What ./check makes of surefire's reports."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from pathlib import Path

import count_reports

MIXED = """<testsuite name="a.MixedTest" tests="4" failures="1" errors="1" skipped="1">
  <testcase classname="a.MixedTest" name="passes"/>
  <testcase classname="a.MixedTest" name="fails"><failure type="a.Wrong" message="expected 1&#10;but was 2">a.Wrong: expected 1
but was 2
	at org.other.Assert.fail(Assert.java:1)
	at io.nucleon.a.MixedTest.fails(MixedTest.java:7)
</failure></testcase>
  <testcase classname="a.MixedTest" name="breaks"><error type="java.lang.Error"/></testcase>
  <testcase classname="a.MixedTest" name="waits"><skipped/></testcase>
</testsuite>"""


class CountReports(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.module = Path(folder.name)

    def test_sums_cases_and_names_what_failed(self) -> None:
        self.report("a.MixedTest", MIXED)

        lines = self.count()

        self.assertEqual(lines[-1], "1 2 1")
        self.assertIn("FAIL  a.MixedTest.breaks: java.lang.Error: ", lines)
        self.assertIn("skip  a.MixedTest.waits", lines)

    def test_a_failure_says_what_and_where(self) -> None:
        self.report("a.MixedTest", MIXED)

        self.assertIn(
            "FAIL  a.MixedTest.fails: a.Wrong: expected 1\n"
            "      but was 2\n"
            "      at io.nucleon.a.MixedTest.fails(MixedTest.java:7)\n",
            "\n".join(self.count()),
        )

    def test_a_test_class_without_report_has_failed(self) -> None:
        self.source("a/CrashedTest.java", "class CrashedTest {\n    @Test\n    void dies() {}\n}\n")

        self.assertEqual(self.count()[-1], "0 1 0")

    def test_a_class_without_tests_owes_no_report(self) -> None:
        self.source("a/ContractTest.java", "interface ContractTest {}\n")

        self.assertEqual(self.count()[-1], "0 0 0")

    def test_a_torn_report_has_failed(self) -> None:
        self.report("a.TornTest", MIXED[:100])

        self.assertEqual(self.count()[-1], "0 1 0")

    def report(self, name: str, text: str) -> None:
        self.write(f"target/surefire-reports/TEST-{name}.xml", text)

    def source(self, path: str, text: str) -> None:
        self.write(f"src/test/java/{path}", text)

    def write(self, path: str, text: str) -> None:
        file = self.module / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def count(self) -> list[str]:
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            count_reports.main([self.module])
        return output.getvalue().splitlines()


if __name__ == "__main__":
    unittest.main()
