"""Says hello. A text is an answer with status 200 and content type text/plain."""


def handler(context, event):
    return "Hello, world"
