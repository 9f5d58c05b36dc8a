"""The logger of `context.logger`: four levels, `%`-style arguments, structured variants, bound variables."""

from __future__ import annotations

import sys
import time
from typing import Any, Callable, Protocol, TextIO, Union

from nuclio_sdk.json_encoder import Encoder

DEBUG, INFO, WARNING, ERROR = 10, 20, 30, 40
_WORDS = {DEBUG: "debug", INFO: "info", WARNING: "warning", ERROR: "error"}

_encode: Callable[[Any], str] = Encoder().encode

Record = dict[str, Any]
Sink = Callable[[int, str, Record], None]


class Formatter(Protocol):
    """Makes a record one line."""

    def line(self, level: int, message: str, variables: Record) -> str: ...


class JSONFormatter:
    """One JSON object a record."""

    def line(self, level: int, message: str, variables: Record) -> str:
        stamp = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
        return _encode({"datetime": stamp, "level": _WORDS[level], "message": message, "with": variables})


class HumanReadableFormatter:
    """One line a record for terminals."""

    def line(self, level: int, message: str, variables: Record) -> str:
        more = f": {variables}" if variables else ""
        return f"Python> {time.strftime('%Y-%m-%d %H:%M:%S', time.gmtime())} [{_WORDS[level]}] {message}{more}"


class Logger:
    """Safe for many threads: a record goes to every sink in one call. The level is DEBUG; filtering is the processor's."""

    def __init__(self, level: Union[int, str] = DEBUG, name: str = "nuclio_sdk") -> None:
        self.name = name
        self.level = level if isinstance(level, int) else DEBUG
        self._bound: Record = {}
        self._sinks: dict[str, Sink] = {}

    def set_handler(self, handler_name: str, file: TextIO, formatter: Formatter) -> None:
        """Adds or replaces the output of that name: one line a record, written to `file`."""
        self._sinks[handler_name] = _line_writer(file, formatter)

    def add_sink(self, name: str, sink: Sink) -> None:
        """Adds or replaces the receiver of that name; it gets level, message and variables."""
        self._sinks[name] = sink

    def bind(self, **variables: Any) -> None:
        """Adds the variables to every record; they win over those of a call."""
        self._bound.update(variables)

    def debug(self, message: Any, *args: Any) -> None:
        self._log(DEBUG, message, args, {})

    def info(self, message: Any, *args: Any) -> None:
        self._log(INFO, message, args, {})

    def warn(self, message: Any, *args: Any) -> None:
        self._log(WARNING, message, args, {})

    def error(self, message: Any, *args: Any) -> None:
        self._log(ERROR, message, args, {})

    def debug_with(self, message: Any, *args: Any, **variables: Any) -> None:
        self._log(DEBUG, message, args, variables)

    def info_with(self, message: Any, *args: Any, **variables: Any) -> None:
        self._log(INFO, message, args, variables)

    def warn_with(self, message: Any, *args: Any, **variables: Any) -> None:
        self._log(WARNING, message, args, variables)

    def error_with(self, message: Any, *args: Any, **variables: Any) -> None:
        self._log(ERROR, message, args, variables)

    def _log(self, level: int, message: Any, args: tuple[Any, ...], variables: Record) -> None:
        if level < self.level:
            return
        variables.update(self._bound)
        text = _text(message, args)
        for sink in tuple(self._sinks.values()):
            sink(level, text, variables)


def _text(message: Any, args: tuple[Any, ...]) -> str:
    """The message with its arguments; one that does not fit them is shown with them, as a log line must not raise."""
    text = str(message)
    if not args:
        return text
    values: object = args[0] if len(args) == 1 and isinstance(args[0], dict) and args[0] else args
    try:
        return str(text % values)
    except (TypeError, ValueError, KeyError):
        return f"{text} {args!r}"


def _line_writer(file: TextIO, formatter: Formatter) -> Sink:
    def write(level: int, message: str, variables: Record) -> None:
        try:
            file.write(formatter.line(level, message, variables) + "\n")
            file.flush()
        except Exception as failure:  # a log line must not fail the event
            sys.stderr.write(f"log record could not be written: {failure}\n")

    return write
