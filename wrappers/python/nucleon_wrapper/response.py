"""What a handler returned, as the parts of a RESPONSE. The table is nuclio's, its oddities included; see `convert`."""

from __future__ import annotations

from types import AsyncGeneratorType, GeneratorType
from typing import Any

from nuclio_sdk.json_encoder import Encoder
from nuclio_sdk.response import Response

from nucleon_wrapper import layout
from nucleon_wrapper.frame import Buffer, encode_text

TEXT = b"text/plain"
JSON = b"application/json"
_NO_ACK = "x-nuclio-stream-no-ack"
_MAX_HEADERS = 64 * 1024
_STREAMS = (GeneratorType, AsyncGeneratorType)
_encode_json = Encoder().encode
_types: dict[str, bytes] = {"text/plain": TEXT, "application/json": JSON, "": b""}


# code, content type, headers, body, flags, stream, event_id. A stream is None, or a generator whose items follow the body as
# chunks; `event_id` names a batch member. A plain tuple, as a named one takes three times as long to make.
Answer = tuple[int, bytes, bytes, Buffer, int, Any, Any]


class Unanswerable(Exception):
    """What the handler returned is no response; the message is what nuclio's caller reads."""


def convert(result: Any) -> Answer:
    """The answer that nuclio gives for this return value. A list is a batch there, of which a single event takes the first item;
    an empty one kills nuclio's worker and is answered with 500 here."""
    if isinstance(result, Response):
        return _of_response(result)
    if isinstance(result, str):
        return 200, TEXT, b"", encode_text(result), 0, None, None
    if isinstance(result, dict):
        return 200, JSON, b"", _json(result), 0, None, None
    if isinstance(result, tuple) and len(result) == 2:
        return _of_pair(*result)
    if isinstance(result, list):
        if not result:
            raise Unanswerable("the handler returned an empty list, which holds no response")
        return convert(result[0])
    if isinstance(result, _STREAMS):
        return 200, TEXT, b"", b"", 0, result, None
    if _is_foreign_response(result):
        return _of_response(result)
    return 200, TEXT, b"", _body(result), 0, None, None


def _of_pair(status: Any, value: Any) -> Answer:
    if isinstance(value, str):
        return _status(status), TEXT, b"", encode_text(value), 0, None, None
    return _status(status), JSON, b"", _json(value), 0, None, None


def _of_response(response: Any) -> Answer:
    body, stream = response.body, None
    content_type = _types.get(response.content_type) if response.content_type.__class__ is str else None
    if content_type is None:
        content_type = _content_type(response.content_type)
    if body.__class__ is str:
        data: Buffer = encode_text(body)
    elif isinstance(body, dict):
        data, content_type = _json(body), JSON
    elif isinstance(body, _STREAMS):
        data, stream = b"", body
    else:
        data = _body(body)
    headers, flags = _headers(response.headers) if response.headers else (b"", 0)
    code = response.status_code
    if code != 200 or code.__class__ is not int:
        code = _status(code)
    return code, content_type, headers, data, flags, stream, response.event_id


def _is_foreign_response(value: Any) -> bool:
    """A Response of another copy of nuclio_sdk, one that a function brought in its own folder."""
    return type(value).__name__ == "Response" and all(
        hasattr(value, name) for name in ("status_code", "headers", "body", "content_type", "event_id")
    )


def item_bytes(item: Any) -> Buffer:
    """An item of a stream."""
    return encode_text(item) if isinstance(item, str) else _body(item)


def _body(value: Any) -> Buffer:
    # A memoryview is a body that `body: view` lent to the handler, or a part of one; nuclio knows none.
    if isinstance(value, bytes):
        return value
    if isinstance(value, memoryview):
        return value if value.c_contiguous and value.itemsize == 1 else value.tobytes()
    return encode_text(str(value))


def _json(value: Any) -> bytes:
    return _encode_json(value).encode("ascii")


def _status(value: Any) -> int:
    if value is None or value == 0 and type(value) is int:
        return 200
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unanswerable(_mismatch(value, "status_code", "int"))
    if not 0 < value <= layout.MAX_SHORT:
        raise Unanswerable(f"status code {value} is out of range")
    return int(value)


def _content_type(value: Any) -> bytes:
    if value is None:
        return b""
    if not isinstance(value, str):
        raise Unanswerable(_mismatch(value, "content_type", "string"))
    data = encode_text(value)
    if len(data) > layout.MAX_SHORT or b"\0" in data:
        raise Unanswerable("the response's content type is too long or holds a NUL character")
    if len(_types) < 256:  # a bound, should a function make a new one for each event
        _types[value] = data
    return data


def _headers(headers: Any) -> tuple[bytes, int]:
    """The pairs block, and the flag that a header stands for."""
    if not isinstance(headers, dict):
        raise Unanswerable(_mismatch(headers, "headers", "map[string]interface {}"))
    parts, flags = [part for item in headers.items() for part in item], 0
    try:
        block = "\0".join(parts)
    except TypeError:  # not strings only
        parts, flags = _only_strings(headers)
        block = "\0".join(parts)
    if block.count("\0") != max(len(parts) - 1, 0):
        raise Unanswerable("a header's name or value holds a NUL character")
    data = encode_text(block)
    if len(data) > _MAX_HEADERS:
        raise Unanswerable(f"the response's headers take {len(data)} bytes, {_MAX_HEADERS} are possible")
    return data, flags


def _only_strings(headers: dict[Any, Any]) -> tuple[list[str], int]:
    """nuclio drops numbers, booleans and structures; anything else arrives as its repr."""
    parts: list[str] = []
    flags = 0
    for key, value in headers.items():
        name = key if isinstance(key, str) else str(key)
        if isinstance(value, str):
            parts += (name, value)
        elif name.lower() == _NO_ACK:
            flags = layout.NO_ACK if value is True else flags
        elif value is not None and not isinstance(value, (bool, int, float, list, tuple, dict)):
            parts += (name, repr(value))
    return parts, flags


def _mismatch(value: Any, key: str, wanted: str) -> str:
    """The words of the JSON decoder that reads answers in nuclio."""
    return f"json: cannot unmarshal {_go_word(value, wanted)} into Go struct field Result.{key} of type {wanted}"


def _go_word(value: Any, wanted: str) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return f"number {value}" if wanted == "int" else "number"
    if isinstance(value, (list, tuple)):
        return "array"
    return "object" if isinstance(value, dict) else "string"
