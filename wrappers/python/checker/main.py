"""The checker function of `nucleon conformance`: what each path does is in docs/how-to/add-a-language.md."""

import asyncio
import base64
import json
import os
import time

import nuclio_sdk

MEMBERS = (
    "method path fields headers content_type id url num_shards type type_version version offset topic size".split()
)
kept = []
arrived = []


def init_context(context):
    context.logger.info("init")
    context.platform.set_drain_callback(lambda: context.logger.info("draining"))
    context.platform.set_termination_callback(lambda: context.logger.info("terminating"))


def show(context, event):
    members = {name: getattr(event, name) for name in MEMBERS}
    members.update(shard=event.shard_id, trigger_kind=event.trigger.kind, trigger_name=event.trigger.name)
    return context.Response(body=json.dumps({**members, "body": base64.b64encode(event.body).decode()}))


def answer(context, event):
    return context.Response(
        body="made", status_code=201, content_type="text/x-checker", headers={"X-Checker": "gr\u00fcn"}
    )


def fail(context, event):
    raise ValueError("the checker raises")


def log(context, event):
    context.logger.debug_with("one", number=1)
    context.logger.info_with("two", number=2)
    context.logger.warn_with("three", number=3)
    context.logger.error_with("four \u00fc\n", number=4)
    return "logged"


def wait(context, event):
    gate = event.body.decode()
    with open(gate + ".in", "w"):
        pass
    while not os.path.exists(gate + ".go"):
        time.sleep(0.005)
    return "waited"


def stream(context, event):
    yield from ("one,", "two,", "three")


def breaking(context, event):
    yield "one,"
    raise ValueError("the checker raises")


def no_ack(context, event):
    response = context.Response(body="not acked")
    response.ensure_no_ack()
    return response


async def ack(context, event):
    await context.platform.explicit_ack(nuclio_sdk.QualifiedOffset.from_event(event))
    return "acked"


def view(context, event):
    if isinstance(event.body, memoryview):
        return event.body
    return context.Response(body="no view", status_code=501)


def keep(context, event):
    kept.append(event)
    return kept[0].body + b" " + kept[0].headers["X-Kept"].encode() if len(kept) > 1 else "kept"


def trigger(context, event):
    return {"kind": context.trigger.kind, "name": context.trigger.name}


PATHS = {
    "/echo": lambda context, event: event.body,
    "/answer": answer,
    "/raise": fail,
    "/log": log,
    "/size": lambda context, event: "x" * int(event.body),
    "/wait": wait,
    "/object": lambda context, event: str(len(event.body["k"])),
    "/trigger": trigger,
    "/stream": stream,
    "/stream-breaks": breaking,
    "/no-ack": no_ack,
    "/ack": ack,
    "/view": view,
    "/keep": keep,
}


def batch(context, events):
    return [
        context.Response(body=b"%d:%s" % (len(events), event.body), event_id=event.id)
        for event in events
        if event.body != b"skip"
    ]


def handler(context, event):
    if isinstance(event, list):
        return batch(context, event)
    return PATHS.get(event.path, show)(context, event)


async def async_handler(context, event):
    if event.path == "/meet":
        arrived.append(event)
        while len(arrived) < 2:
            await asyncio.sleep(0.005)
        return event.body
    if event.path == "/cancelled":
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return "cancelled"
    return handler(context, event)
