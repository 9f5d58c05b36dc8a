"""Calls itself by its name, through the platform: two workers, as each call takes both sides."""

import nuclio_sdk


def seen(event):
    return nuclio_sdk.Response(
        headers={"X-Seen": "Yes"},
        body={
            "method": event.method,
            "path": event.path,
            "fields": event.fields,
            "content_type": event.content_type,
            "target": event.get_header("X-Nuclio-Target"),
            "passed": event.get_header("X-Passed"),
            "body": event.body.decode(),
        },
    )


def call(context, event):
    request = nuclio_sdk.Event(
        body=event.body,
        content_type=event.content_type,
        method=event.fields.get("method"),
        path=event.fields.get("path"),
        headers={"X-Passed": "on"},
    )
    return context.platform.call_function(event.fields.get("to", "calls"), request)


def handler(context, event):
    if event.path == "/seen":
        return seen(event)
    if event.path == "/echo":
        return nuclio_sdk.Response(body=event.body, content_type=event.content_type)
    if event.path == "/fail":
        raise ValueError("as told")
    answer = call(context, event)
    if event.path == "/forward":
        return nuclio_sdk.Response(body=answer.body, content_type=answer.content_type, status_code=answer.status_code)
    return {"status": answer.status_code, "content_type": answer.content_type, "seen": answer.headers.get("x-seen")}
