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

from processes import Case, compile_sh, DOTNET, fake, HERE, KINDS, MODES, Processor, wrapper_cases

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


class Transports(wrapper_cases.Transports, Case):
    Processor = Processor

    def test_the_segment_by_path(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, by_path=True) as processor:
                self.assertEqual(processor.call(body=b"x").body, b"x")

    def test_a_view_is_revoked(self) -> None:
        for kind in KINDS:
            with self.subTest(kind), Processor(kind, body="view") as processor:
                for body in (b"v", b"w" * 100_000):
                    answer = processor.call(path=b"/view", body=body, in_arena=kind == "shm" and len(body) > 1)
                    self.assertEqual(answer.body, body)
                    self.assertEqual(processor.call(path=b"/late").body, b"gone")


class Messages(wrapper_cases.Messages, Case):
    Processor = Processor
    batch_handler = "Main:Batch"
    alone_flags = 0
    terminating = {"worker": 3, "worker_id": "3"}
    callback_error = "in callback"

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

    def test_a_batch_for_a_handler_of_events(self) -> None:
        with Processor("shm") as processor:
            first = processor.event(body=b"a", flags=fake.BATCH | fake.BATCHED)
            second = processor.event(body=b"b", flags=fake.BATCHED)

            self.assertEqual((processor.answer(first).body, processor.answer(second).body), (b"a", b"b"))


class Several(wrapper_cases.Several, Case):
    Processor = Processor

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
                processor.open_gate(gate)

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


class Revocation(wrapper_cases.Revokes, Case):
    Processor = Processor
    revoking = KINDS

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
                processor.open_gate(gate)

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
                if kind == "shm":
                    processor.sock.sendall(b"\x01")  # a bell that nobody reads any more
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


def dotnet_root() -> Path:
    """Where the frameworks of the `dotnet` on PATH are."""
    listed = subprocess.run([DOTNET, "--list-runtimes"], capture_output=True, text=True, timeout=60, check=True).stdout
    return Path(listed.splitlines()[-1].split("[")[1].rstrip("]")).parents[1]


class WithoutCompiler(Case):
    """A .NET that only runs: the same one, without its SDK."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        root = dotnet_root()
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
        self.assertRegex(result.stdout, f"folder={shipped}/built/[0-9a-f]+-3.1\n")

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


class OfSeveralVersions(Case):
    """SDKs that say they are of a newer .NET, beside 3.1: compiler, references and framework under their names are those of the one that is
    there, so what they compile can't be run."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.home = Path(folder.name)
        # The wrapper has code for .NET 6 and newer, which the references of 3.1 have not.
        self.newer = self.sdk("5.0")
        self.shipped = shutil.copytree(
            HERE.parent, self.home / "wrapper", ignore=shutil.ignore_patterns("built", "tests")
        )

    def sdk(self, version: str) -> str:
        root, newer = dotnet_root(), self.home / version
        for place in ("sdk", "shared/Microsoft.NETCore.App"):
            (newer / place).mkdir(parents=True)
            (newer / place / f"{version}.100").symlink_to(sorted((root / place).iterdir())[-1])
        packs = "packs/Microsoft.NETCore.App.Ref"
        refs = next((root / packs).glob("*/ref/netcoreapp3.1"))
        for name, tfm in (("3.1.0", "netcoreapp3.1"), (f"{version}.1", f"net{version}")):
            (newer / packs / name / "ref").mkdir(parents=True)
            (newer / packs / name / "ref" / tfm).symlink_to(refs)
        dotnet = newer / "dotnet"
        dotnet.write_text(f'#!/bin/sh\nexec {DOTNET} "$@"\n')
        dotnet.chmod(0o755)
        return str(dotnet)

    def run_shipped(self, what: str, dotnet: str) -> str:
        cache = str(self.home / "cache")
        result = compile_sh(what, dotnet, script=str(self.shipped / "compile.sh"), NUCLEON_CACHE=cache)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout

    def test_a_distribution_has_a_wrapper_for_each_framework(self) -> None:
        self.run_shipped("ship", self.newer)

        built = sorted(self.shipped.glob("built/*"))
        self.assertEqual([folder.name.split("-")[1] for folder in built], ["3.1", "5.0"])
        configs = [json.loads((one / "nucleon-wrapper.runtimeconfig.json").read_text()) for one in built]
        self.assertEqual([one["runtimeOptions"]["tfm"] for one in configs], ["netcoreapp3.1", "net5.0"])
        self.assertEqual([one["runtimeOptions"]["framework"]["version"] for one in configs], ["3.1.0", "5.0.0"])
        for dotnet, version in ((self.newer, "5.0"), (DOTNET, "3.1")):
            self.assertRegex(self.run_shipped("wrapper", dotnet), f"folder={self.shipped}/built/[0-9a-f]+-{version}\n")

    def test_each_dotnet_compiles_its_own(self) -> None:
        for dotnet, version in ((self.newer, "5.0"), (DOTNET, "3.1")):
            self.assertRegex(
                self.run_shipped("wrapper", dotnet), f"folder={self.home}/cache/dotnet/[0-9a-f]+-{version}\n"
            )

    def test_sources_see_the_newest_framework(self) -> None:
        function = self.home / "f"
        function.mkdir()
        (function / "A.cs").write_text(
            "public class A\n{\n#if NET8_0 && NET6_0_OR_GREATER && NET8_0_OR_GREATER && !NET9_0_OR_GREATER\n"
            'public string B = "of eight";\n#endif\n#if NETCOREAPP3_1\npublic string C = "of three";\n#endif\n}\n'
        )
        wrapper = str(Path(Processor.wrapper).parent)
        for dotnet, seen, not_seen in ((self.sdk("8.0"), "of eight", "of three"), (DOTNET, "of three", "of eight")):
            printed = compile_sh("function", dotnet, str(function), wrapper)
            self.assertEqual(printed.returncode, 0, printed.stdout)
            assembly = Path(printed.stdout.strip()).read_bytes()
            self.assertIn(seen.encode("utf-16-le"), assembly)
            self.assertNotIn(not_seen.encode("utf-16-le"), assembly)


if __name__ == "__main__":
    unittest.main()
