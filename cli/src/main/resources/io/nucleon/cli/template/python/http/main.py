"""Greets: GET /?name=Ada, or POST Ada."""


def handler(context, event):
    name = event.body.decode() if event.body else event.fields.get("name", "world")
    context.logger.info_with("greeting", name=name)
    return f"Hello, {name}!"
