"""Logger, platform and the rest of the context."""

from __future__ import annotations

import http.server
import json
import threading
import unittest
from typing import Any, Optional

from tests.fake_processor import FAILED, FakeProcessor

SOURCE = """
import threading, asyncio, nuclio_sdk
class Shown:
    def __log__(self): return "shown"
class Broken:
    def __repr__(self): raise ValueError("no repr")
    def __str__(self): return "as str"
def init_context(context):
    context.logger.info("at start")
    context.user_data.count = 0
def handler(context, event):
    do = event.path
    if do == "/logs":
        context.logger.debug("d %s %d", "x", 1)
        context.logger.info_with("i", number=1, nan=float("nan"), shown=Shown(), broken=Broken(), worker_id="mine")
        context.logger.warn("100%")
        context.logger.error_with("e %s", "arg", what={1: 2}, event=nuclio_sdk.Event(body=b"b"))
        context.logger.info("bad %d", "text")
        context.logger.info("m" * 70000)
        context.logger.info_with("large", data="x" * 2000000)
        context.logger.bind(bound=1)
        context.logger.info("bound")
    if do == "/thread":
        threads = [threading.Thread(target=lambda i=i: [context.logger.info(f"{i} {n}") for n in range(100)]) for i in range(4)]
        for thread in threads: thread.start()
        for n in range(100): context.logger.info(f"main {n}")
        for thread in threads: thread.join()
    if do == "/who":
        context.user_data.count += 1
        return [context.worker_id, context.trigger.kind, context.trigger.name, context.trigger_name, context.platform.kind,
                context.platform.namespace, context.user_data.count].__repr__()
    if do == "/ack":
        return ack(context, event)
    if do == "/exit":
        raise SystemExit("leaving")
    if do == "/interrupt":
        raise KeyboardInterrupt
    if do == "/unprintable":
        raise type("E", (Exception,), {"__str__": lambda self: 1 / 0})()
    if do == "/raise":
        raise nuclio_sdk.ExceptionWithResponse(404, "b", "c")
    if do == "/call":
        response = context.platform.call_function("other", nuclio_sdk.Event(body={"n": 1}, method="PUT", path="/p", headers={"A": "b", "Content-Length": "9"}))
        return [response.status_code, response.content_type, response.body, response.headers["x-back"]].__repr__()
    if do == "/call_refused":
        return context.platform.call_function("other", event, timeout=1)
    return ""
async def ack(context, event):
    await context.platform.explicit_ack(nuclio_sdk.QualifiedOffset.from_event(event))
    await context.platform.explicit_ack(nuclio_sdk.QualifiedOffset("t", 1, 2))
    return str(event.compile_explicit_ack_message())
"""


