"""The real wrapper against a processor that was written from PROTOCOL.md alone: the Python wrapper's tests have it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "python"))
from tests import fake_processor as fake  # noqa: E402

sys.path.pop(0)

WRAPPER = HERE.parent / "wrapper.rb"
ECHO = "def handler(context, event) = event.body"
MODES = """
at_exit { puts 'bye' }

def init_context(context)
  context.platform.set_drain_callback { context.logger.info('draining') }
  context.platform.set_termination_callback { raise 'in callback' }
end

def handler(context, event)
  case event.path
  when '/wait'
    File.write("#{event.body}.in", '')
    File.open(event.body, 'r+', &:getc) # to read alone would wait in open, which Ruby breaks off for a signal
    'waited'
  when '/size' then (65 + event.body.to_i % 26).chr * event.body.to_i
  when '/ack' then context.platform.explicit_ack(event)
  when '/keep'
    kept, $kept = $kept, event
    kept && [kept.path, kept.body, kept.headers['X-H']].join(' ')
  when '/log' then 200.times { context.logger.info('x' * 1000) }
  when '/stream' then Enumerator.new { |items| event.body.each_char { |c| c == '!' ? raise(KeyError, 'after') : items << c * 1000 } }
  when '/timeout'
    require 'timeout'
    begin
      Timeout.timeout(0.01) { loop { context.logger.info('again' * 100) } }
    rescue Timeout::Error
      'over'
    end
  when '/input' then $stdin.read.to_s
  else event.body
  end
end
"""
BATCH = """
def handler(context, events)
  answers = events.reject { |event| event.body == 'unanswered' }.map do |event|
    Response.new("#{events.size}:#{event.body}", event_id: event.id)
  end
  answers + [Response.new('x', event_id: 'nobody')]
