"""What ends a worker, as the processor shows it to the user: code, title, why, what to do, where."""

from __future__ import annotations

from typing import Any, Iterable, Optional

PROTOCOL_VERSION = "NUC-2002"
PROTOCOL_VIOLATION = "NUC-2010"
OUT_OF_MEMORY = "NUC-3007"
HANDLER_MISSING = "NUC-4021"
SOURCE_INVALID = "NUC-4022"
IMPORT_FAILED = "NUC-4023"
INIT_FAILED = "NUC-4024"
MODULE_NOT_IN_PROCESS = "NUC-4035"
INTERNAL = "NUC-9001"


class Fault(Exception):
    """The worker can't go on. Becomes a FAULT frame and exit status 1."""

    def __init__(
        self,
        code: str,
        title: str,
        why: str = "",
        fix: str = "",
        file: str = "",
        line: int = 0,
        column: int = 0,
        detail: str = "",
        source: str = "",
    ) -> None:
        super().__init__(f"{code} {title}: {why}; fix: {fix}")
        self.members: dict[str, Any] = {
            "code": code,
            "title": title,
            "why": why,
            "fix": fix,
            "file": file,
            "line": line,
            "column": column,
            "detail": detail,
            "source": source,
        }


class Violation(Fault):
    """The other side broke PROTOCOL.md; nothing that it sends is believed any more."""

    def __init__(self, why: str, code: str = PROTOCOL_VIOLATION) -> None:
        super().__init__(
            code,
            "the processor broke the protocol",
            why,
            "use processor and wrapper of one Nucleon version; if they are, report it with this text",
        )


class EndOfConnection(Exception):
    """The processor is gone: leave at once, there is nobody to tell."""


class Stopped(BaseException):
    """STOP or SIGTERM while the worker is idle: leave with status 0. No `Exception`, so no handler code swallows it."""


def nearest(name: str, candidates: Iterable[str]) -> Optional[str]:
    """The candidate that `name` was probably meant to be: at most max(2, len/3) edits away."""
    limit = max(2, len(name) // 3)
    best = min(((distance(name, other), other) for other in candidates), default=(limit + 1, ""))
    return best[1] if best[0] <= limit else None


def distance(left: str, right: str) -> int:
    """Damerau–Levenshtein (optimal string alignment): edits and swaps of neighbours between two names."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
