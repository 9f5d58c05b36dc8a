"""Holds events back and acks them later: `NAME:hold` waits for an event `NAME:flush`, or for the worker's drain.

What it does with each is a line in the ledger: `WHAT NAME SHARD OFFSET PID`.
"""

import os

import nuclio_sdk

HELD = []


def note(what, name, place):
    line = f"{what} {name} {place.partition} {place.offset} {os.getpid()}\n"
    ledger = os.open(os.environ["LEDGER"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(ledger, line.encode())
    finally:
        os.close(ledger)


async def flush(context):
    while HELD:
        name, place = HELD.pop(0)
        await context.platform.explicit_ack(place)
        note("acked", name, place)


def init_context(context):
    async def drained():
        await flush(context)

    context.platform.set_drain_callback(drained)


async def handler(context, event):
    name, _, how = event.body.decode().partition(":")
    place = nuclio_sdk.QualifiedOffset.from_event(event)
    if how == "hold":
        HELD.append((name, place))
        note("held", name, place)
        response = nuclio_sdk.Response()
        response.ensure_no_ack()
        return response
    await flush(context)
    note("did", name, place)
    return ""
