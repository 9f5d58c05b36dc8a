"""Takes CloudEvents in both forms, as headers (binary) and as one JSON document (structured), without a line of code for either."""


def handler(context, event):
    data = event.body.decode() if isinstance(event.body, bytes) else event.body
    return {"type": event.type, "source": event.trigger.kind, "id": event.id, "data": data}
