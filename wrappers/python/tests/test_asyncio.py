"""asyncio in every form: coroutine handlers, tasks of plain handlers, several events at once, asynchronous streams."""

from __future__ import annotations

import os
import unittest

from tests.fake_processor import CANCEL, FAILED, FAULT, RESPONSE, STOP, FakeProcessor, build

BOTH = ("shm", "unix")


class Coroutines(unittest.TestCase):
    SOURCE = """
import asyncio
async def init_context(context):
    await asyncio.sleep(0)
    context.user_data.ready = "yes"
open_events = 0
async def handler(context, event):
    global open_events
    open_events += 1
    try:
        if event.path == "/now":
            return context.user_data.ready
        if event.path == "/later":
            await asyncio.sleep(0.001)
            return str(open_events)
        if event.path == "/fail":
            await asyncio.sleep(0)
            raise KeyError("x")
        if event.path == "/exit":
            await asyncio.sleep(0)
            raise SystemExit(3)
        if event.path == "/task":
            return await asyncio.create_task(asyncio.sleep(0, "from a task"))
        if event.path == "/timeout":
            await asyncio.wait_for(asyncio.sleep(9), 0.01)
        if event.path == "/stream":
            return context.Response(body=parts(), status_code=203)
        if event.path == "/hang":
            context.logger.info("hanging")
            await asyncio.sleep(1000)
    finally:
        open_events -= 1
async def parts():
    for part in ("a", b"b"):
        yield part
        await asyncio.sleep(0)
"""

    def test_one_at_a_time(self) -> None:
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, self.SOURCE) as processor:
                assert processor.ready is not None
                self.assertTrue(processor.ready.json["async"])
                self.assertEqual(processor.call(path=b"/now").body, b"yes")
                sent = [processor.event(path=b"/later") for _ in range(20)]
                self.assertEqual({processor.answer(one).body for one in sent}, {b"1"})
                self.assertEqual(processor.call(path=b"/fail").extra["error"], "KeyError")
                self.assertEqual(processor.call(path=b"/exit").extra["error"], "SystemExit")
                self.assertEqual(processor.call(path=b"/task").body, b"from a task")
                self.assertEqual(processor.call(path=b"/timeout").extra["error"], "TimeoutError")
                stream = processor.call(path=b"/stream")
                self.assertEqual((stream.code, stream.body), (203, b"ab"))
                self.assertEqual([processor.call(path=b"/now").body for _ in range(50)], [b"yes"] * 50)

    def test_cancel_reaches_the_event_in_hand(self) -> None:
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, self.SOURCE) as processor:
                for _ in range(3):
                    hanging = processor.event(path=b"/hang")
                    behind = processor.event(path=b"/now")
                    processor.until(lambda: processor.logs, "a log record")
                    processor.logs.clear()
                    processor.send(build(CANCEL, correlation=hanging))

                    self.assertEqual(processor.answer(hanging).extra["error"], "CancelledError")
                    self.assertEqual(processor.answer(behind).body, b"yes")

    def test_the_processors_end_waits_for_the_event_in_hand(self) -> None:
        source = self.SOURCE.replace("await asyncio.sleep(1000)", "await asyncio.sleep(0.05); print('finished')")
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, source) as processor:
                processor.event(path=b"/hang")
                processor.until(lambda: processor.logs, "a log record")
                processor.sock.close()

                self.assertEqual(processor.wait(), 0)
                self.assertIn("finished", processor.output())

    def test_sigterm(self) -> None:
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, self.SOURCE) as processor:
                processor.call(path=b"/now")
                processor.process.terminate()

                self.assertEqual(processor.wait(), 0)
                self.assertEqual(processor.output(), "")


def joined(processor: FakeProcessor, correlation: int) -> bytes:
    return b"".join(part.body for part in processor.parts(correlation))


