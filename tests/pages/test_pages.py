"""Pages say what is there, and files keep to a size that can be read."""

from __future__ import annotations

import os
import re
import unittest
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
NOT_SOURCES = {"target", "dist", "node_modules", "__pycache__"}
MAX_LINES = 500
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")
UNADDRESSED = re.compile(r"\b(TODO|FIXME|XXX)\b(?!.*https?://)")


def files(*suffixes: str) -> Iterator[Path]:
    for folder, folders, names in os.walk(TOP):
        folders[:] = [f for f in folders if f not in NOT_SOURCES and not f.startswith(".")]
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(suffixes))


class Pages(unittest.TestCase):
    def test_links_lead_somewhere(self) -> None:
        broken = [
            f"{page.relative_to(TOP)}: {target}"
            for page in files(".md")
            for target in LINK.findall(page.read_text(encoding="utf-8"))
            if not (page.parent / target).exists()
        ]

        self.assertEqual(broken, [])

    def test_readme_starts_with_the_two_commands(self) -> None:
        first = (TOP / "README.md").read_text(encoding="utf-8").split("\n## ")[0]

        self.assertIn("\n    ./nucleon run examples/hello", first)
        self.assertIn("\n    ./check", first)
        self.assertTrue((TOP / "examples/hello/function.yaml").exists())

    def test_every_decision_is_listed(self) -> None:
        listed = set(
            re.findall(r"\((\d{4}-[^)]+\.md)\)", (TOP / "docs/decisions/README.md").read_text(encoding="utf-8"))
        )

        self.assertEqual({p.name for p in (TOP / "docs/decisions").glob("[0-9]*.md")}, listed)

    def test_contributing_fits_on_a_screen(self) -> None:
        self.assertLessEqual(len((TOP / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()), 50)

    def test_changelog_has_a_place_for_the_next_change(self) -> None:
        self.assertIn("\n## Unreleased\n", (TOP / "CHANGELOG.md").read_text(encoding="utf-8"))


class Sources(unittest.TestCase):
    def test_no_file_is_too_long_to_read(self) -> None:
        long = [
            f"{source.relative_to(TOP)}: {lines} lines"
            for source in files(".java", ".py", ".js", ".cs", ".sh")
            if (lines := source.read_text(encoding="utf-8").count("\n")) > MAX_LINES
        ]

        self.assertEqual(long, [])

    def test_nothing_is_put_off_without_an_address(self) -> None:
        found = [
            f"{source.relative_to(TOP)}: {line.strip()}"
            for source in files(".java", ".py", ".js", ".cs", ".sh")
            if source != Path(__file__).resolve()
            for line in source.read_text(encoding="utf-8").splitlines()
            if UNADDRESSED.search(line)
        ]

        self.assertEqual(found, [])


if __name__ == "__main__":
    unittest.main()
