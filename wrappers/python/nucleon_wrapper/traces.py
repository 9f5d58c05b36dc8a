"""What went wrong in the user's code, and where. Only slow paths; `traceback` is imported when it is needed."""

from __future__ import annotations

import os
from types import TracebackType
from typing import NamedTuple, Optional

_OURS = os.path.dirname(os.path.abspath(__file__)) + os.sep
_MAX_MESSAGE = 4096


class Place(NamedTuple):
    """A line of the user's code."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.file else ""


def without_ours(trace: Optional[TracebackType]) -> Optional[TracebackType]:
    """The traceback from the first frame that is not the wrapper's or the import system's; all of it if there is none."""
    user = trace
    while user is not None and _is_ours(user):
        user = user.tb_next
    return user or trace


def _is_ours(trace: TracebackType) -> bool:
    file = trace.tb_frame.f_code.co_filename
    return file.startswith(_OURS) or file.startswith("<frozen importlib")


def text(failure: BaseException) -> str:
    """The traceback as Python prints it, from the first frame of the user."""
    import traceback

    return "".join(traceback.format_exception(type(failure), failure, without_ours(failure.__traceback__)))


def place(failure: BaseException, directory: str) -> Place:
    """The innermost frame in the function's folder, else the innermost that is not ours."""
    found, anywhere = Place("", 0), Place("", 0)
    trace, home = failure.__traceback__, os.path.join(os.path.abspath(directory), "")
    while trace is not None:
        if not _is_ours(trace):
            anywhere = Place(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
            if os.path.abspath(anywhere.file).startswith(home):
                found = anywhere
        trace = trace.tb_next
    return found if found.file else anywhere


def message(failure: BaseException) -> str:
    """`str` of it, which the user's class may break."""
    try:
        return str(failure)[:_MAX_MESSAGE]
    except Exception:
        return f"<{type(failure).__name__} whose __str__ raises>"
