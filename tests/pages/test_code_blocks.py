"""Pages of docs/ do what they show: shell blocks run in order, files are written, and what comes is what the text block behind says.

A page is one shell session in an empty folder. A block of `sh` is run; a `text` block behind it is what it prints, where `…` stands for anything
in a line and, alone on a line, for any lines; blanks are compared as one. A block behind a line `NAME`: is that file.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import tempfile
import unittest
from dataclasses import dataclass, field
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
FOLDERS = ("docs/tutorial", "docs/how-to", "docs/reference")
# It has a test of its own, which needs the source tree.
OWN_TEST = {"docs/how-to/add-a-language.md"}
LIMIT_SECONDS = 240
BLOCK = re.compile(r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass
class Step:
    """A block that is run, and what it must print; nothing is said of a block without."""

    script: str
    prints: str | None = None


@dataclass
class Page:
    path: Path
    steps: list[Step] = field(default_factory=list)

    @staticmethod
    def read(path: Path) -> Page:
        page = Page(path)
        for block in BLOCK.finditer(path.read_text(encoding="utf-8")):
            text = block["text"]
            if block["file"]:
                page.steps.append(Step(f"cat >{shlex.quote(block['file'])} <<'END OF FILE'\n{text}END OF FILE\n"))
            elif block["kind"] == "sh":
                page.steps.append(Step(text))
            elif block["kind"] == "text" and page.steps and page.steps[-1].prints is None:
                page.steps[-1].prints = text
        return page

    def script(self, out: Path) -> str:
        lines = ["set -eu", "trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT"]
        for number, step in enumerate(self.steps):
            lines.append(f"{{\n{step.script}}} >{out}/{number} 2>&1")
        return "\n".join(lines) + "\n"


def pattern(prints: str) -> re.Pattern[str]:
    """The expression that a text block stands for."""
    parts = []
    for line in blanks(prints).splitlines():
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(re.sub(r"(\\ )?…(\\ )?", r"[^\\n]*", re.escape(line.strip())) + r"\n")
    return re.compile("".join(parts))


def blanks(text: str) -> str:
    """Runs of blanks as one, tabs too; ends of lines without any."""
    return "".join(re.sub(r"[ \t]+", " ", line).strip() + "\n" for line in text.splitlines())


def run(page: Page, folder: Path) -> tuple[int, list[str]]:
    """Status, and what each step printed."""
    out = folder / "out"
    home = folder / "home"
    commands = folder / "bin"
    for one in (out, home, commands, folder / "work"):
        one.mkdir()
    (commands / "nucleon").symlink_to(TOP / "nucleon")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(home),
        "PATH": f"{commands}:{os.environ['PATH']}",
        "NUCLEON": str(TOP),
        "LC_ALL": "C.UTF-8",
    }
    process = subprocess.Popen(
        ["bash", "-c", page.script(out)],
        cwd=folder / "work",
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        status = process.wait(LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        status = process.wait()
    printed = [out / str(number) for number in range(len(page.steps))]
    return status, [one.read_text(encoding="utf-8", errors="replace") if one.exists() else "" for one in printed]


class CodeBlocks(unittest.TestCase):
    maxDiff = None

    def test_pages_do_what_they_show(self) -> None:
        pages = [page for folder in FOLDERS for page in sorted((TOP / folder).glob("*.md"))]
        ran = 0
        for path in pages:
            name = str(path.relative_to(TOP))
            page = Page.read(path)
            if name in OWN_TEST or not page.steps:
                continue
            ran += 1
            with self.subTest(page=name), tempfile.TemporaryDirectory() as folder:
                status, printed = run(page, Path(folder))
                for step, text in zip(page.steps, printed):
                    if step.prints is not None and not pattern(step.prints).fullmatch(blanks(text)):
                        self.fail(f"{name}: this block\n\n{step.script}\nprinted\n\n{text}\nand not\n\n{step.prints}")
                self.assertEqual(status, 0, f"{name}: a block failed; they printed\n\n" + "\n---\n".join(printed))
        self.assertGreaterEqual(ran, 6)

    def test_every_page_ends_with_the_next(self) -> None:
        for folder in ("docs/tutorial", "docs/explanation"):
            for path in (TOP / folder).glob("*.md"):
                self.assertIn("\nNext: ", path.read_text(encoding="utf-8"), path.name)


class Patterns(unittest.TestCase):
    def test_dots_stand_for_what_changes(self) -> None:
        self.assertTrue(pattern("a … b\n…\nend\n").fullmatch("a 1 b\nx\ny\nend\n"))
        self.assertTrue(pattern("a … b\n…\nend\n").fullmatch("a 1 b\nend\n"))
        self.assertFalse(pattern("a … b\n").fullmatch("a 1\nb\n"))
        self.assertFalse(pattern("a … b\n").fullmatch("a 1 b\nmore\n"))


if __name__ == "__main__":
    unittest.main()
