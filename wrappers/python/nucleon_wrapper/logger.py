"""`context.logger` whose records travel as LOG frames, each with the event that it belongs to."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Optional

from nuclio_sdk.json_encoder import Encoder
from nuclio_sdk.logger import DEBUG, ERROR, INFO, WARNING, Logger

from nucleon_wrapper import layout
from nucleon_wrapper.connection import Connection
from nucleon_wrapper.frame import Parts, cut, encode

_CODES = {DEBUG: layout.LOG_DEBUG, INFO: layout.LOG_INFO, WARNING: layout.LOG_WARNING, ERROR: layout.LOG_ERROR}
_encode_json = Encoder().encode

# Set in the tasks of `mode: async`; elsewhere there is one event in hand, the connection's.
task_correlation: ContextVar[Optional[int]] = ContextVar("nucleon_correlation", default=None)


class LogSink:
    """Safe for any thread. A record that is too large for a frame keeps its message."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def __call__(self, level: int, message: str, variables: dict[str, Any]) -> None:
        connection = self._connection
        correlation = task_correlation.get()
        parts = Parts(
            layout.LOG,
            code=_CODES[level],
            correlation=connection.correlation if correlation is None else correlation,
            epoch=connection.epoch,
            path=cut(message),
            body=_body(variables),
        )
        if len(parts.body) + len(parts.path) > connection.frame_limit - layout.HEADER_LENGTH:
            parts = parts._replace(body=b'{"nucleon": "the record\'s fields were too large"}', path=cut(message, 4096))
        connection.post(encode(parts))


def _body(variables: dict[str, Any]) -> bytes:
    if not variables:
        return b""
    try:
        return _encode_json(variables).encode()
    except (TypeError, ValueError, RecursionError) as failure:
        return _encode_json({"nucleon": f"the record's fields can't be written as JSON: {failure}"}).encode()


def make_logger(connection: Connection, worker: str) -> Logger:
    """Every record carries `worker_id`, as in nuclio."""
    logger = Logger()
    logger.bind(worker_id=worker)
    logger.add_sink("default", LogSink(connection))
    return logger
