"""What a handler may return to say more than a body."""

from __future__ import annotations

from typing import Any


class Response:
    """An answer with status, headers, content type and body. `event_id` names the batch member it answers."""

    def __init__(
        self,
        headers: dict[str, Any] | None = None,
        body: Any = None,
        content_type: str | None = None,
        status_code: int = 200,
        event_id: str | None = None,
    ) -> None:
        self.headers = headers or {}
        self.body = body
        self.content_type = content_type or "text/plain"
        self.status_code = status_code
        self.event_id = event_id

    def ensure_no_ack(self) -> None:
        """The stream's offset is not marked for this event; it must be acked by `context.platform.explicit_ack`."""
        self.headers["x-nuclio-stream-no-ack"] = True

    def __repr__(self) -> str:
        return "Response({})".format(", ".join(f"{name}={value!r}" for name, value in vars(self).items()))