class ContextTest(unittest.TestCase):
    def test_log_records(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, SOURCE) as processor:
                self.assertEqual([(log.path, log.correlation) for log in processor.logs], [(b"at start", 0)])
                processor.logs.clear()
                correlation = processor.event(path=b"/logs")
                processor.answer(correlation)
                logs = processor.logs

                self.assertEqual({log.correlation for log in logs}, {correlation})
                self.assertEqual([log.code for log in logs[:4]], [0, 1, 2, 3])
                self.assertEqual(
                    [log.path for log in logs[:5]], [b"d x 1", b"i", b"100%", b"e arg", b"bad %d ('text',)"]
                )
                self.assertEqual(
                    logs[1].json,
                    {"number": 1, "nan": "NaN", "shown": "shown", "broken": "as str", "worker_id": "3"},
                )
                self.assertEqual(logs[3].json["what"], {"1": 2})
                self.assertEqual(logs[5].path, b"m" * 65535)
                self.assertEqual(logs[6].path, b"large")
                self.assertEqual(logs[7].json, {"bound": 1, "worker_id": "3"})

    def test_records_of_many_threads(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, SOURCE, ring=1 << 14) as processor:
                processor.logs.clear()
                processor.call(path=b"/thread")
                for name in ("0", "1", "2", "3", "main"):
                    words = [log.path.decode() for log in processor.logs if log.path.decode().startswith(name + " ")]
                    self.assertEqual(words, [f"{name} {n}" for n in range(100)])

    def test_who_and_where(self) -> None:
        with FakeProcessor("unix", SOURCE) as processor:
            expected = ["3", "http", "default-http", "default-http", "local", "ns"]
            self.assertEqual(processor.call(path=b"/who").body.decode(), repr([*expected, 1]))
            self.assertEqual(processor.call(path=b"/who").body.decode(), repr([*expected, 2]))

    def test_explicit_acks(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, SOURCE) as processor:
                answer = processor.call(path=b"/ack", shard=4, stream_offset=1 << 40, extra={"topic": "orders"})

                attributes = {"topic": "orders", "partition": 4, "offset": 1 << 40}
                self.assertEqual(answer.body.decode(), str({"kind": "streamMessageAck", "attributes": attributes}))
                acks = [(ack.path, ack.shard, ack.stream_offset) for ack in processor.acks]
                self.assertEqual(acks, [(b"orders", 4, 1 << 40), (b"t", 1, 2)])

    def test_what_a_handler_raises(self) -> None:
        for transport in ("shm", "unix"):
            with self.subTest(transport), FakeProcessor(transport, SOURCE) as processor:
                for path, name in (("/exit", "SystemExit"), ("/interrupt", "KeyboardInterrupt"), ("/unprintable", "E")):
                    answer = processor.call(path=path.encode())
                    self.assertEqual((answer.code, answer.flags & FAILED, answer.extra["error"]), (500, FAILED, name))
                processor.logs.clear()
                answer = processor.call(path=b"/raise")
                text = answer.body.decode()
                self.assertTrue(
                    text.startswith('Exception caught in handler - "b": Traceback (most recent call last):\n'), text
                )
                self.assertIn("nuclio_sdk.exceptions.ExceptionWithResponse: b", text)
                self.assertNotIn("nucleon_wrapper", text)
                self.assertEqual((answer.code, answer.content_type), (500, b"text/plain"))
                self.assertRegex(answer.extra["at"], r"/main\.py:\d+$")
                log = processor.logs[0]
                self.assertEqual((log.code, log.path, log.json["exc"]), (3, b"Exception caught in handler", "b"))
                self.assertIn("Traceback", log.json["traceback"])
                self.assertEqual(processor.call().code, 200)

    def test_calling_another_function(self) -> None:
        with other_functions() as (address, seen):
            with FakeProcessor(
                "unix", SOURCE, platform={"kind": "local", "urls": f"http://{address}/base/"}
            ) as processor:
                answer = processor.call(path=b"/call")

                self.assertEqual(answer.body.decode(), repr([202, "application/json", {"back": True}, "yes"]))
                method, path, headers, body = seen[0]
                self.assertEqual((method, path, json.loads(body)), ("PUT", "/base/other/p", {"n": 1}))
                self.assertEqual(
                    (headers["Content-Type"], headers["X-Nuclio-Target"], headers["A"]),
                    ("application/json", "other", "b"),
                )
            environment = {"NUCLEON_FUNCTION_URLS": address}
            with FakeProcessor("unix", SOURCE, environment=environment) as processor:
                processor.call(path=b"/call")
                self.assertEqual(seen[1][1], "/other/p")

    def test_nobody_there(self) -> None:
        with FakeProcessor("unix", SOURCE, platform={"kind": "local", "urls": "http://127.0.0.1:1"}) as processor:
            self.assertEqual(processor.call(path=b"/call_refused").extra["error"], "ConnectionRefusedError")


class other_functions:
    """An HTTP server that stands for the other functions of the host."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str, Any, bytes]] = []

    def __enter__(self) -> tuple[str, list[tuple[str, str, Any, bytes]]]:
        seen = self.seen

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                seen.append((self.command, self.path, self.headers, body))
                self.send_response(202)
                self.send_header("Content-Type", "application/json")
                self.send_header("X-Back", "yes")
                self.end_headers()
                self.wfile.write(b'{"back": true}')

            def log_message(self, *_: Any) -> None:
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()
        return f"127.0.0.1:{self.server.server_port}", seen

    def __exit__(self, *_: Optional[Any]) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()
