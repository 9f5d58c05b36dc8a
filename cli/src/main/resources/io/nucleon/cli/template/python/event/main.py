"""Stores what an event tells, {"id": 7}. An event that raises is tried again, then dead-lettered."""

import json


def handler(context, event):
    order = json.loads(event.body) if isinstance(event.body, bytes) else event.body
    context.logger.info_with("stored", id=order["id"])
    return {"stored": order["id"]}
