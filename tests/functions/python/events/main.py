"""Answers with everything that an event holds."""

import base64
import datetime
import json

ATTRIBUTES = (
    "content_type fields headers id method path size url shard_id num_shards type type_version version last_in_batch offset topic"
).split()


def shown(value):
    """Bytes and what JSON does not know, so that the kind of a value shows."""
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"kind": type(value).__name__, "base64": base64.b64encode(value).decode()}
    if isinstance(value, dict):
        return {f"b:{key.decode()}" if isinstance(key, bytes) else key: shown(item) for key, item in value.items()}
    return value


def handler(context, event):
    members = {name: shown(getattr(event, name)) for name in ATTRIBUTES}
    members["trigger"] = {"kind": shown(event.trigger.kind), "name": shown(event.trigger.name)}
    members["body"] = {"kind": type(event.body).__name__, "value": shown(event.body)}
    members["timestamp"] = {
        "kind": type(event.timestamp).__name__,
        "naive": event.timestamp.tzinfo is None,
        "age": (datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None) - event.timestamp).total_seconds(),
        "iso": event.timestamp.isoformat(),
    }
    if "get" in event.fields:
        members["got"] = event.get_header(event.fields["get"])
    return context.Response(body=json.dumps(members), content_type="application/json")
