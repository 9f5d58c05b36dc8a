"""One thing to process, as handlers see it."""

from __future__ import annotations

import datetime
import json
import sys
from typing import Any

from nuclio_sdk.json_encoder import Encoder
from nuclio_sdk.qualified_offset import QualifiedOffset


class TriggerInfo:
    """Where events come from: the trigger's kind (`http`, `kafka-cluster`) and its name in the function's configuration."""

    def __init__(self, kind: str = "", name: str = "") -> None:
        self.kind = kind
        self.name = name


class Event:
    """Plain, settable data. Inside a worker the attributes of an event are decoded when they are first read."""

    body: Any
    content_type: Any
    trigger: TriggerInfo
    fields: dict[Any, Any]
    headers: dict[Any, Any]
    id: Any
    method: Any
    path: Any
    size: int
    timestamp: Any
    url: Any
    shard_id: int
    num_shards: int
    type: Any
    type_version: Any
    version: Any
    last_in_batch: bool
    offset: int
    topic: Any

    def __init__(
        self,
        body: Any = None,
        content_type: Any = None,
        trigger: TriggerInfo | None = None,
        fields: dict[Any, Any] | None = None,
        headers: dict[Any, Any] | None = None,
        _id: Any = None,
        method: Any = None,
        path: Any = None,
        size: int | None = None,
        timestamp: Any = None,
        url: Any = None,
        shard_id: int | None = None,
        num_shards: int | None = None,
        _type: Any = None,
        type_version: Any = None,
        version: Any = None,
        last_in_batch: bool = False,
        offset: int = 0,
        topic: Any = None,
    ) -> None:
        self.body = body
        self.content_type = content_type
        self.trigger = trigger or TriggerInfo()
        self.fields = fields or {}
        self.headers = headers or {}
        self.id = _id
        self.method = method
        self.path = path or "/"
        self.size = size or 0
        self.timestamp = timestamp or 0
        self.url = url
        self.shard_id = shard_id  # type: ignore[assignment] # None as in nuclio when the caller gave none
        self.num_shards = num_shards  # type: ignore[assignment]
        self.type = _type
        self.type_version = type_version
        self.version = version
        self.last_in_batch = last_in_batch
        self.offset = offset
        self.topic = topic

    def get_header(self, header_key: Any) -> Any:
        """The header of that name in any case, else None."""
        wanted = header_key.lower()
        for name, value in self.headers.items():
            if name.lower() == wanted:
                return value
        return None

    def to_json(self) -> str:
        """All attributes as a JSON object; a bytes body in base64."""
        members = {name: getattr(self, name) for name in ATTRIBUTES}
        members["trigger"] = {"kind": self.trigger.kind, "name": self.trigger.name}
        if isinstance(self.body, (bytes, bytearray, memoryview)):
            import base64

            members["body"] = base64.b64encode(self.body).decode("ascii")
        if isinstance(self.timestamp, datetime.datetime):
            members["timestamp"] = str(self.timestamp)
        return Encoder().encode(members)

    def compile_explicit_ack_message(self) -> dict[str, Any]:
        return QualifiedOffset.from_event(self).compile_explicit_ack_message()

    @staticmethod
    def deserialize(data: Any, kind: str = "json") -> Event:
        """The event that a map (or JSON text of one) describes, in nuclio's keys."""
        members = json.loads(data) if isinstance(data, (str, bytes, bytearray)) else data
        return Event._of(members)

    @staticmethod
    def from_msgpack(parsed_data: Any) -> Event:
        return Event._of(parsed_data)

    @staticmethod
    def from_json(data: Any) -> Event:
        return Event.deserialize(data)

    @staticmethod
    def _of(members: dict[str, Any]) -> Event:
        trigger = members.get("trigger") or {}
        content_type = members.get("content_type")
        seconds = members.get("timestamp")
        return Event(
            body=decode_body(members.get("body"), content_type),
            content_type=content_type,
            trigger=TriggerInfo(kind=trigger.get("kind", ""), name=trigger.get("name", "")),
            fields=members.get("fields"),
            headers=members.get("headers"),
            _id=members.get("id"),
            method=members.get("method"),
            path=members.get("path"),
            size=members.get("size"),
            timestamp=utc(seconds) if isinstance(seconds, (int, float)) else seconds,
            url=members.get("url"),
            shard_id=members.get("shard_id"),
            num_shards=members.get("num_shards"),
            _type=members.get("type"),
            type_version=members.get("type_version"),
            version=members.get("version"),
            last_in_batch=bool(members.get("last_in_batch", False)),
            offset=members.get("offset", 0),
            topic=members.get("topic"),
        )

    def __repr__(self) -> str:
        return self.to_json()


ATTRIBUTES = tuple(Event.__annotations__)


def decode_body(body: Any, content_type: Any) -> Any:
    """JSON is parsed when the content type is exactly `application/json`; what does not parse stays as it is."""
    if content_type not in ("application/json", b"application/json") or isinstance(body, dict):
        return body
    try:
        return json.loads(body if isinstance(body, str) else bytes(body).decode())
    except Exception as failure:  # nuclio hands the raw bytes on, whatever was wrong with them
        sys.stderr.write(f"body is not JSON although its content type says so: {failure}\n")
        return body


def utc(seconds: float) -> datetime.datetime:
    """Naive UTC, as nuclio's handlers know it."""
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).replace(tzinfo=None)
