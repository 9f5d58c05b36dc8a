"""What a function may ask of the platform it runs on."""

from __future__ import annotations

import json
import os
from typing import Any, Callable, Optional, Union

from nuclio_sdk.event import Event
from nuclio_sdk.qualified_offset import QualifiedOffset
from nuclio_sdk.response import Response

Callback = Callable[[], Any]
AckSink = Callable[[QualifiedOffset], None]


class Platform:
    """Calls other functions, acks stream events, and keeps the callbacks for drain and termination."""

    def __init__(
        self,
        kind: str,
        namespace: str = "default",
        connection_provider: Optional[Callable[..., Any]] = None,
        on_ack: Optional[AckSink] = None,
        urls: str = "",
    ) -> None:
        self.kind = kind
        self.namespace = namespace
        self._connection_provider = connection_provider
        self._on_ack = on_ack
        self._urls = urls or os.environ.get("NUCLEON_FUNCTION_URLS", "")
        self._drain_callback: Optional[Callback] = None
        self._termination_callback: Optional[Callback] = None

    def call_function(
        self,
        function_name: str,
        event: Event,
        node: Any = None,
        timeout: Optional[float] = None,
        service_name_override: Optional[str] = None,
    ) -> Response:
        """Blocks until the other function has answered; connection errors and timeouts (seconds) propagate as they are."""
        host, prefix = self._address(function_name, service_name_override)
        body, headers = _request(function_name, event)
        connection = self._connect(host, timeout)
        try:
            connection.request(event.method or ("POST" if body else "GET"), prefix + (event.path or "/"), body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        return _response(answer, content)

    async def explicit_ack(self, qualified_offset: QualifiedOffset) -> None:
        """Marks the event at that place as done. Must be awaited."""
        if self._on_ack is not None:
            self._on_ack(qualified_offset)

    def set_drain_callback(self, callback: Callback) -> None:
        """`callback()` runs when the worker is drained (rebalance, pause); it may be a coroutine function."""
        self._drain_callback = callback

    def set_termination_callback(self, callback: Callback) -> None:
        """`callback()` runs when the processor stops the worker; it may be a coroutine function."""
        self._termination_callback = callback

    def _connect(self, host: str, timeout: Optional[float]) -> Any:
        if self._connection_provider is not None:
            return self._connection_provider(host, timeout=timeout)
        # Imported here: most functions call nobody, and http.client costs 15 ms of start.
        from http.client import HTTPConnection, HTTPSConnection

        if host.startswith("https://"):
            return HTTPSConnection(host[len("https://") :], timeout=timeout)
        return HTTPConnection(host, timeout=timeout)

    def _address(self, function_name: str, service_name: Optional[str]) -> tuple[str, str]:
        """Host and path prefix: below the processor's own base URL if it gave one, else the names that nuclio's services have."""
        if self._urls and not service_name:
            return _split(self._urls, function_name)
        service = service_name or f"nuclio-{function_name}"
        if self.kind == "local" and not service_name:
            service = f"nuclio-{self.namespace}-{function_name}"
        return f"{service}:8080", ""


def _split(urls: str, function_name: str) -> tuple[str, str]:
    scheme, _, rest = urls.partition("://") if "://" in urls else ("http", "", urls)
    host, _, path = rest.rstrip("/").partition("/")
    prefix = f"/{path}/{function_name}" if path else f"/{function_name}"
    return (f"https://{host}" if scheme == "https" else host), prefix


def _request(function_name: str, event: Event) -> tuple[Union[str, bytes, None], dict[str, Any]]:
    body, content_type = event.body, event.content_type or "text/plain"
    if isinstance(body, dict):
        body, content_type = json.dumps(body), "application/json"
    elif isinstance(body, memoryview):
        body = bytes(body)
    headers = dict(event.headers or {})
    headers["Content-Type"] = content_type
    headers.setdefault("X-Nuclio-Target", function_name)
    headers.pop("Content-Length", None)
    return body, headers


def _response(answer: Any, content: bytes) -> Response:
    headers = {name.lower(): value for name, value in answer.getheaders()}
    content_type = headers.get("content-type", "text/plain")
    body = json.loads(content) if content_type == "application/json" else content
    return Response(headers=headers, body=body, content_type=content_type, status_code=answer.status)
