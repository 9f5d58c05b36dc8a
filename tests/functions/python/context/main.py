"""What surrounds an event: the init hook, the context, its logger."""

import os

import nuclio_sdk

imported = {"inits": 0}


class Logged:
    def __log__(self):
        return {"logged": True}


class Spoken:
    def __repr__(self):
        return "spoken"


def init_context(context):
    imported["inits"] += 1
    context.logger.info("in the init hook")
    imported["kind"] = type(context.user_data).__name__
    context.user_data.count = 0
    context.user_data.seen = (context.worker_id, context.trigger.kind)


def count(context):
    context.user_data.count += 1
    return context.user_data.count


def four(logger):
    logger.debug("one")
    logger.info("two")
    logger.warn("three")
    logger.error("four")


def fields(logger):
    logger.debug_with("d", a=1)
    logger.info_with("i", text="b", yes=True, none=None, list=[1, 2], map={"k": "v"})
    logger.warn_with("w", number=2.5)
    logger.error_with("e", worker_id="mine")


def odd(logger):
    logger.info_with("objects", log=Logged(), repr=Spoken(), nan=float("nan"), up=float("inf"), down=float("-inf"))


def arguments(logger):
    logger.info("%s has %d", "it", 3)
    logger.info("100% sure")
    logger.info_with("x is %s", "y", z=1)


def bound(context):
    logger = nuclio_sdk.Logger()
    logger.bind(a=1, b=2)
    context.logger.bind(bound="yes")
    context.logger.info_with("with bound", own=1)
    context.logger.bind(bound="still")


LOGS = {
    "/log-none": lambda c: None,
    "/log-four": lambda c: four(c.logger),
    "/log-fields": lambda c: fields(c.logger),
    "/log-odd": lambda c: odd(c.logger),
    "/log-arguments": lambda c: arguments(c.logger),
    "/log-unicode": lambda c: c.logger.info('schön "🎉"\n\ttab \\'),
    "/log-control": lambda c: c.logger.info("a\0b\x1bc\r\nX-Injected: d"),
    "/log-large": lambda c: c.logger.info("x" * 5000),
    "/log-many": lambda c: [c.logger.info("record %d" % i) for i in range(100)],
    "/log-below": lambda c: c.logger.info("x" * 3900),
    "/log-raise": lambda c: 1 // 0,
}


def handler(context, event):
    if event.path in LOGS:
        LOGS[event.path](context)
        return "logged"
    if event.path == "/log-bound":
        bound(context)
        return "logged"
    if event.path == "/count":
        return str(count(context))
    if event.path == "/print":
        print("printed, not logged")
        return "printed"
    if event.path == "/replace":
        context.user_data = {"replaced": event.body.decode()}
        return "replaced"
    if event.path == "/replaced":
        return context.user_data
    return context.Response(
        body={
            "inits": imported["inits"],
            "user_data": imported["kind"],
            "seen": getattr(context.user_data, "seen", None),
            "worker_id": context.worker_id,
            "trigger": {"kind": context.trigger.kind, "name": context.trigger.name},
            "trigger_name": context.trigger_name,
            "platform": {"kind": context.platform.kind, "namespace": context.platform.namespace},
            "same_response": context.Response is nuclio_sdk.Response,
            "environment": {name: os.environ.get(name) for name in event.fields.get("environment", "").split(",")},
        }
    )
