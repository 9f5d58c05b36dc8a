"""The real wrapper: what it answers, how it ends, what it refuses."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path
from typing import Any

from processes import Case, compile_sh, DOTNET, fake, HERE, KINDS, MODES, Processor

FOLDER = tempfile.TemporaryDirectory()


def setUpModule() -> None:
    home = Path(FOLDER.name)
    os.environ["NUCLEON_CACHE"] = str(home / "cache")
    (home / "f").mkdir()
    (home / "f" / "Main.cs").write_text(MODES)
    printed = compile_sh("wrapper", DOTNET).stdout
    lines = dict(line.split("=", 1) for line in printed.splitlines())
    Processor.wrapper = os.path.join(lines["folder"], "nucleon-wrapper.dll")
    Processor.function = str(home / "f")


def tearDownModule() -> None:
    del os.environ["NUCLEON_CACHE"]
    FOLDER.cleanup()


class Transports(Case):
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

    def test_the_segment_by_path(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, by_path=True) as processor:
                self.assertEqual(processor.call(body=b"x").body, b"x")

    def test_an_event_outlives_its_call(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                processor.call(path=b"/keep", body=b"A", headers={"X-H": "h1"})
                for _ in range(50):
                    processor.call(body=b"z" * 5000)

                self.assertEqual(processor.call(path=b"/keep", headers={"X-H": "h2"}).body, b"/keepAh1")

    def test_a_view_is_revoked(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, body="view") as processor:
                for body in (b"v", b"w" * 100_000):
                    answer = processor.call(path=b"/view", body=body, in_arena=kind == "shm" and len(body) > 1)
                    self.assertEqual(answer.body, body)
                    self.assertEqual(processor.call(path=b"/late").body, b"gone")

    def test_spinning(self) -> None:
        with Processor("shm", spin=True) as processor:
            for _ in range(2000):
                self.assertEqual(processor.call(body=b"x").body, b"x")


class Messages(Case):
    def test_logs_from_everywhere(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, ring=1 << 16) as processor:
                correlation = processor.event(path=b"/log")
                self.assertEqual(processor.answer(correlation).body, b"logged")
                self.assertEqual({(len(log.path), log.correlation) for log in processor.logs}, {(1000, correlation)})
                self.assertEqual(len(processor.logs), 200)
                correlation = processor.event(path=b"/thread")
                processor.answer(correlation)
                log = processor.logs[-1]
                self.assertEqual((log.path, log.code, log.correlation), (b"from a thread", 2, correlation))

    def test_explicit_acks(self) -> None:
        with Processor("shm") as processor:
            extra = {"topic": "orders"}
            processor.call(path=b"/ack", extra=extra, shard=3, stream_offset=1 << 40)

            ack = processor.acks[0]
            self.assertEqual((ack.path, ack.shard, ack.stream_offset), (b"orders", 3, 1 << 40))

    def test_drain_terminate_continue(self) -> None:
        for kind in KINDS:
            for mode in ("sync", "async"):
                with self.subTest(f"{kind} {mode}"), Processor(kind, mode=mode) as processor:
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
                    self.assertEqual(processor.logs[1].json, {"worker": 3, "worker_id": "3"})
                    self.assertEqual(processor.logs[2].json["err"], "in callback")
                    self.assertEqual(processor.call().flags, fake.DISCARDED)

    def test_streams(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                whole = processor.call(path=b"/stream", body=b"all")
                first = processor.call(path=b"/stream", body=b"first")
                later = processor.call(path=b"/stream", body=b"later")

                self.assertEqual((whole.code, whole.flags, whole.body), (200, 0, b"one" + b"2" * 300_000))
                self.assertEqual((first.code, first.flags, first.body), (500, fake.FAILED, b"before"))
                self.assertEqual((later.code, later.flags, later.body), (200, fake.FAILED, b"one"))
                self.assertEqual((later.extra["error"], later.extra["message"]), ("InvalidOperationException", "after"))
                self.assertRegex(later.extra["at"], r"Main\.cs:\d+$")

    def test_batches(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, handler="Main:Batch") as processor:
                bodies = (b"a", b"unanswered", b"c")
                flags = (fake.BATCH | fake.BATCHED, fake.BATCH | fake.BATCHED, fake.BATCHED)
                sent = [processor.event(body=body, flags=flag) for body, flag in zip(bodies, flags)]
                answers = [processor.answer(correlation) for correlation in sent]

                self.assertEqual([answer.code for answer in answers], [200, 500, 200])
                self.assertEqual((answers[0].body, answers[2].body), (b"3:a", b"3:c"))
                self.assertEqual(processor.call(body=b"alone").body, b"1:alone")

    def test_a_batch_for_a_handler_of_events(self) -> None:
        with Processor("shm") as processor:
            first = processor.event(body=b"a", flags=fake.BATCH | fake.BATCHED)
            second = processor.event(body=b"b", flags=fake.BATCHED)

            self.assertEqual((processor.answer(first).body, processor.answer(second).body), (b"a", b"b"))


class Several(Case):
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
            with self.subTest(kind), Processor(kind, mode="async") as processor:
                correlation = processor.event(path=b"/cancel")
                self.assertEqual(processor.call(body=b"x").body, b"x")
                processor.send(fake.build(fake.CANCEL, correlation=correlation))

                self.assertEqual(processor.answer(correlation).body, b"cancelled")

    def test_many_answers_from_the_pool(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, mode="async", ring=1 << 16) as processor:
                sent = [processor.event(path=b"/sleep") for _ in range(300)]
                self.assertEqual({processor.answer(correlation).body for correlation in sent}, {b"slept"})

    def test_stop_waits_for_what_is_open(self) -> None:
        with Processor("shm", mode="async") as processor:
            correlation = processor.event(path=b"/sleep")
            processor.send(fake.build(fake.STOP))

            self.assertEqual(processor.answer(correlation).body, b"slept")
            self.assertEqual(processor.wait(), 0)

    def test_an_awaited_task_without_async_mode(self) -> None:
        with Processor("shm") as processor:
            self.assertEqual(processor.call(path=b"/sleep").body, b"slept")

    def test_a_handler_that_can_not_wait_is_refused(self) -> None:
        with Processor("shm", handler="Main:Plain", mode="async", expect_ready=False) as processor:
            self.assertEqual(processor.await_frame(fake.FAULT).json["code"], "NUC-4021")
            self.assertEqual(processor.wait(), 1)


class Ends(Case):
    def test_claimed_covers_what_was_begun(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                gate = self.gate(processor)
                processor.call(body=b"x")
                first = processor._sent
                processor.event(path=b"/wait", body=gate.encode())
                begun = processor._sent
                processor.event(body=b"behind")
                self.await_file(processor, gate + ".in")

                self.assertGreater(begun, first)
                self.assertEqual(processor.claimed, begun)
                processor.process.kill()
                processor.wait()
                self.assertEqual(processor.claimed, begun)

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
                gate = self.gate(processor)
                correlation = processor.event(path=b"/wait", body=gate.encode())
                self.await_file(processor, gate + ".in")
                processor.process.send_signal(signal.SIGINT)
                processor.process.send_signal(signal.SIGTERM)
                self.assertIsNone(processor.process.poll())
                with open(gate, "w"):
                    pass

                self.assertEqual(processor.answer(correlation).body, gate.encode())
                self.assertEqual(processor.wait(), 0)

    def test_sigterm_stops_an_idle_worker(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                processor.call()
                processor.process.send_signal(signal.SIGTERM)

                self.assertEqual(processor.wait(), 0)

    def test_by_hand_it_says_what_it_is(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NUCLEON_")}
        environment["DOTNET_SYSTEM_GLOBALIZATION_INVARIANT"] = "1"
        result = subprocess.run(
            [DOTNET, Processor.wrapper], env=environment, capture_output=True, text=True, timeout=20
        )

        self.assertEqual(result.returncode, 2)
        self.assertIn("NUCLEON_SOCKET", result.stderr)


class Revocation(Case):
    def test_what_lies_behind_the_event_in_hand_is_taken_back(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                gate = self.gate(processor)
                running = processor.event(path=b"/wait", body=gate.encode())
                behind = [processor.event(body=b"taken") for _ in range(3)]
                self.await_file(processor, gate + ".in")
                words, at = processor.words, (fake.REQUEST + 640) // 8
                words[at] = 1
                processor.fence()
                words[at + 1], words[at + 2] = processor.claimed, processor._sent
                words[at] = 2
                later = processor.event(body=b"later")
                with open(gate, "w"):
                    pass

                self.assertEqual(processor.answer(running).body, gate.encode())
                self.assertEqual(processor.answer(later).body, b"later")
                self.assertFalse(set(behind) & set(processor._answers))
                self.assertEqual(words[(fake.REQUEST + 768) // 8], 2)

    def test_the_worker_waits_for_the_decision(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                words, at = processor.words, (fake.REQUEST + 640) // 8
                processor.call()
                words[at] = 1
                correlation = processor.event(body=b"x")
                end = processor._sent
                processor.until(lambda: processor.claimed == end, "the claim")
                words[at + 1], words[at + 2] = processor.claimed, end
                words[at] = 2

                self.assertEqual(processor.answer(correlation).body, b"x")

    def test_a_processor_that_dies_deciding(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind) as processor:
                processor.call()
                processor.words[(fake.REQUEST + 640) // 8] = 1
                processor.event(body=b"x")
                processor.sock.close()

                self.assertEqual(processor.wait(), 0)


class Faults(Case):
    def test_the_hello(self) -> None:
        with Processor("shm") as processor:
            greeting = processor.greeting

            self.assertEqual((greeting["protocol"], greeting["token"], greeting["worker"]), ([1, 0], "c0ffee", 3))
            self.assertEqual((greeting["language"], greeting["shm"], greeting["revoke"]), ("dotnet", True, True))
            self.assertEqual(greeting["pid"], processor.process.pid)
            assert processor.ready is not None
            self.assertEqual(processor.ready.json, {"handler": "Main:Handle", "async": False, "streaming": True})

    def test_a_violation_is_a_fault(self) -> None:
        short = bytearray(fake.build(fake.EVENT))
        short[0] = 63
        for kind in KINDS:
            for frame in (fake.build(fake.RESPONSE), fake.build(16), fake.build(0), bytes(short)):
                with self.subTest(kind, frame=frame[:6]), Processor(kind) as processor:
                    processor.call()
                    processor.send(frame)

                    self.assertEqual(processor.await_frame(fake.FAULT).json["code"], "NUC-2010")
                    self.assertEqual(processor.wait(), 1)

    def test_garbage_for_a_hello(self) -> None:
        for members in ({"segment": 5}, {"segment": {"size": 1}}, {"inlineLimit": "x"}, {"protocol": [2, 0]}):
            with self.subTest(members), Processor("unix", expect_ready=False, **members) as processor:
                self.assertEqual(processor.wait(), 1)
                self.assertRegex(processor.output(), "NUC-20(10|02)")

    def test_no_descriptor(self) -> None:
        class Stingy(Processor):
            def _shake_hands(self, handler: str, overrides: dict[str, Any]) -> None:
                self._by_path, told = True, {"size": self.size, "fd": True, "path": ""}
                super()._shake_hands(handler, {**overrides, "segment": told})
                self.sock.sendall(b"\0")

        with Stingy("shm", expect_ready=False) as processor:
            self.assertEqual(processor.wait(), 1)
            self.assertIn("no descriptor", processor.output())

    def test_source_that_does_not_compile(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "A.cs").write_text("public class A\n{\n    int x = ;\n}\n")
            with Processor("unix", handler="A:M", directory=folder, expect_ready=False) as processor:
                fault = processor.await_frame(fake.FAULT).json

                self.assertEqual((fault["code"], fault["file"], fault["line"]), ("NUC-4022", f"{folder}/A.cs", 3))
                self.assertEqual(fault["source"], "    int x = ;")
                self.assertEqual(processor.wait(), 1)

    def test_an_exception_on_another_thread_ends_the_process(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            code = 'new System.Threading.Thread(() => throw new System.Exception("boom")).Start(); return 1;'
            source = f"public class A {{ public object M(Nuclio.Sdk.Context c, Nuclio.Sdk.Event e) {{ {code} }} }}"
            Path(folder, "A.cs").write_text(source)
            with Processor("unix", handler="A:M", directory=folder) as processor:
                processor.event()

                self.assertNotEqual(processor.wait(), 0)
                self.assertIn("boom", processor.output())


class WithoutCompiler(Case):
    """A .NET that only runs: the same one, without its SDK."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        listed = subprocess.run(
            [DOTNET, "--list-runtimes"], capture_output=True, text=True, timeout=60, check=True
        ).stdout
        root = Path(listed.splitlines()[-1].split("[")[1].rstrip("]")).parents[1]
        shutil.copy(root / "dotnet", self.home / "dotnet")
        for part in ("host", "shared"):
            (self.home / part).symlink_to(root / part)
        self.dotnet = str(self.home / "dotnet")

    def test_the_wrapper_needs_one(self) -> None:
        result = compile_sh("wrapper", self.dotnet, NUCLEON_CACHE=str(self.home / "cache"))

        self.assertEqual(result.returncode, 1)
        fault = json.loads(result.stdout)
        self.assertEqual((fault["code"], fault["title"]), ("NUC-4002", "no .NET SDK found"))
        self.assertIn(self.dotnet, fault["why"])

    def test_a_wrapper_that_is_shipped_does_not(self) -> None:
        shipped = shutil.copytree(HERE.parent, self.home / "wrapper", ignore=shutil.ignore_patterns("built", "tests"))
        self.assertEqual(compile_sh("ship", DOTNET, script=str(shipped / "compile.sh")).returncode, 0)

        result = compile_sh(
            "wrapper", self.dotnet, script=str(shipped / "compile.sh"), NUCLEON_CACHE=str(self.home / "cache")
        )

        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertRegex(result.stdout, f"folder={shipped}/built/[0-9a-f]+\n")

    def test_functions_given_as_source_need_one(self) -> None:
        with self.started() as processor:
            fault = processor.await_frame(fake.FAULT).json

            self.assertEqual((fault["code"], fault["title"]), ("NUC-4002", "no .NET SDK found"))
            self.assertIn("built assembly", fault["fix"])
            self.assertEqual(processor.wait(), 1)

    def test_built_functions_do_not(self) -> None:
        printed = compile_sh("function", DOTNET, Processor.function, str(Path(Processor.wrapper).parent)).stdout
        shutil.copy(printed.strip(), self.home / "handler.dll")
        with self.started(directory=str(self.home), expect_ready=True) as processor:
            self.assertEqual(processor.call(body=b"built").body, b"built")

    def started(self, directory: str = "", expect_ready: bool = False) -> Processor:
        class Bare(Processor):
            dotnet = self.dotnet

        return Bare("unix", directory=directory, expect_ready=expect_ready)


class Compiled(Case):
    def test_sources_are_compiled_once_wherever_they_lie(self) -> None:
        with tempfile.TemporaryDirectory() as home:
            folders = [Path(home, name) for name in ("a", "b", "c,d=e")]
            for folder in folders:
                folder.mkdir()
                (folder / "A.cs").write_text('public class A\n{\n    public static int B = int.Parse("x");\n}\n')
                (folder / "function.yaml").write_text(f"# of {folder}")
            wrapper = str(Path(Processor.wrapper).parent)
            first, second, odd = (compile_sh("function", DOTNET, str(folder), wrapper) for folder in folders)

            self.assertEqual((first.returncode, odd.returncode), (0, 0), first.stdout + odd.stdout)
            self.assertEqual(first.stdout, second.stdout)
            self.assertNotEqual(first.stdout, odd.stdout)


if __name__ == "__main__":
    unittest.main()
