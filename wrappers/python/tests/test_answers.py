"""Every form that a handler may return (the table of nuclio's wrapper), over both kinds of connection."""

from __future__ import annotations

import unittest
from typing import Any, ClassVar

from tests.fake_processor import FAILED, MORE, NO_ACK, FakeProcessor

SOURCE = """
import datetime, nuclio_sdk
FORMS = {
    "str": lambda c: "text é", "bytes": lambda c: b"\\x80raw", "dict": lambda c: {"a": 1, "é": None},
    "status_str": lambda c: (201, "made"), "status_dict": lambda c: (404, {"a": [1, 2]}),
    "status_bytes": lambda c: (200, b"x"), "status_none": lambda c: (204, None), "status_list": lambda c: (200, [1, "b"]),
    "none": lambda c: None, "int": lambda c: 5, "bool": lambda c: True, "float": lambda c: 1.5,
    "triple": lambda c: (1, 2, 3), "set": lambda c: {7}, "single": lambda c: ("a",),
    "list": lambda c: [{"a": 1}, {"b": 2}], "empty_list": lambda c: [], "nested": lambda c: [(202, "x")],
    "response": lambda c: c.Response(headers={"X-A": "1"}, body="b", content_type="text/html", status_code=299),
    "response_dict": lambda c: c.Response(body={"k": 1}, content_type="text/html"),
    "response_list": lambda c: c.Response(body=[1, 2], content_type="text/x"),
    "response_none": lambda c: c.Response(), "response_int": lambda c: c.Response(body=3),
    "response_bytes": lambda c: nuclio_sdk.Response(body=b"\\xff", content_type="image/png"),
    "response_zero": lambda c: c.Response(body="z", status_code=0),
    "headers": lambda c: c.Response(headers={"A": "ü", "I": 4, "B": True, "N": None, "Y": b"x"}),
    "headers_nul": lambda c: c.Response(headers={"A": "x\\0y"}),
    "headers_list": lambda c: c.Response(headers=[1]),
    "content_type_int": lambda c: c.Response(content_type=123), "status_text": lambda c: ("abc", "x"),
    "status_bool": lambda c: (True, "x"), "status_float": lambda c: (200.5, "x"), "status_large": lambda c: (70000, "x"),
    "when": lambda c: {"at": datetime.datetime(2020, 1, 1)}, "nan": lambda c: {"n": float("nan"), "i": [float("-inf")]},
    "key": lambda c: {(1, 2): 3}, "surrogate": lambda c: "a\\ud800b", "bytearray": lambda c: bytearray(b"x"),
    "no_ack": lambda c: no_ack(c), "no_ack_by_hand": lambda c: c.Response(headers={"X-Nuclio-Stream-No-Ack": True}),
    "subclass": lambda c: type("S", (str,), {})("sub"), "foreign": lambda c: Foreign().Response(), "large": lambda c: "é" * 20000,
    "generator": lambda c: (part for part in ("one", b"two", 3)), "empty_generator": lambda c: (x for x in ()),
    "response_generator": lambda c: c.Response(body=(x for x in ("a", "b")), status_code=206, content_type="text/csv"),
    "generator_fails_first": lambda c: failing(0), "generator_fails_later": lambda c: failing(2),
    "large_generator": lambda c: (b"x" * 700000 for _ in range(3)),
}
class Foreign:
    class Response:
        def __init__(self):
            self.headers, self.body, self.content_type, self.status_code, self.event_id = {}, "other", "a/b", 203, None
def no_ack(c):
    r = c.Response(body="kept")
    r.ensure_no_ack()
    return r
def failing(after):
    for i in range(after):
        yield str(i)
    raise RuntimeError("broke")
def handler(context, event):
    return FORMS[event.body.decode()](context)
"""