class AsyncGenerators(unittest.TestCase):
    def test_a_handler_that_is_one(self) -> None:
        source = """
import asyncio
async def handler(context, event):
    for part in event.body.decode():
        await asyncio.sleep(0)
        if part == "!":
            raise ValueError("bang")
        yield part
"""
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, source) as processor:
                self.assertEqual(processor.call(body=b"abc").body, b"abc")
                self.assertEqual(processor.call(body=b"").body, b"")
                self.assertEqual(processor.call(body=b"!").code, 500)
                broken = processor.call(body=b"ab!c")
                self.assertEqual((broken.body, broken.flags & FAILED), (b"ab", FAILED))

    def test_each_item_is_sent_as_it_comes(self) -> None:
        source = """
import asyncio, os
async def handler(context, event):
    yield "first"
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, lambda: open(event.body.decode()).read())
    yield "second"
"""
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, source) as processor:
                gate = processor.home / "gate"
                os.mkfifo(gate)
                correlation = processor.event(body=bytes(gate))
                processor.until(lambda: joined(processor, correlation) == b"first", "the first item")
                self.assertEqual(processor.parts(correlation)[0].kind, RESPONSE)
                processor.open_gate(gate)

                self.assertEqual(processor.answer(correlation).body, b"firstsecond")


class PlainHandlers(unittest.TestCase):
    def test_tasks_go_on_between_events(self) -> None:
        source = """
import asyncio
done = []
async def work(name):
    for _ in range(3):
        await asyncio.sleep(0)
    done.append(name)
def handler(context, event):
    if event.path == "/start":
        asyncio.create_task(work(event.body.decode()))
        asyncio.get_running_loop().call_later(0.001, done.append, "timer")
    return " ".join(done)
"""
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, source) as processor:
                self.assertEqual(processor.call().body, b"")
                self.assertEqual(processor.call(path=b"/start", body=b"t").body, b"")
                processor.until(lambda: set(processor.call().body.split()) == {b"t", b"timer"}, "task and timer")

    def test_a_loop_that_is_only_looked_at_stays_out_of_the_way(self) -> None:
        source = """
import asyncio
def handler(context, event):
    try:
        asyncio.run(asyncio.sleep(0))
    except RuntimeError as failure:
        return f"{asyncio.get_running_loop() is asyncio.get_event_loop()} {failure}"
"""
        with FakeProcessor("shm", source) as processor:
            answer = processor.call().body.decode()

            self.assertIn("True asyncio.run() cannot be called from a running event loop", answer)

    def test_asyncio_imported_inside_the_handler(self) -> None:
        source = """
import sys
seen = []
def handler(context, event):
    if event.path == "/loaded":
        return str("asyncio" in sys.modules)
    import asyncio
    asyncio.ensure_future(note())
    return str(seen)
async def note():
    seen.append(1)
"""
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, source) as processor:
                self.assertEqual(processor.call(path=b"/loaded").body, b"False")
                self.assertEqual(processor.call().body, b"[]")
                self.assertEqual(processor.call().body, b"[1]")

    def test_a_thread_may_call_into_the_loop_of_an_idle_worker(self) -> None:
        source = """
import asyncio, threading
def handler(context, event):
    loop = asyncio.get_running_loop()
    def later():
        gate.wait()
        loop.call_soon_threadsafe(context.logger.info, "called")
    gate = threading.Event()
    threading.Thread(target=later).start()
    threading.Timer(0.05, gate.set).start()
    return ""
"""
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, source) as processor:
                processor.call()
                processor.until(lambda: processor.logs, "a log record")

                self.assertEqual((processor.logs[0].path, processor.logs[0].correlation), (b"called", 0))
                self.assertEqual(processor.call().code, 200)

    def test_asyncio_imported_by_another_thread_first(self) -> None:
        source = """
import threading
seen = []
def load():
    import asyncio
    seen.append("loaded")
def handler(context, event):
    if event.path == "/load":
        thread = threading.Thread(target=load)
        thread.start()
        thread.join()
        return "loaded"
    import asyncio
    asyncio.create_task(note())
    return " ".join(seen)
async def note():
    seen.append("ran")
"""
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, source) as processor:
                self.assertEqual(processor.call(path=b"/load").body, b"loaded")
                self.assertEqual(processor.call().body, b"loaded")
                processor.until(lambda: b"ran" in processor.call().body, "the task")

    def test_tasks_of_the_init_hook(self) -> None:
        source = """
import asyncio
async def beat(context):
    while True:
        context.user_data.beats += 1
        await asyncio.sleep(0.001)
def init_context(context):
    context.user_data.beats = 0
    asyncio.create_task(beat(context))
def handler(context, event):
    return str(context.user_data.beats)
"""
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, source) as processor:
                first = int(processor.call().body)
                processor.until(lambda: int(processor.call().body) >= first + 3, "three beats")
                processor.send(build(STOP))

                self.assertEqual((processor.wait(), processor.output()), (0, ""))

    def test_a_plain_handler_may_give_a_coroutine(self) -> None:
        source = """
async def rest(event):
    return b"rest " + event.body
def handler(context, event):
    return rest(event)
"""
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, source) as processor:
                self.assertEqual([processor.call(body=b"x").body for _ in range(3)], [b"rest x"] * 3)


