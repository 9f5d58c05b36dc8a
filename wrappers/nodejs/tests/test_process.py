"""The real wrapper: what it answers, how it ends, what it refuses."""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import tempfile
import unittest
import unittest.mock
from pathlib import Path
from typing import Any

from processes import fake, HERE, KINDS, NODE, NODES, Orphan, Processor, WRAPPER, wrapper_cases


class Transports(wrapper_cases.Transports, unittest.TestCase):
    Processor = Processor

    def test_64_mib_in_and_out(self) -> None:
        part = bytes(range(256)) * 256
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                correlation = processor.event(body=part, flags=fake.MORE)
                for i in range(1, 1024):
                    flags = fake.MORE if i < 1023 else 0
                    processor.send(fake.build(fake.CHUNK, correlation=correlation, flags=flags, body=part))

                self.assertTrue(processor.answer(correlation).body == part * 1024)

    def test_views(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, body="view") as processor:
                for body in (b"v", b"w" * 100_000, b"x" * 2_000_000):
                    answer = processor.call(path=b"/view", body=body, in_arena=kind == "shm" and len(body) > 1)
                    self.assertEqual(answer.body, body)

    def test_a_worker_without_the_package_asks_for_the_socket(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            bare = Path(folder)
            for file in HERE.parent.glob("*.js*"):
                shutil.copy(file, bare)
            with unittest.mock.patch("processes.WRAPPER", bare / "wrapper.js"), Processor("unix") as processor:
                self.assertFalse(processor.greeting["shm"])
                self.assertIn("koffi", processor.greeting["why"])
                self.assertEqual(processor.call(body=b"x").body, b"x")


class Messages(wrapper_cases.Messages, unittest.TestCase):
    Processor = Processor
    batch_handler = "main:batch"
    alone_flags = fake.BATCHED
    terminating = {"reason": "told to", "worker_id": "3"}
    callback_error = "Error: in callback"

    def test_logs(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, ring=1 << 16) as processor:
                correlation = processor.event(path=b"/log")
                self.assertEqual(processor.answer(correlation).body, b"logged")
                self.assertEqual({(len(log.path), log.correlation) for log in processor.logs}, {(1000, correlation)})
                self.assertEqual(len(processor.logs), 200)

    def test_streams(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                whole = processor.call(path=b"/stream", body=b"all")
                first = processor.call(path=b"/stream", body=b"first")
                later = processor.call(path=b"/stream", body=b"later")

                self.assertEqual((whole.code, whole.flags, whole.body), (200, 0, b"one" + b"2" * 300_000))
                self.assertEqual((first.code, first.flags), (500, fake.FAILED))
                self.assertTrue(first.body.startswith(b"Error in handler: TypeError: before\n"))
                self.assertEqual((later.code, later.flags, later.body), (200, fake.FAILED, b"one"))
                self.assertEqual((later.extra["error"], later.extra["message"]), ("TypeError", "after"))
                self.assertRegex(later.extra["at"], r"main\.js:\d+$")

    def test_what_goes_wrong_after_the_answer_is_told(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                for path, what in ((b"/reject-after", "waits for it"), (b"/throw-after", "catches it")):
                    self.assertEqual(processor.call(path=path).body, b"answered")
                    processor.until(lambda: processor.logs, "the log of what nobody handles")
                    self.assertIn(what, processor.logs.pop().json["err"])
                    self.assertEqual(processor.call(body=b"next").body, b"next")


class Revokes(wrapper_cases.Revokes, unittest.TestCase):
    Processor = Processor
    revoking = ("shm",)


class Several(wrapper_cases.Several, unittest.TestCase):
    Processor = Processor


class Starts(unittest.TestCase):
    def test_an_export_that_is_set_later(self) -> None:
        source = "setTimeout(() => { exports.handler = async () => 'set later'; }, 50);"
        with Processor("unix", source) as processor:
            self.assertEqual(processor.call().body, b"set later")

    def test_a_name_alone_is_one_of_handler_js(self) -> None:
        with Processor("unix", "exports.run = async () => 'run';", name="handler.js", handler="run") as processor:
            self.assertEqual(processor.call().body, b"run")


class Ends(unittest.TestCase):
    def begin_waiting(self, processor: Processor) -> tuple[int, str]:
        gate = str(processor.home / "gate")
        os.mkfifo(gate)
        correlation = processor.event(path=b"/wait", body=gate.encode())
        processor.until(lambda: os.path.exists(gate + ".in"), "the handler to begin")
        return correlation, gate

    def test_claimed_covers_what_was_begun(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                processor.call(body=b"x")
                first = processor._sent
                self.begin_waiting(processor)
                begun = processor._sent
                processor.event(body=b"behind")

                self.assertGreater(begun, first)
                self.assertEqual(processor.claimed, begun)
                processor.process.kill()
                processor.wait()
                self.assertEqual(processor.claimed, begun)

    def test_what_was_taken_back_is_skipped(self) -> None:
        with Processor("shm") as processor:
            _, gate = self.begin_waiting(processor)
            skipped = [processor.event(body=b"skipped") for _ in range(3)]
            words = processor.words
            words[(fake.REQUEST + 640) // 8] = 1
            processor.fence()
            words[(fake.REQUEST + 648) // 8] = words[(fake.REQUEST + 128) // 8]
            words[(fake.REQUEST + 656) // 8] = words[fake.REQUEST // 8]
            words[(fake.REQUEST + 640) // 8] = 2
            processor.open_gate(gate)

            self.assertEqual(processor.call(body=b"kept").body, b"kept")
            self.assertEqual(words[(fake.REQUEST + 768) // 8], 2)
            self.assertFalse(any(correlation in processor._answers for correlation in skipped))

    def test_the_processors_end_ends_an_idle_worker(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                processor.call()
                processor.sock.close()

                self.assertEqual(processor.wait(), 0)

    def test_stop_finishes_what_came_before(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                correlation = processor.event(body=b"last", send=False)
                processor.send(fake.build(fake.STOP))

                self.assertEqual(processor.answer(correlation).body, b"last")
                self.assertEqual(processor.wait(), 0)
                self.assertEqual(processor.output(), "bye\n")

    def test_sigterm_stops_after_the_event_in_hand(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                correlation, gate = self.begin_waiting(processor)
                processor.process.send_signal(signal.SIGINT)
                processor.process.send_signal(signal.SIGTERM)
                processor.open_gate(gate)

                self.assertEqual(processor.answer(correlation).body, gate.encode())
                self.assertEqual(processor.wait(), 0)

    def test_an_exit_of_the_handler_is_the_process_own(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                before = processor.event(body=b"before", send=False)
                processor.event(path=b"/exit")

                self.assertEqual(processor.wait(), 3)
                self.assertEqual(processor.answer(before).body, b"before")

    def test_the_parents_end_ends_a_busy_worker(self) -> None:
        busy = "exports.handler = (context, event) => { require('node:fs').writeFileSync('began', ''); for (;;); };"
        for with_koffi in (True, False):
            with self.subTest(with_koffi=with_koffi), tempfile.TemporaryDirectory() as folder:
                wrapper = WRAPPER
                if not with_koffi:
                    for file in HERE.parent.glob("*.js*"):
                        shutil.copy(file, folder)
                    wrapper = Path(folder) / "wrapper.js"
                with Orphan(wrapper, busy) as processor:
                    processor.event()
                    processor.until(lambda: (processor.home / "began").exists(), "the handler to begin")
                    worker = os.pidfd_open(processor.greeting["pid"])
                    processor.process.kill()
                    processor.process.wait()
                    ended = select.select([worker], [], [], fake.LIMIT_SECONDS)[0]
                    os.close(worker)
                    self.assertTrue(ended)


class Refusals(unittest.TestCase):
    """A FAULT with code, place and words, and exit status 1."""

    def fault(self, source: str, handler: str = "main:handler", kind: str = "unix", **more: Any) -> dict[str, Any]:
        with Processor(kind, source, handler=handler, expect_ready=False, **more) as processor:
            found: dict[str, Any] = processor.await_frame(fake.FAULT).json
            self.assertEqual(processor.wait(), 1)
            return found

    def test_a_syntax_error(self) -> None:
        for kind in KINDS:
            fault = self.fault("exports.handler = () => {\n  retrun 1;\n};\n", kind=kind)

            self.assertEqual((fault["code"], fault["line"], fault["column"]), ("NUC-4022", 2, 10))
            self.assertTrue(fault["file"].endswith("main.js"))
            self.assertIn("retrun 1", fault["detail"])

    def test_a_syntax_error_in_a_module(self) -> None:
        broken = "export const handler = () => {\n  retrun 1;\n};\n"
        outer = "console.log('runs');\nexport { handler } from './broken.mjs';\n"
        for node in NODES:
            for source, name, files in ((broken, "main.mjs", {}), (outer, "main.mjs", {"broken.mjs": broken})):
                with Processor("unix", source, node, name, files=files, expect_ready=False) as processor:
                    fault = processor.await_frame(fake.FAULT).json
                    self.assertEqual(processor.wait(), 1)
                    self.assertEqual((fault["code"], fault["line"], fault["column"]), ("NUC-4022", 2, 10))
                    self.assertTrue(fault["file"].endswith("broken.mjs" if files else "main.mjs"))
                    self.assertNotIn("runs", processor.output())

    def test_a_syntax_error_that_a_module_throws(self) -> None:
        for name in ("main.js", "main.mjs"):
            fault = self.fault("\nJSON.parse('many');", name=name)

            self.assertEqual((fault["code"], fault["line"]), ("NUC-4023", 2))
            self.assertIn("SyntaxError: Unexpected token", fault["title"])

    def test_an_export_that_is_not_there(self) -> None:
        fault = self.fault("exports.handle = () => {};")

        self.assertEqual(fault["code"], "NUC-4021")
        self.assertIn("did you mean 'handle'?", fault["fix"])

    def test_an_export_that_is_no_function(self) -> None:
        self.assertIn("can't be called", self.fault("exports.handler = 5;")["title"])

    def test_a_module_that_is_not_there(self) -> None:
        self.assertEqual(self.fault("", handler="mian:handler")["fix"], "did you mean 'main'?")

    def test_no_handler_form(self) -> None:
        self.assertEqual(self.fault("", handler="main.handler")["code"], "NUC-4021")

    def test_an_exception_while_loading(self) -> None:
        fault = self.fault("\n\nthrow new TypeError('too early');")

        self.assertEqual((fault["code"], fault["line"]), ("NUC-4023", 3))
        self.assertIn("TypeError: too early", fault["title"])

    def test_a_package_that_is_not_there(self) -> None:
        for source, name in (("require('left-pad/x');", "main.js"), ("import 'left-pad/x';", "main.mjs")):
            fault = self.fault(source, name=name)

            self.assertEqual(fault["code"], "NUC-4023")
            self.assertIn("npm install left-pad,", fault["fix"])

    def test_an_init_hook_that_throws(self) -> None:
        for throwing in ("() => { throw new TypeError('no'); }", "async () => { throw new TypeError('no'); }"):
            fault = self.fault(f"exports.handler = () => {{}};\nexports.initContext = {throwing};")

            self.assertEqual((fault["code"], fault["line"]), ("NUC-4024", 2))
            self.assertIn("TypeError: no", fault["title"])

    def test_another_protocol(self) -> None:
        fault = self.fault_before(protocol=[2, 0])

        self.assertIn("NUC-2002", fault)

    def test_garbage_for_a_hello(self) -> None:
        for members in (
            {"segment": 5},
            {"segment": {"size": 1, "path": "/x"}},
            {"inlineLimit": "x"},
            {"triggers": [1]},
        ):
            with self.subTest(members):
                self.assertIn("NUC-2010", self.fault_before(**members))

    def fault_before(self, **members: Any) -> str:
        """What a worker prints that has no connection yet to say it by."""
        with Processor("unix", expect_ready=False, **members) as processor:
            self.assertEqual(processor.wait(), 1)
            return processor.output()

    def test_a_segment_that_is_none(self) -> None:
        for at, data in ((0, b"NUCLEAR"), (24, b"\x09"), (16, b"\x01"), (32, b"\xff" * 6)):
            with self.subTest(at), Processor("shm", expect_ready=False, preamble={at: data}) as processor:
                self.assertEqual(processor.wait(), 1)
                self.assertIn("NUC-2010", processor.output())
        with Processor("shm", expect_ready=False, preamble={8: b"\x02"}) as processor:
            self.assertEqual(processor.wait(), 1)
            self.assertIn("NUC-2002", processor.output())

    def test_a_violation(self) -> None:
        short = bytearray(fake.build(fake.EVENT))
        short[0] = 63
        for kind in KINDS:
            for frame in (fake.build(fake.RESPONSE), fake.build(16), fake.build(0), bytes(short)):
                with self.subTest(kind, frame=frame[:6]), Processor(kind) as processor:
                    processor.call()
                    processor.send(frame)

                    self.assertEqual(processor.await_frame(fake.FAULT).json["code"], "NUC-2010")
                    self.assertEqual(processor.wait(), 1)

    def test_frames_of_another_epoch_are_dropped(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                processor.send(fake.build(fake.EVENT, epoch=6, correlation=77))

                self.assertEqual(processor.call(body=b"x").body, b"x")
                self.assertNotIn(77, processor._answers)

    def test_started_by_hand(self) -> None:
        run = subprocess.run([NODE, str(WRAPPER)], capture_output=True, text=True, timeout=20)

        self.assertEqual(run.returncode, 2)
        self.assertIn("NUCLEON_SOCKET", run.stderr)


if __name__ == "__main__":
    unittest.main()
