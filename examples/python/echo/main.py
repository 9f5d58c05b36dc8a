"""Sends back what it got: body, content type, and what the request was."""


def handler(context, event):
    return context.Response(
        body=event.body,
        content_type=event.content_type or "application/octet-stream",
        headers={"X-Method": event.method, "X-Path": event.path, "X-Who": event.fields.get("who", "nobody")},
    )
