"""Runs commands in a terminal of their own and tells what a user sees in it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from dataclasses import dataclass, field
from pathlib import Path

LIMIT_SECONDS = 60
ROWS = 50
# The roles of error/Look.java by the numbers that colour them.
ROLES = {"0": "/", "1": "strong", "2": "muted", "31": "error", "32": "ok", "33": "warn", "34": "accent"}
ESCAPE = re.compile(r"\x1b\[([?0-9;]*)([A-Za-z])")


@dataclass
class Screen:
    """Lines as they stand at the end. A colour is shown by its role: «ok»ready«/»."""

    lines: list[str] = field(default_factory=list)
    # All that a line ever showed, without colours: what was drawn over, too.
    drawn: list[str] = field(default_factory=list)

    @staticmethod
    def of(raw: str) -> Screen:
        screen = Screen()
        cells: list[str] = []
        column, at, colour = 0, 0, ""
        while at < len(raw):
            escape = ESCAPE.match(raw, at)
            char = raw[at]
            if escape:
                at = escape.end()
                if escape[2] == "m":
                    colour += "".join(f"«{ROLES[number]}»" for number in escape[1].split(";"))
                elif escape[2] == "K":
                    del cells[column:]
                elif escape[2] == "A":
                    # What goes up draws all below anew: a J follows.
                    del screen.lines[-int(escape[1]) :]
                elif escape[2] == "J":
                    cells = []
                else:
                    raise AssertionError(f"nothing is known of {escape[0]!r}")
                continue
            at += 1
            if char == "\r":
                screen.draw(cells)
                column = 0
            elif char == "\n":
                screen.draw(cells)
                screen.lines.append("".join(cells) + colour)
                cells, column, colour = [], 0, ""
            else:
                cells[column : column + 1] = [colour + char]
                column, colour = column + 1, ""
        screen.draw(cells)
        if cells or colour:
            screen.lines.append("".join(cells) + colour)
        return screen

    def draw(self, cells: list[str]) -> None:
        text = re.sub("«[^»]*»", "", "".join(cells))
        if text and (not self.drawn or self.drawn[-1] != text):
            self.drawn.append(text)

    def text(self) -> str:
        return "".join(line.rstrip() + "\n" for line in self.lines)


def hear_ctrl_c() -> None:
    """Ctrl-C is passed over by what inherits that from a shell without job control, which says so to all that it starts with &."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A command in a terminal with so many columns."""

    def __init__(self, command: list[str], folder: Path, env: dict[str, str], columns: int = 100) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        attributes = termios.tcgetattr(slave)
        attributes[3] &= ~termios.ECHO
        termios.tcsetattr(slave, termios.TCSANOW, attributes)
        self.raw = b""
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=hear_ctrl_c,
        )
        os.close(slave)

    def read_until(self, text: str | None) -> None:
        """Reads until that has come; without one until nobody writes any more."""
        end = time.monotonic() + LIMIT_SECONDS
        while text is None or text.encode() not in self.raw:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            if not ready:
                self.process.kill()
                raise AssertionError(f"{text!r} did not come; there was {self.raw.decode(errors='replace')}")
            try:
                more = os.read(self.master, 65536)
            except OSError:
                more = b""  # Linux says so when the last one has closed it
            if not more:
                if text is not None:
                    raise AssertionError(f"it ended before {text!r} came; there was {self.raw.decode()}")
                return
            self.raw += more

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def kill(self) -> None:
        """Ends it now, if it has not ended by itself."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def end(self) -> tuple[int, Screen]:
        self.read_until(None)
        code = self.process.wait(LIMIT_SECONDS)
        os.close(self.master)
        return code, Screen.of(self.raw.decode())
