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

from processes import fake, HERE, KINDS, NODE, NODES, Orphan, Processor, strips, version, WRAPPER


class Transports(unittest.TestCase):
    def test_many_sizes_wrap_around(self) -> None:
        sizes = [0, 1, 63, 64, 65, 100, 1000, 4000, 16000, 16384, 16385, 40000]
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, ring=1 << 17, arena=1 << 18, chunk=1 << 12) as processor:
                for i in range(400):
                    body = bytes([i & 255]) * sizes[i % len(sizes)]
                    in_arena = kind == "shm" and len(body) > 16384
                    self.assertEqual(processor.call(body=body, in_arena=in_arena).body, body)

    def test_a_burst_larger_than_the_response_ring(self) -> None:
        with Processor("shm", ring=1 << 16) as processor:
            sent = [(processor.event(body=bytes([i & 255]) * 3000), bytes([i & 255]) * 3000) for i in range(300)]

            for correlation, body in sent:
                self.assertEqual(processor.answer(correlation).body, body)

    def test_answers_in_the_arena_and_in_chunks(self) -> None:
        sizes = [16384, 16385, 100_000, 300_000, 524_288, 524_289, 2_000_000]
        with Processor("shm", arena=1 << 19, chunk=1 << 14) as processor:
            sent = [(processor.event(path=b"/size", body=str(size).encode()), size) for size in sizes * 4]

            for correlation, size in sent:
                answer = processor.answer(correlation)
                self.assertEqual(answer.body, bytes([65 + size % 26]) * size)
                self.assertEqual(bool(answer.arena), 16384 < size <= 524_288)

    def test_answers_in_chunks_over_the_socket(self) -> None:
        with Processor("unix", maxFrame=100_000) as processor:
            for path in (b"/size", b"/bytes"):
                for size in (99_000, 100_000, 450_001):
                    body = processor.call(path=path, body=str(size).encode()).body
                    self.assertEqual((len(body), len(set(body))), (size, 1))

    def test_a_body_in_chunks(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                correlation = processor.event(body=b"first ", flags=fake.MORE)
                processor.send(fake.build(fake.CHUNK, correlation=correlation, flags=fake.MORE, body=b"second "))
                processor.send(fake.build(fake.CANCEL, correlation=99))
                processor.send(fake.build(fake.CHUNK, correlation=correlation, body=b"third"))

                self.assertEqual(processor.answer(correlation).body, b"first second third")
                self.assertEqual(processor.call(body=b"next").body, b"next")

    def test_64_mib_in_and_out(self) -> None:
        part = bytes(range(256)) * 256
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                correlation = processor.event(body=part, flags=fake.MORE)
                for i in range(1, 1024):
                    flags = fake.MORE if i < 1023 else 0
                    processor.send(fake.build(fake.CHUNK, correlation=correlation, flags=flags, body=part))

                self.assertTrue(processor.answer(correlation).body == part * 1024)

    def test_an_event_outlives_its_call(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                processor.call(path=b"/keep", body=b"A", headers={"X-H": "h1"})
                for _ in range(50):
                    processor.call(body=b"z" * 5000)

                self.assertEqual(processor.call(path=b"/keep", headers={"X-H": "h2"}).body, b"/keepAh1")

    def test_views(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, body="view") as processor:
                for body in (b"v", b"w" * 100_000, b"x" * 2_000_000):
                    answer = processor.call(path=b"/view", body=body, in_arena=kind == "shm" and len(body) > 1)
                    self.assertEqual(answer.body, body)

    def test_spinning(self) -> None:
        with Processor("shm", spin=True) as processor:
            for _ in range(2000):
                self.assertEqual(processor.call(body=b"x").body, b"x")

    def test_a_worker_without_the_package_asks_for_the_socket(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            bare = Path(folder)
            for file in HERE.parent.glob("*.js*"):
                shutil.copy(file, bare)
            with unittest.mock.patch(f"{__name__}.WRAPPER", bare / "wrapper.js"), Processor("unix") as processor:
                self.assertFalse(processor.greeting["shm"])
                self.assertIn("koffi", processor.greeting["why"])
                self.assertEqual(processor.call(body=b"x").body, b"x")


class Messages(unittest.TestCase):
    def test_logs(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, ring=1 << 16) as processor:
                correlation = processor.event(path=b"/log")
                self.assertEqual(processor.answer(correlation).body, b"logged")
                self.assertEqual({(len(log.path), log.correlation) for log in processor.logs}, {(1000, correlation)})
                self.assertEqual(len(processor.logs), 200)

    def test_explicit_acks(self) -> None:
        with Processor("shm") as processor:
            processor.call(path=b"/ack", extra={"topic": "orders"}, shard=3, stream_offset=1 << 40)

            ack = processor.acks[0]
            self.assertEqual((ack.path, ack.shard, ack.stream_offset), (b"orders", 3, 1 << 40))

    def test_drain_terminate_continue(self) -> None:
        for kind in KINDS:
            for mode in ("sync", "async"):
                with self.subTest(f"{kind} {mode}"), Processor(kind, mode=mode, inFlight=16) as processor:
                    self.assertEqual(processor.call(body=b"ran").body, b"ran")
                    for number in (11, 12):
                        processor.send(fake.build(fake.DRAIN, correlation=number))
                        self.assertEqual(processor.await_frame(fake.DONE).correlation, number)
                    self.assertEqual([log.path for log in processor.logs], [b"draining"])
                    self.assertEqual(processor.call().flags, fake.DISCARDED)
                    processor.send(fake.build(fake.CONTINUE))
                    self.assertEqual(processor.call(body=b"ran").body, b"ran")
                    processor.send(fake.build(fake.TERMINATE, correlation=13))
                    self.assertEqual(processor.await_frame(fake.DONE).correlation, 13)
                    self.assertEqual(processor.logs[1].json, {"reason": "told to", "worker_id": "3"})
                    self.assertEqual(processor.logs[2].json["err"], "Error: in callback")
                    self.assertEqual(processor.call().flags, fake.DISCARDED)

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

    def test_batches(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, handler="main:batch") as processor:
                bodies = (b"a", b"unanswered", b"c")
                flags = (fake.BATCH | fake.BATCHED, fake.BATCH | fake.BATCHED, fake.BATCHED)
                sent = [processor.event(body=body, flags=flag) for body, flag in zip(bodies, flags)]
                answers = [processor.answer(correlation) for correlation in sent]

                self.assertEqual([answer.code for answer in answers], [200, 500, 200])
                self.assertEqual((answers[0].body, answers[2].body), (b"3:a", b"3:c"))
                self.assertEqual(processor.call(body=b"alone", flags=fake.BATCHED).body, b"1:alone")

    def test_what_goes_wrong_after_the_answer_is_told(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                for path, what in ((b"/reject-after", "waits for it"), (b"/throw-after", "catches it")):
                    self.assertEqual(processor.call(path=path).body, b"answered")
                    processor.until(lambda: processor.logs, "the log of what nobody handles")
                    self.assertIn(what, processor.logs.pop().json["err"])
                    self.assertEqual(processor.call(body=b"next").body, b"next")


class Several(unittest.TestCase):
    def test_events_wait_side_by_side(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, mode="async", inFlight=16) as processor:
                waiting = [processor.event(path=b"/await", body=bytes([65 + i])) for i in range(8)]
                for _ in waiting:
                    self.assertEqual(processor.call(path=b"/release").body, b"released")

                found = {processor.answer(correlation).body for correlation in waiting}
                self.assertEqual(found, {bytes([65 + i]) for i in range(8)})

    def test_cancel(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, mode="async", inFlight=16) as processor:
                correlation = processor.event(path=b"/cancel")
                self.assertEqual(processor.call(body=b"x").body, b"x")
                processor.send(fake.build(fake.CANCEL, correlation=correlation))

                self.assertEqual(processor.answer(correlation).body, b"cancelled")

    def test_many_answers(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, mode="async", inFlight=16, ring=1 << 16) as processor:
                sent = [processor.event(path=b"/sleep") for _ in range(300)]
                self.assertEqual({processor.answer(correlation).body for correlation in sent}, {b"slept"})

    def test_stop_waits_for_what_is_open(self) -> None:
        with Processor("shm", mode="async", inFlight=16) as processor:
            correlation = processor.event(path=b"/sleep")
            processor.send(fake.build(fake.STOP))

            self.assertEqual(processor.answer(correlation).body, b"slept")
            self.assertEqual(processor.wait(), 0)


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
            Path(gate).write_text("")

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
                Path(gate).write_text("")

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
        fault = self.fault("export const handler = () => {\n  retrun 1;\n};\n", name="main.mjs")

        self.assertEqual(fault["code"], "NUC-4022")
        self.assertTrue(fault["file"].endswith("main.mjs"))

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


class Versions(unittest.TestCase):
    """With each Node.js that is to be had."""

    TYPED = """
    import type { IncomingMessage } from 'node:http';
    interface Event { body: Buffer; path: string }
    type Answer = string | [number, string];
    const decorate = (text: string, mark: string = '!'): Answer => [201, text + mark];
    export const handler = async (context: unknown, event: Event): Promise<Answer> => decorate(event.body.toString());
    """
    COMMON = """
    interface Event { body: Buffer }
    exports.handler = async (context: any, event: Event) => event.body.toString() + '!';
    """

    def test_events(self) -> None:
        for node in NODES:
            for kind in KINDS:
                with self.subTest(node=version(node), kind=kind), Processor(kind, node=node) as processor:
                    for body in (b"", b"x" * 1000, b"y" * 100_000):
                        in_arena = kind == "shm" and len(body) > 16384
                        self.assertEqual(processor.call(body=body, in_arena=in_arena).body, body)
                    self.assertEqual(processor.call(path=b"/sleep").body, b"slept")
                    whole = processor.call(path=b"/stream", body=b"all")
                    self.assertEqual(len(whole.body), 300_003)

    def test_modules(self) -> None:
        module = "import { name } from 'beside';\nexport const handler = async () => name + import.meta.url.slice(-8);"
        package = {"node_modules/beside/package.json": '{"type": "module", "exports": "./x.js"}'}
        package["node_modules/beside/x.js"] = "export const name = 'beside ';"
        for node in NODES:
            for name, more in (("main.mjs", {}), ("main.js", {"package.json": '{"type": "module"}'})):
                with self.subTest(node=version(node), name=name):
                    with Processor("unix", module, node, name, files={**package, **more}) as processor:
                        self.assertEqual(processor.call().body, b"beside " + f"/{name}".encode()[-8:])

    def test_types(self) -> None:
        seen = set()
        for node in NODES:
            seen.add(strips(node))
            for name, source, more in self.typed():
                with self.subTest(node=version(node), name=name):
                    ready = strips(node) != "never"
                    with Processor("unix", source, node, name, files=more, expect_ready=ready) as processor:
                        if ready:
                            self.assertEqual(processor.call(body=b"typed").body, b"typed!")
                            # By the option Node.js warns that it may change its mind.
                            said = "ExperimentalWarning: Type Stripping" if strips(node) == "by option" else "^$"
                            self.assertRegex(processor.output(), said)
                        else:
                            fault = processor.await_frame(fake.FAULT).json
                            self.assertEqual(fault["code"], "NUC-4022")
                            self.assertRegex(fault["title"], r"is TypeScript, which this Node.js does not read$")
                            self.assertIn("22.18", fault["fix"])
                            self.assertEqual(processor.wait(), 1)
        if len(NODES) > 1:
            self.assertEqual(seen, {"never", "by option", "always"})

    def typed(self) -> list[tuple[str, str, dict[str, str]]]:
        return [
            ("main.mts", self.TYPED, {}),
            ("main.ts", self.TYPED, {"package.json": '{"type": "module"}'}),
            ("main.cts", self.COMMON, {}),
            ("main.ts", self.COMMON, {}),
        ]


if __name__ == "__main__":
    unittest.main()
