"""Every form in which a handler may answer; the path names the form."""

import datetime
import os
import sys

import nuclio_sdk


class Shy:
    def __str__(self):
        return "shy"


class Spoken:
    def __repr__(self):
        return "spoken"


def raised(failure):
    raise failure


def nested():
    try:
        raise KeyError("inner")
    except KeyError as failure:
        raise RuntimeError("outer") from failure


def recursive():
    return recursive()


def with_no_ack(context):
    response = context.Response(body="not acked", headers={"X-Kept": "yes"})
    response.ensure_no_ack()
    return response


def echo_headers(context, event):
    return context.Response(body="echoed", headers=dict(event.headers))


async def awaited(value):
    return value


def streamed(items):
    yield from items


async def async_streamed(items):
    for item in items:
        yield item


def breaking():
    yield "first,"
    raise ValueError("in the middle")


def failing_at_once():
    raise ValueError("before the first")
    yield "never"


counted = []


def count():
    counted.append(1)
    return str(len(counted))


# What every language can answer; the paths are the same in all of tests/functions/*/answers.
SHARED = {
    "/text": lambda c, e: "a text",
    "/unicode": lambda c, e: "Grüße, 世界 🎉",
    "/empty": lambda c, e: "",
    "/octets": lambda c, e: c.Response(body=b"\x00\xff\xfe", content_type="application/octet-stream"),
    "/type": lambda c, e: c.Response(body="{}", content_type="application/json"),
    "/status": lambda c, e: c.Response(body="made", status_code=201),
    "/status-zero": lambda c, e: c.Response(body="zero", status_code=0),
    "/status-odd": lambda c, e: c.Response(body="x", status_code=799),
    "/status-low": lambda c, e: c.Response(body="x", status_code=42),
    "/status-huge": lambda c, e: c.Response(body="x", status_code=70000),
    "/no-content": lambda c, e: c.Response(body="dropped", status_code=204),
    "/count": lambda c, e: count(),
    "/headers": lambda c, e: c.Response(headers={"x-lower": "1", "X_UNDER_SCORE": "2", "x-multi-word-name": "3"}),
    "/headers-type": lambda c, e: c.Response(body="x", headers={"Content-Type": "text/html"}),
    "/headers-hostile": lambda c, e: c.Response(
        body="safe", headers={"X-Split": "a\r\nX-Injected: b", "Bad Name": "c", "Content-Length": "1", "X-Fine": "d"}
    ),
    "/headers-unicode": lambda c, e: c.Response(headers={"X-Word": "Grüße"}),
    "/headers-framing": lambda c, e: c.Response(
        body="kept", headers={"Transfer-Encoding": "chunked", "Content-Length": "99", "Connection": "close"}
    ),
    "/headers-server": lambda c, e: c.Response(headers={"Server": "mine"}),
    "/headers-cookies": lambda c, e: c.Response(headers={"Set-Cookie": "a=1; Path=/"}),
    "/headers-echo": echo_headers,
    "/raise": lambda c, e: raised(ValueError("went wrong")),
    "/raise-unicode": lambda c, e: raised(ValueError("schön 🎉")),
    "/echo": lambda c, e: c.Response(body=e.body, content_type="application/octet-stream"),
    "/echo-part": lambda c, e: bytes(e.body[:4]),
    "/large": lambda c, e: b"x" * int(e.fields["size"]),
    "/stream": lambda c, e: streamed(["one,", b"two,", "three"]),
    "/stream-response": lambda c, e: c.Response(
        body=streamed(["a", "b"]), status_code=206, content_type="text/csv", headers={"X-Rows": "2"}
    ),
    "/stream-empty": lambda c, e: streamed([]),
    "/stream-empty-items": lambda c, e: streamed(["", "x", b"", "y"]),
    "/stream-large": lambda c, e: streamed([bytes([65 + i]) * 100_000 for i in range(26)]),
    "/stream-breaks": lambda c, e: breaking(),
    "/stream-fails": lambda c, e: failing_at_once(),
}

