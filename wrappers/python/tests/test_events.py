"""What a handler sees of an event, and how long it may keep it."""

from __future__ import annotations

import json
import re
import unittest
from typing import Any, ClassVar

from tests.fake_processor import LAST_IN_BATCH, MORE, OBJECT, CHUNK, FakeProcessor, build, pairs

SOURCE = '''
import copy, datetime, json, pickle
kept = []
def handler(context, event):
    what = event.get_header("X-Do")
    if what == "all":
        return json.dumps({n: repr(getattr(event, n)) for n in NAMES} | {"trigger": [event.trigger.kind, event.trigger.name]})
    if what == "keep":
        kept.append(event)
        return "kept"
    if what == "kept":
        seen = [[e.path, e.body.decode(), e.headers["X-Do"], e.size] for e in kept]
        kept.clear()
        return {"kept": seen}
    if what == "copy":
        kept.append(copy.copy(event)); kept.append(pickle.loads(pickle.dumps(event)))
        return "copied"
    if what == "set":
        event.body, event.mine = "other", 1
        return event.body + str(event.mine) + event.to_json()[:1]
    if what == "missing":
        return str(hasattr(event, "nothing"))
    if what == "bad":
        return event.headers["X-Bad"]
    if what == "ids":
        return [event.id] and event.id + " " + event.id
    return repr(event.body)
NAMES = """body content_type fields headers id method path size timestamp url shard_id num_shards type type_version version
last_in_batch offset topic""".split()
'''


class Events:
    transport: ClassVar[str]
    processor: ClassVar[FakeProcessor]

    @classmethod
    def setUpClass(cls) -> None:
        cls.processor = FakeProcessor(cls.transport, SOURCE)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.processor.close()

    def do(self, what: str, **event: Any) -> str:
        headers = {"X-Do": what, **event.pop("headers", {})}
        answer = self.processor.call(headers=headers, **event)
        return answer.body.decode()

    def test_every_attribute(self: Any) -> None:
        seen = json.loads(
            self.do(
                "all",
                body=b"\x80b",
                method="PUT",
                path=b"/a b/\xc3\xa9\0x=1&y=a%20b+c&x=2&flag&&=v&bad=%zz",
                content_type=b"text/x; charset=utf-8",
                id=b"id-1",
                headers={"Foo-Bar": "é"},
                extra={
                    "url": "u",
                    "type": "t",
                    "type_version": "tv",
                    "version": "v",
                    "topic": "top",
                    "num_shards": "12",
                },
                time_nanos=1_700_000_000_999_999_999,
                shard=4,
                stream_offset=-9,
                flags=LAST_IN_BATCH,
            )
        )

        self.assertEqual(seen["body"], repr(b"\x80b"))
        self.assertEqual(seen["content_type"], repr("text/x; charset=utf-8"))
        self.assertEqual(seen["fields"], repr({"x": "2", "y": "a b c", "flag": "", "": "v", "bad": "%zz"}))
        self.assertEqual(seen["headers"], repr({"X-Do": "all", "Foo-Bar": "é"}))
        self.assertEqual((seen["id"], seen["method"], seen["path"]), (repr("id-1"), repr("PUT"), repr("/a b/é")))
        self.assertEqual((seen["size"], seen["shard_id"], seen["num_shards"], seen["offset"]), ("2", "4", "12", "-9"))
        self.assertEqual(seen["timestamp"], "datetime.datetime(2023, 11, 14, 22, 13, 20)")
        self.assertEqual(
            [seen[n] for n in ("url", "type", "type_version", "version", "topic")],
            ["'u'", "'t'", "'tv'", "'v'", "'top'"],
        )
        self.assertEqual((seen["last_in_batch"], seen["trigger"]), ("True", ["http", "default-http"]))

    def test_an_empty_event(self: Any) -> None:
        seen = json.loads(self.do("all", method="BREW", extra={"method": "BREW"}, path=b""))

        self.assertEqual((seen["body"], seen["path"], seen["method"], seen["fields"]), ("b''", "'/'", "'BREW'", "{}"))
        self.assertEqual((seen["shard_id"], seen["topic"], seen["last_in_batch"]), ("-1", "''", "False"))

    def test_an_id_is_made_once_when_it_is_read(self: Any) -> None:
        first, second = self.do("ids").split(" ")
        other = self.do("ids").split(" ")[0]

        self.assertEqual(first, second)
        self.assertNotEqual(first, other)
        self.assertTrue(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first))

    def test_json_is_parsed_for_exactly_its_content_type(self: Any) -> None:
        body = b'{"a": [1]}'

        self.assertEqual(self.do("", body=body, content_type=b"application/json"), "{'a': [1]}")
        self.assertEqual(self.do("", body=body, content_type=b"application/json; charset=utf-8"), repr(body))
        self.assertEqual(self.do("", body=body, content_type=b"application/JSON"), repr(body))
        self.assertEqual(self.do("", body=b"{", content_type=b"application/json"), "b'{'")
        self.assertEqual(self.do("", body=body, flags=OBJECT), "{'a': [1]}")

    def test_attributes_can_be_set(self: Any) -> None:
        self.assertEqual(self.do("set", body=b"x"), "other1{")
        self.assertEqual(self.do("missing"), "False")

    def test_a_header_that_is_no_utf8_fails_its_event_only(self: Any) -> None:
        answer = self.processor.call(headers={"X-Do": "bad", b"X-Bad": b"\xff"})
        untouched = self.processor.call(body=b"fine")

        self.assertEqual((answer.code, answer.extra["error"]), (500, "UnicodeDecodeError"))
        self.assertEqual(untouched.body, b"b'fine'")

    def test_an_event_that_is_kept_stays_whole(self: Any) -> None:
        self.do("keep", body=b"one", path=b"/one")
        if self.transport == "shm":
            self.do("keep", body=b"t" * 70000, path=b"/two", in_arena=True)
        for _ in range(3):
            self.do("copy", body=b"c", path=b"/copy")
        for _ in range(200):
            self.processor.call(body=b"z" * 16000)

        kept = json.loads(self.do("kept"))["kept"]
        expected = [["/one", "one", "keep", 3]] + [["/two", "t" * 70000, "keep", 70000]] * (self.transport == "shm")
        self.assertEqual(kept, expected + [["/copy", "c", "copy", 1]] * 6)

    def test_a_body_in_chunks(self: Any) -> None:
        correlation = self.processor.event(body=b"a" * 10, flags=MORE)
        for part, flags in ((b"b" * 5000, MORE), (b"", MORE), (b"c", 0)):
            self.processor.send(build(CHUNK, flags, correlation=correlation, body=part))

        self.assertEqual(self.processor.answer(correlation).body.decode(), repr(b"a" * 10 + b"b" * 5000 + b"c"))


