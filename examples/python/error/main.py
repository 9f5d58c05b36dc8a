"""Fails in the two ways there are: by an answer with a status of its own, and by an exception, which is a 500.

The difference matters for streams: an answer counts as done whatever its status, an exception does not.
"""


def handler(context, event):
    if event.path == "/divide":
        divisor = event.fields.get("by", "")
        if not divisor.lstrip("-").isdigit():
            return context.Response(body="'by' must be a whole number", status_code=400)
        return {"result": 100 / int(divisor)}
    return context.Response(body=f"nothing at {event.path}", status_code=404)
