"""The context that handlers get, wired to the connection."""

from __future__ import annotations

from nuclio_sdk import Context, Platform, QualifiedOffset, TriggerInfo

from nucleon_wrapper import layout
from nucleon_wrapper.connection import Connection
from nucleon_wrapper.frame import Parts, cut, encode
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.logger import make_logger


def make_context(connection: Connection, hello: Hello) -> Context:
    """One for the worker's life. A pool that several triggers share has no trigger of its own, so kind and name stay empty."""

    def ack(place: QualifiedOffset) -> None:
        connection.post(
            encode(
                Parts(
                    layout.ACK,
                    correlation=connection.correlation,
                    epoch=connection.epoch,
                    path=cut(place.topic),
                    shard=place.partition,
                    stream_offset=place.offset,
                )
            )
        )

    platform = Platform(
        str(hello.platform.get("kind") or "local"),
        str(hello.function.get("namespace") or "default"),
        on_ack=ack,
        urls=str(hello.platform.get("urls") or ""),
    )
    trigger = TriggerInfo(*hello.triggers[0]) if len(hello.triggers) == 1 else TriggerInfo()
    worker = str(hello.worker)
    return Context(make_logger(connection, worker), platform, worker, trigger)
