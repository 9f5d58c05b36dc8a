"""The context that handlers get, wired to the connection."""

from __future__ import annotations

from nuclio_sdk import Context, Platform, QualifiedOffset, TriggerInfo

from nucleon_wrapper import layout
from nucleon_wrapper.connection import Connection
from nucleon_wrapper.frame import Parts, cut, encode
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.logger import make_logger


def make_context(connection: Connection, hello: Hello) -> Context:
    """One for the worker's life."""

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
    worker = str(hello.worker)
    return Context(make_logger(connection, worker), platform, worker, TriggerInfo(*hello.trigger))