class Several(unittest.TestCase):
    SOURCE = """
import asyncio
waiting = []
async def handler(context, event):
    context.logger.info(event.id)
    if event.path == "/meet":
        waiting.append(asyncio.get_running_loop().create_future())
        if len(waiting) == int(event.body):
            for future in waiting:
                future.set_result(None)
            waiting.clear()
        else:
            await waiting[-1]
        context.logger.info(event.id)
        return event.body
    if event.path == "/hang":
        await asyncio.sleep(1000)
    if event.path == "/fail":
        raise ValueError(event.id)
    return event.id
"""
    HELLO = {"mode": "async", "inFlight": 4}

    def test_events_meet(self) -> None:
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, self.SOURCE, **self.HELLO) as processor:
                for _ in range(5):
                    sent = [processor.event(path=b"/meet", body=b"4", id=str(i).encode()) for i in range(4)]
                    self.assertEqual([processor.answer(one).body for one in sent], [b"4"] * 4)
                    for log in processor.logs:
                        self.assertEqual(sent.index(log.correlation), int(log.path))
                    self.assertEqual(len(processor.logs), 8)
                    processor.logs.clear()
                self.assertEqual(processor.call(path=b"/fail", id=b"f").extra["message"], "f")

    def test_no_more_than_allowed(self) -> None:
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, self.SOURCE, **self.HELLO) as processor:
                hanging = [processor.event(path=b"/hang") for _ in range(4)]
                fifth = processor.event(id=b"fifth")
                processor.until(lambda: len(processor.logs) >= 4, "four begun")
                self.assertEqual(len(processor.logs), 4)
                processor.send(build(CANCEL, correlation=hanging[2]))

                self.assertEqual(processor.answer(hanging[2]).extra["error"], "CancelledError")
                self.assertEqual(processor.answer(fifth).body, b"fifth")

    def test_stop_waits_for_all(self) -> None:
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, self.SOURCE, **self.HELLO) as processor:
                sent = [processor.event(path=b"/meet", body=b"3") for _ in range(3)]
                processor.send(build(STOP))

                self.assertEqual([processor.answer(one).body for one in sent], [b"3"] * 3)
                self.assertEqual(processor.wait(), 0)

    def test_a_burst(self) -> None:
        for transport in BOTH:
            with self.subTest(transport), FakeProcessor(transport, self.SOURCE, **self.HELLO) as processor:
                sent = [processor.event(id=str(i).encode()) for i in range(500)]

                self.assertEqual([processor.answer(one).body for one in sent], [str(i).encode() for i in range(500)])

    def test_a_plain_handler_is_refused(self) -> None:
        source = "def handler(context, event): return 1"
        with FakeProcessor("unix", source, expect_ready=False, **self.HELLO) as processor:
            self.assertIn("is not asynchronous", processor.await_frame(FAULT).json["title"])
            self.assertEqual(processor.wait(), 1)
