"""A place in a stream: topic, partition, offset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nuclio_sdk.event import Event


class QualifiedOffset:
    """What `context.platform.explicit_ack` takes. Plain data, safe to keep after the handler has returned."""

    __slots__ = ("topic", "partition", "offset")

    def __init__(self, topic: str, partition: int, offset: int) -> None:
        self.topic = topic
        self.partition = partition
        self.offset = offset

    @staticmethod
    def from_event(event: Event) -> QualifiedOffset:
        """The event's own place; triggers without a topic use the path, as nuclio does."""
        return QualifiedOffset(event.topic or event.path, event.shard_id, event.offset)

    def compile_explicit_ack_message(self) -> dict[str, Any]:
        attributes = {"topic": self.topic, "partition": self.partition, "offset": self.offset}
        return {"kind": "streamMessageAck", "attributes": attributes}