end
"""


class Processor(fake.FakeProcessor):
    """Starts the Ruby wrapper over the socket."""

    def __init__(self, source: str = MODES, files: Any = None, **more: Any) -> None:
        super().__init__("unix", "", files={"main.rb": textwrap.dedent(source), **(files or {})}, **more)

    def _start(self, interpreter: str, more: dict[str, str]) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "NUCLEON_SOCKET": str(self.home / "processor.sock"), "NUCLEON_WORKER": "3"}
        environment.update({"NUCLEON_TOKEN": "c0ffee", **more})
        self.stderr = tempfile.TemporaryFile()
        self.stdout = tempfile.TemporaryFile()
        return subprocess.Popen(
            ["ruby", str(WRAPPER)],
            env=environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=self.stdout,
            stderr=self.stderr,
        )

    def gate(self) -> str:
        path = str(self.home / "gate")
        os.mkfifo(path)
        return path

    def await_file(self, path: str) -> None:
        self.until(lambda: os.path.exists(path), f"{path} to appear")


class Frames(unittest.TestCase):
    def test_the_hello(self) -> None:
        with Processor() as processor:
            greeting = processor.greeting
            self.assertEqual((greeting["protocol"], greeting["token"], greeting["worker"]), ([1, 0], "c0ffee", 3))
            self.assertEqual((greeting["language"], greeting["shm"]), ("ruby", False))
            self.assertEqual(greeting["pid"], processor.process.pid)
            assert processor.ready is not None
            ready = processor.ready.json
            files = ready.pop("files")
            self.assertEqual([os.path.basename(file) for file in files], ["main.rb"])
            self.assertEqual(ready, {"handler": "main:handler", "async": False, "streaming": True})

    def test_many_sizes(self) -> None:
        with Processor() as processor:
            sizes = [0, 1, 63, 64, 65, 1000, 65535, 65536, 120 * 1024, 1_000_000]
            for i, size in enumerate(sizes * 3):
                body = bytes([i]) * size
                self.assertEqual(processor.call(body=body).body, body)

    def test_answers_in_chunks(self) -> None:
        with Processor(maxFrame=100_000) as processor:
            for size in (99_000, 100_000, 450_001):
                body = processor.call(path=b"/size", body=str(size).encode()).body
                self.assertEqual((len(body), len(set(body))), (size, 1))

    def test_a_body_in_chunks(self) -> None:
        with Processor() as processor:
            correlation = processor.event(body=b"first ", flags=fake.MORE)
            processor.send(fake.build(fake.CHUNK, correlation=correlation, flags=fake.MORE, body=b"second "))
            processor.send(fake.build(fake.CANCEL, correlation=99))
            processor.send(fake.build(fake.CHUNK, correlation=correlation, body=b"third"))
            self.assertEqual(processor.answer(correlation).body, b"first second third")
            self.assertEqual(processor.call(body=b"next").body, b"next")

    def test_a_batch(self) -> None:
        with Processor(BATCH) as processor:
            flags = fake.BATCH | fake.BATCHED
            first = processor.event(body=b"a", id=b"1", flags=flags)
            second = processor.event(body=b"unanswered", id=b"2", flags=flags | fake.MORE)
            processor.send(fake.build(fake.CHUNK, correlation=second))
            third = processor.event(body=b"c", id=b"3", flags=fake.BATCHED)
            self.assertEqual(processor.answer(first).body, b"3:a")
            self.assertEqual(processor.answer(second).code, 500)
            self.assertEqual(processor.answer(third).body, b"3:c")
            alone = processor.event(body=b"d", id=b"4", flags=fake.BATCHED)
            self.assertEqual(processor.answer(alone).body, b"1:d")

    def test_the_segment_by_path(self) -> None:
        with Processor(by_path=True) as processor:
            self.assertEqual(processor.call(body=b"x").body, b"x")

    def test_an_event_outlives_its_call(self) -> None:
        with Processor() as processor:
            processor.call(path=b"/keep", body=b"A", headers={"X-H": "h1"})
            for _ in range(50):
                processor.call(body=b"z" * 5000)
            self.assertEqual(processor.call(path=b"/keep", headers={"X-H": "h2"}).body, b"/keep A h1")

    def test_streams(self) -> None:
        with Processor() as processor:
            whole = processor.call(path=b"/stream", body=b"abc")
            self.assertEqual((whole.code, whole.body), (200, b"a" * 1000 + b"b" * 1000 + b"c" * 1000))
            broken = processor.call(path=b"/stream", body=b"a!")
            self.assertEqual((broken.flags & fake.FAILED, broken.body), (fake.FAILED, b"a" * 1000))
            self.assertEqual(broken.extra["error"], "KeyError")
            self.assertEqual(processor.call(path=b"/stream", body=b"!").code, 500)

    def test_an_ack(self) -> None:
        with Processor() as processor:
            processor.call(path=b"/ack", extra={"topic": "orders"}, shard=4, stream_offset=1 << 40)
            ack = processor.acks[0]
            self.assertEqual((ack.path, ack.shard, ack.stream_offset), (b"orders", 4, 1 << 40))

    def test_records_come_before_the_answer(self) -> None:
        with Processor() as processor:
            correlation = processor.event(path=b"/log")
            processor.answer(correlation)
            self.assertEqual({log.correlation for log in processor.logs}, {correlation})
            self.assertEqual(len(processor.logs), 200)

    def test_a_timeout_of_the_function_breaks_no_frame(self) -> None:
        with Processor() as processor:
            for _ in range(20):
                self.assertEqual(processor.call(path=b"/timeout").body, b"over")

    def test_claimed_covers_what_was_begun(self) -> None:
        with Processor() as processor:
            gate = processor.gate()
            processor.call(body=b"x")
            processor.event(path=b"/wait", body=gate.encode())
            begun = processor._sent
            processor.event(body=b"behind")
            processor.await_file(gate + ".in")
            self.assertEqual(processor.claimed, begun)
            processor.process.kill()
            processor.wait()
            self.assertEqual(processor.claimed, begun)


class Ends(unittest.TestCase):
    def test_the_processors_end_ends_an_idle_worker(self) -> None:
        with Processor() as processor:
            processor.call()
            processor.sock.close()
            self.assertEqual(processor.wait(), 0)

    def test_stop_finishes_what_came_before_and_exit_hooks_run(self) -> None:
        with Processor() as processor:
            correlation = processor.event(body=b"last")
            processor.send(fake.build(fake.STOP))
            self.assertEqual(processor.answer(correlation).body, b"last")
            self.assertEqual(processor.wait(), 0)
            self.assertEqual(processor.output(), "bye\n")

    def test_sigterm_stops_after_the_event_in_hand(self) -> None:
        with Processor() as processor:
            gate = processor.gate()
            correlation = processor.event(path=b"/wait", body=gate.encode())
            behind = processor.event(body=b"y")
            processor.await_file(gate + ".in")
            processor.process.send_signal(signal.SIGINT)
            processor.process.send_signal(signal.SIGTERM)
            processor.open_gate(gate)
            self.assertEqual(processor.answer(correlation).body, b"waited")
            self.assertEqual(processor.wait(), 0)
            with self.assertRaises(fake.Gone):
                processor.answer(behind)

    def test_sigterm_stops_an_idle_worker(self) -> None:
        with Processor() as processor:
            processor.call()
            processor.process.send_signal(signal.SIGINT)
            processor.process.send_signal(signal.SIGTERM)
            self.assertEqual(processor.wait(), 0)

    def test_drain_terminate_continue(self) -> None:
        with Processor() as processor:
            self.assertEqual(processor.call(body=b"ran").body, b"ran")
            for number in (11, 12):
                processor.send(fake.build(fake.DRAIN, correlation=number))
                self.assertEqual(processor.await_frame(fake.DONE).correlation, number)
            self.assertEqual([log.path for log in processor.logs], [b"draining"])
            large = processor.event(body=b"x", flags=fake.MORE)
            processor.send(fake.build(fake.CHUNK, correlation=large, body=b"y"))
            self.assertEqual(processor.answer(large).flags, fake.DISCARDED)
            processor.send(fake.build(fake.CONTINUE))
            self.assertEqual(processor.call(body=b"ran").body, b"ran")
            processor.send(fake.build(fake.TERMINATE, correlation=13))
            self.assertEqual(processor.await_frame(fake.DONE).correlation, 13)
            self.assertEqual(processor.logs[1].json["err"], "in callback")
            self.assertEqual(processor.call().flags, fake.DISCARDED)

    def test_a_violation_is_a_fault(self) -> None:
        short = bytearray(fake.build(fake.EVENT))
        short[0] = 63
        for frame in (fake.build(fake.RESPONSE), fake.build(16), fake.build(0), bytes(short), fake.build(fake.CHUNK)):
            with self.subTest(frame=frame[:6]), Processor() as processor:
                processor.call()
                processor.send(frame)
                self.assertEqual(processor.await_frame(fake.FAULT).json["code"], "NUC-2010")
                self.assertEqual(processor.wait(), 1)

    def test_garbage_for_a_hello_and_other_segments(self) -> None:
        for more in ({"segment": 5}, {"maxFrame": "x"}, {"preamble": {0: b"NUCLEON\x02"}}, {"preamble": {24: b"\x09"}}):
            with self.subTest(more), Processor(expect_ready=False, **more) as processor:
                self.assertEqual(processor.wait(), 1)
                self.assertIn("NUC-2010", processor.output())

    def test_another_protocol_is_refused(self) -> None:
        with Processor(expect_ready=False, protocol=[2, 0]) as processor:
            self.assertEqual(processor.wait(), 1)
            self.assertIn("NUC-2002", processor.output())

    def test_by_hand_it_says_what_it_is(self) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NUCLEON_")}
        result = subprocess.run(["ruby", str(WRAPPER)], env=environment, capture_output=True, text=True, timeout=20)
        self.assertEqual(result.returncode, 2)
        self.assertIn("NUCLEON_SOCKET", result.stderr)

    def test_the_kernel_ends_a_busy_worker_with_its_processor(self) -> None:
        # Between the two, a process that is the worker's parent and can be killed.
        source = "import os, subprocess, sys; p = subprocess.Popen(sys.argv[1:], env={**os.environ, 'NUCLEON_PARENT': str(os.getpid())}); p.wait()"
        with BetweenProcessor(source) as processor:
            gate = processor.gate()
            processor.event(path=b"/wait", body=gate.encode())
            processor.await_file(gate + ".in")
            worker = processor.greeting["pid"]
            processor.process.kill()
            processor.process.wait()
            # Its end of the connection goes with it.
            with self.assertRaises(fake.Gone):
                processor.await_frame(fake.DONE)
            end = time.monotonic() + fake.LIMIT_SECONDS
            while alive(worker):
                self.assertLess(time.monotonic(), end, "the worker to end")


def alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


class BetweenProcessor(Processor):
    """Starts the wrapper by a Python program."""

    def __init__(self, program: str) -> None:
        self.program = program
        super().__init__()

    def _start(self, interpreter: str, more: dict[str, str]) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "NUCLEON_SOCKET": str(self.home / "processor.sock"), "NUCLEON_WORKER": "3"}
        environment.update({"NUCLEON_TOKEN": "c0ffee", **more})
        self.stderr = tempfile.TemporaryFile()
        self.stdout = tempfile.TemporaryFile()
        return subprocess.Popen(
            [sys.executable, "-c", self.program, "ruby", str(WRAPPER)],
            env=environment,
            cwd=self.home,
            stdin=subprocess.DEVNULL,
            stdout=self.stdout,
            stderr=self.stderr,
        )


class Loading(unittest.TestCase):
    def fault(self, source: str, handler: str = "main:handler", files: Any = None, **more: Any) -> dict[str, Any]:
        with Processor(source, handler=handler, files=files, expect_ready=False, **more) as processor:
            fault: dict[str, Any] = processor.await_frame(fake.FAULT).json
            self.assertEqual(processor.wait(), 1)
            self.assertEqual(processor.output(), "")
            self.home = str(processor.home)
        return fault

    def test_syntax_error(self) -> None:
        fault = self.fault("def handler(c, e)\n  [1, 2\nend\n")
        self.assertEqual((fault["code"], fault["file"]), ("NUC-4022", f"{self.home}/main.rb"))
        self.assertIn(fault["line"], (2, 3))
        self.assertTrue(fault["title"].startswith(f"main.rb:{fault['line']}"), fault["title"])

    def test_syntax_error_in_another_file(self) -> None:
        fault = self.fault("require 'other'", files={"other.rb": "def (\n"})
        self.assertEqual((fault["code"], fault["file"], fault["line"]), ("NUC-4022", f"{self.home}/other.rb", 1))

    def test_missing_library(self) -> None:
        fault = self.fault("require 'json'\nrequire 'not_there/at_all'\n")
        self.assertEqual((fault["code"], fault["line"]), ("NUC-4023", 2))
        self.assertEqual(fault["title"], "main.rb:2 cannot require 'not_there/at_all'")
        self.assertIn("gem install not_there,", fault["fix"])

    def test_a_file_that_raises(self) -> None:
        for what in ("1 / 0", "exit(1)", "throw :x"):
            fault = self.fault(f"def f\n  {what}\nend\nf")
            self.assertEqual((fault["code"], fault["line"]), ("NUC-4023", 2))

    def test_missing_handler_names_the_nearest(self) -> None:
        fault = self.fault("require 'set'\ndef hanlder(c, e); end\ndef load_all; end\ndef init_context(c); end\n")
        self.assertEqual((fault["code"], fault["title"]), ("NUC-4021", "main.rb has no method 'handler'"))
        self.assertEqual(fault["why"], "spec.handler is main:handler; main defines: hanlder, load_all")
        self.assertEqual(fault["fix"], "did you mean 'hanlder'? set spec.handler: main:hanlder")

    def test_what_every_object_has_is_no_handler(self) -> None:
        self.assertEqual(self.fault("", handler="main:puts")["title"], "main.rb has no method 'puts'")
        with Processor("def test(context, event) = 'mine'", handler="main:test") as processor:
            self.assertEqual(processor.call().body, b"mine")

    def test_missing_file(self) -> None:
        fault = self.fault("", handler="mian:handler")
        self.assertEqual((fault["code"], fault["fix"]), ("NUC-4021", "did you mean 'main'?"))

    def test_malformed_handler(self) -> None:
        for handler in ("main", "handler", "", "main:", "main:a b", "main.rb"):
            fault = self.fault("", handler=handler)
            self.assertEqual((fault["code"], fault["fix"]), ("NUC-4021", "set spec.handler: main:handler"))

    def test_an_init_hook_that_raises(self) -> None:
        fault = self.fault("def init_context(c)\n  raise KeyError, 'no such key'\nend\ndef handler(c, e); end")
        self.assertEqual((fault["code"], fault["line"]), ("NUC-4024", 2))
        self.assertEqual(fault["title"], "init_context raised KeyError: no such key")

    def test_mode_async_is_refused(self) -> None:
        fault = self.fault(ECHO, mode="async", inFlight=16)
        self.assertEqual((fault["code"], fault["title"]), ("NUC-4021", "Ruby functions handle one event at a time"))

    def test_classes_of_the_function_by_our_names(self) -> None:
        source = "class Event\n  def initialize(a) = @a = a\nend\nmodule Nearest; end\ndef handler(c, e) = Event.new(1).class.name + e.path"
        with Processor(source) as processor:
            self.assertEqual(processor.call(path=b"/p").body, b"Event/p")


if __name__ == "__main__":
    unittest.main()