FORMS = SHARED | {
    "/str": lambda c, e: "a text",
    "/str-unicode": lambda c, e: "Grüße, 世界 🎉",
    "/str-empty": lambda c, e: "",
    "/str-nul": lambda c, e: "a\0b",
    "/bytes": lambda c, e: b"\x00\xff\xfe",
    "/bytes-empty": lambda c, e: b"",
    "/bytearray": lambda c, e: bytearray(b"ab"),
    "/dict": lambda c, e: {"a": 1, "b": [1, 2], "c": None, "d": True},
    "/dict-unicode": lambda c, e: {"word": "Grüße"},
    "/dict-odd": lambda c, e: {"when": datetime.datetime(2020, 1, 1), "who": Spoken()},
    "/dict-numbers": lambda c, e: {"pi": 3.5, "big": 2**70, "nan": float("nan")},
    "/dict-empty": lambda c, e: {},
    "/pair-str": lambda c, e: (201, "made"),
    "/pair-dict": lambda c, e: (202, {"a": 1}),
    "/pair-list": lambda c, e: (200, [1, 2]),
    "/pair-number": lambda c, e: (200, 5),
    "/pair-none": lambda c, e: (204 + 2, None),
    "/pair-bytes": lambda c, e: (200, b"x"),
    "/pair-zero": lambda c, e: (0, "zero"),
    "/pair-text-status": lambda c, e: ("200", "x"),
    "/pair-no-content": lambda c, e: (204, "dropped"),
    "/triple": lambda c, e: (1, 2, 3),
    "/none": lambda c, e: None,
    "/int": lambda c, e: 5,
    "/float": lambda c, e: 2.5,
    "/bool": lambda c, e: True,
    "/object": lambda c, e: Shy(),
    "/set": lambda c, e: {7},
    "/list": lambda c, e: [{"a": 1}, {"b": 2}],
    "/list-of-pair": lambda c, e: [(201, "first"), "second"],
    "/list-empty": lambda c, e: [],
    "/response": lambda c, e: c.Response(body="made", status_code=201, content_type="text/html", headers={"X-A": "b"}),
    "/response-defaults": lambda c, e: c.Response(),
    "/response-bytes": lambda c, e: c.Response(body=b"\x01\x02", content_type="application/octet-stream"),
    "/response-dict": lambda c, e: c.Response(body={"a": 1}, content_type="text/html"),
    "/response-list": lambda c, e: c.Response(body=[1, 2]),
    "/response-int": lambda c, e: c.Response(body=7),
    "/response-zero": lambda c, e: c.Response(body="x", status_code=0),
    "/response-sdk": lambda c, e: nuclio_sdk.Response(body="from the SDK", status_code=418),
    "/response-type-number": lambda c, e: c.Response(body="x", content_type=123),
    "/response-status-text": lambda c, e: c.Response(body="x", status_code="abc"),
    "/response-status-float": lambda c, e: c.Response(body="x", status_code=1.5),
    "/response-status-huge": lambda c, e: c.Response(body="x", status_code=70000),
    "/no-ack": lambda c, e: with_no_ack(c),
    "/headers-values": lambda c, e: c.Response(
        headers={"X-Int": 5, "X-Float": 1.5, "X-True": True, "X-List": ["a", "b"], "X-None": None, "X-Text": "here"}
    ),
    "/raise-empty": lambda c, e: raised(ValueError()),
    "/raise-nested": lambda c, e: nested(),
    "/raise-recursion": lambda c, e: recursive(),
    "/raise-sdk": lambda c, e: raised(nuclio_sdk.ExceptionWithResponse(404, "gone", "text/plain")),
    "/exit": lambda c, e: sys.exit(3),
    "/exit-zero": lambda c, e: sys.exit(),
    "/interrupt": lambda c, e: raised(KeyboardInterrupt()),
    "/pid": lambda c, e: str(os.getpid()),
    "/awaited": lambda c, e: awaited("awaited"),
    "/awaited-pair": lambda c, e: awaited((203, {"a": 1})),
    "/body-kind": lambda c, e: type(e.body).__name__,
    "/stream-async": lambda c, e: async_streamed(["one,", b"two,", "three"]),
    "/stream-response-async": lambda c, e: c.Response(body=async_streamed(["a", "b"]), status_code=206),
    "/stream-numbers": lambda c, e: streamed([1, 2.5, None]),
}


def handler(context, event):
    return FORMS[event.path](context, event)
