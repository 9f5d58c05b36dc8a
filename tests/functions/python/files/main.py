"""Answers with files."""

import os

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")


def init_context(context):
    os.makedirs(FOLDER, exist_ok=True)
    for name, text in (("small", "a small file"), ("once", "sent once"), ("empty", "")):
        with open(os.path.join(FOLDER, name), "w", encoding="utf-8") as file:
            file.write(text)
    with open(os.path.join(FOLDER, "large"), "wb") as file:
        file.write(bytes((i % 251 + i // 65536) % 256 for i in range(1 << 20)))


def handler(context, event):
    name = event.path.strip("/")
    path = event.fields.get("at") or (FOLDER if name == "folder" else os.path.join(FOLDER, name))
    if "exists" in event.fields:
        return str(os.path.exists(path))
    headers = {event.fields.get("spelling", "X-nuclio-filestream-path"): path, "X-Beside": "kept"}
    if "delete" in event.fields:
        headers["X-nuclio-filestream-delete-after-send"] = "true"
    if "echo" in event.fields:
        return context.Response(body="echoed", headers=dict(event.headers))
    if "status" in event.fields:
        return context.Response(headers=headers, status_code=int(event.fields["status"]), content_type="text/csv")
    return context.Response(body="not this", headers=headers)