class ShmEvents(Events, unittest.TestCase):
    transport = "shm"

    def test_a_body_in_the_arena(self) -> None:
        body = bytes(range(256)) * 4000

        self.assertEqual(self.do("", body=body, in_arena=True), repr(body))


class UnixEvents(Events, unittest.TestCase):
    transport = "unix"


class Bytes(unittest.TestCase):
    def test_strings_stay_bytes_when_asked(self) -> None:
        source = "def handler(c, e): return repr([e.path, e.method, e.headers, e.fields, e.id, e.trigger.kind, e.body, e.get_header(b'x-a')])"
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, source, decodeEventStrings=False) as processor:
                event = {"headers": {"X-A": "1"}, "path": b"/p\0a=b", "content_type": b"application/json", "id": b"i"}
                answer = processor.call(body=b"[1]", **event)

                self.assertEqual(
                    answer.body.decode(),
                    "[b'/p', b'POST', {b'X-A': b'1'}, {b'a': b'b'}, b'i', b'http', [1], b'1']",
                )


class Views(unittest.TestCase):
    SOURCE = """
views = []
def handler(context, event):
    if event.path == "/kept":
        try:
            return str(bytes(views[-1]))
        except ValueError as failure:
            return str(failure)
    views.append(event.body)
    if event.path == "/write":
        event.body[0] = 1
    return event.body if event.path == "/echo" else type(event.body).__name__
"""

    def test_a_view_ends_with_its_call(self) -> None:
        with FakeProcessor("shm", self.SOURCE, body="view") as processor:
            body = b"v" * 100_000

            self.assertEqual(processor.call(body=body, in_arena=True).body, b"memoryview")
            self.assertIn("released", processor.call(path=b"/kept").body.decode())
            self.assertEqual(processor.call(body=body, in_arena=True, path=b"/echo").body, body)
            self.assertEqual(processor.call(body=b"small", path=b"/echo").body, b"small")
            self.assertEqual(processor.call(body=body, in_arena=True, path=b"/write").extra["error"], "TypeError")

    def test_views_over_the_socket(self) -> None:
        with FakeProcessor("unix", self.SOURCE, body="view") as processor:
            self.assertEqual(processor.call(body=b"x" * 100_000, path=b"/echo").body, b"x" * 100_000)


del Events
