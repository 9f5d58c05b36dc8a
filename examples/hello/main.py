"""Greets: GET /?name=Ada, or POST {"name": "Ada"}."""

import json


def handler(context, event):
    name = asked_name(event)
    if not isinstance(name, str):
        return context.Response(body="send a JSON object with a 'name'\n", status_code=400)
    context.logger.debug_with("greeting", name=name)
    greeting = json.dumps({"greeting": f"Hello, {name}!"})
    return context.Response(body=greeting, content_type="application/json")


def asked_name(event):
    """The name from the query or the JSON body, "world" if neither says one, None if the body is no JSON object."""
    if event.method != "POST":
        return event.fields.get("name", "world")
    body = event.body
    if isinstance(body, bytes):
        try:
            body = json.loads(body)
        except ValueError:
            return None
    return body.get("name", "world") if isinstance(body, dict) else None