# form: status, content type, body
TABLE: dict[str, tuple[int, str, bytes]] = {
    "str": (200, "text/plain", "text é".encode()),
    "bytes": (200, "text/plain", b"\x80raw"),
    "dict": (200, "application/json", b'{"a": 1, "\\u00e9": null}'),
    "status_str": (201, "text/plain", b"made"),
    "status_dict": (404, "application/json", b'{"a": [1, 2]}'),
    "status_bytes": (200, "application/json", b"\"b'x'\""),
    "status_none": (204, "application/json", b"null"),
    "status_list": (200, "application/json", b'[1, "b"]'),
    "none": (200, "text/plain", b"None"),
    "int": (200, "text/plain", b"5"),
    "bool": (200, "text/plain", b"True"),
    "float": (200, "text/plain", b"1.5"),
    "triple": (200, "text/plain", b"(1, 2, 3)"),
    "set": (200, "text/plain", b"{7}"),
    "single": (200, "text/plain", b"('a',)"),
    "list": (200, "application/json", b'{"a": 1}'),
    "nested": (202, "text/plain", b"x"),
    "response": (299, "text/html", b"b"),
    "response_dict": (200, "application/json", b'{"k": 1}'),
    "response_list": (200, "text/x", b"[1, 2]"),
    "response_none": (200, "text/plain", b"None"),
    "response_int": (200, "text/plain", b"3"),
    "response_bytes": (200, "image/png", b"\xff"),
    "response_zero": (200, "text/plain", b"z"),
    "when": (200, "application/json", b'{"at": "datetime.datetime(2020, 1, 1, 0, 0)"}'),
    "nan": (200, "application/json", b'{"n": "NaN", "i": ["-Infinity"]}'),
    "surrogate": (200, "text/plain", "a\ufffdb".encode()),
    "bytearray": (200, "text/plain", b"bytearray(b'x')"),
    "subclass": (200, "text/plain", b"sub"),
    "foreign": (203, "a/b", b"other"),
    "large": (200, "text/plain", "é".encode() * 20000),
    "generator": (200, "text/plain", b"onetwo3"),
    "empty_generator": (200, "text/plain", b""),
    "response_generator": (206, "text/csv", b"ab"),
    "large_generator": (200, "text/plain", b"x" * 2100000),
}

# form: the body of a 500
REFUSED = {
    "empty_list": "the handler returned an empty list, which holds no response",
    "headers_nul": "a header's name or value holds a NUL character",
    "headers_list": "json: cannot unmarshal array into Go struct field Result.headers of type map[string]interface {}",
    "content_type_int": "json: cannot unmarshal number into Go struct field Result.content_type of type string",
    "status_text": "json: cannot unmarshal string into Go struct field Result.status_code of type int",
    "status_bool": "json: cannot unmarshal bool into Go struct field Result.status_code of type int",
    "status_float": "json: cannot unmarshal number 200.5 into Go struct field Result.status_code of type int",
    "status_large": "status code 70000 is out of range",
}


class AnswerForms:
    """The cases; the kinds of connection are the classes below."""

    transport: ClassVar[str]
    processor: ClassVar[FakeProcessor]

    @classmethod
    def setUpClass(cls) -> None:
        cls.processor = FakeProcessor(cls.transport, SOURCE)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.processor.close()

    def test_table(self: Any) -> None:
        for form, expected in TABLE.items():
            with self.subTest(form):
                answer = self.processor.call(body=form.encode())

                self.assertEqual((answer.code, answer.content_type.decode(), answer.body), expected)
                self.assertEqual(answer.flags & FAILED, 0)

    def test_what_is_no_response(self: Any) -> None:
        for form, words in REFUSED.items():
            with self.subTest(form):
                answer = self.processor.call(body=form.encode())

                self.assertEqual((answer.code, answer.body.decode()), (500, words))
                self.assertTrue(answer.flags & FAILED)

    def test_headers_keep_strings_only(self: Any) -> None:
        answer = self.processor.call(body=b"headers")

        self.assertEqual(answer.headers, {"A": "ü", "Y": "b'x'"})

    def test_no_ack_is_a_flag(self: Any) -> None:
        for form in (b"no_ack", b"no_ack_by_hand"):
            answer = self.processor.call(body=form)

            self.assertTrue(answer.flags & NO_ACK)
            self.assertEqual(answer.headers, {})

    def test_a_key_that_json_has_no_form_for_fails_the_event(self: Any) -> None:
        answer = self.processor.call(body=b"key")

        self.assertEqual(answer.code, 500)
        self.assertIn("Exception caught in handler - ", answer.body.decode())

    def test_a_generator_that_fails_at_once_is_a_plain_500(self: Any) -> None:
        answer = self.processor.call(body=b"generator_fails_first")

        self.assertEqual((answer.code, answer.extra["error"], answer.extra["message"]), (500, "RuntimeError", "broke"))

    def test_a_generator_that_fails_later_ends_with_a_failed_chunk(self: Any) -> None:
        answer = self.processor.call(body=b"generator_fails_later")

        self.assertEqual((answer.code, answer.body), (200, b"01"))
        self.assertTrue(answer.flags & FAILED)
        self.assertFalse(answer.flags & MORE)
        self.assertEqual(answer.extra["error"], "RuntimeError")
        self.assertRegex(answer.extra["at"], r"main\.py:\d+$")


class ShmAnswers(AnswerForms, unittest.TestCase):
    transport = "shm"


class UnixAnswers(AnswerForms, unittest.TestCase):
    transport = "unix"


del AnswerForms
