"""The least that an ASGI server has to call: what uvicorn is measured with."""

START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"0")],
}
END = {"type": "http.response.body", "body": b""}


async def app(scope, receive, send):
    await send(START)
    await send(END)
