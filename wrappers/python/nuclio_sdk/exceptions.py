"""An exception that carries an answer; nuclio's wrapper gives it no special treatment (a plain 500), nor do we."""

from __future__ import annotations


class ExceptionWithResponse(Exception):
    """Raised by handlers that keep status, body and content type together with the error."""

    def __init__(self, status_code: int = 500, body: object = None, content_type: str = "text/plain") -> None:
        super().__init__(body)
        self.status_code = status_code
        self.body = body
        self.content_type = content_type
