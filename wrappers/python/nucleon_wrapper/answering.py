"""What becomes of a handler's result: an answer, a stream, a failure."""

from __future__ import annotations

from collections.abc import Coroutine as CoroutineABC
from time import perf_counter_ns
from types import AsyncGeneratorType, CoroutineType
from typing import Any, Callable, Coroutine, Optional

from nuclio_sdk import Context, Response

from nucleon_wrapper import layout
from nucleon_wrapper.connection import Connection
from nucleon_wrapper.frame import Buffer, Parts, encode, encode_text, pairs
from nucleon_wrapper.response import TEXT, Answer, Unanswerable, convert, item_bytes
from nucleon_wrapper.traces import message, place, text

Work = Coroutine[Any, Any, None]
_MAX_DETAIL = 1000


def is_coroutine(value: Any) -> bool:
    return isinstance(value, (CoroutineType, CoroutineABC))


async def next_item(items: Any) -> Any:
    """The next item of an asynchronous iterator as a coroutine, whatever `__anext__` gives."""
    return await items.__anext__()


class Answering:
    """Of the main thread; the connection's lock is held at the border of every method and free while code of the user runs."""

    def __init__(self, connection: Connection, context: Context, directory: str) -> None:
        self.connection = connection
        self.context = context
        self.directory = directory
        # How coroutines of the user are awaited; `loop` puts its own way here.
        self.stepped: Callable[[Any], Any] = lambda awaitable: awaitable

    def answer(self, correlation: int, took: int, result: Any) -> Optional[Work]:
        """Answers, or gives the work that awaits a coroutine or streams an asynchronous generator."""
        if result.__class__ is not Response and is_coroutine(result):
            return self.answer_awaited(correlation, perf_counter_ns() - took, result)
        try:
            answer = convert(result)
        except Unanswerable as failure:
            self.connection.respond(correlation, 500, layout.FAILED, took, TEXT, b"", encode_text(str(failure)))
        except Exception as failure:  # the user's __str__, __repr__ or __log__, or a key that JSON has no form for
            self.fail(correlation, took, failure)
        else:
            code, content_type, headers, body, flags, stream, _ = answer
            if stream is None:
                self.connection.respond(correlation, code, flags, took, content_type, headers, body)
            elif isinstance(stream, AsyncGeneratorType):
                return self._stream_async(correlation, took, answer)
            else:
                self._stream(correlation, took, answer)
        return None

    async def answer_awaited(self, correlation: int, started: int, awaitable: Any) -> None:
        connection = self.connection
        connection.free()
        try:
            result = await self.stepped(awaitable)
        except BaseException as failure:
            connection.acquire()
            self.fail(correlation, perf_counter_ns() - started, failure)
            return
        connection.acquire()
        work = self.answer(correlation, perf_counter_ns() - started, result)
        if work is not None:
            await work

    def send(self, correlation: int, took: int, answer: Answer) -> None:
        code, content_type, headers, body, flags, _, _ = answer
        self.connection.respond(correlation, code, flags, took, content_type, headers, body)

    def fail(self, correlation: int, took: int, failure: BaseException) -> None:
        """nuclio's answer to an exception, and its log record."""
        words, trace = message(failure), text(failure)
        self._log(words, trace)
        body = encode_text(f'Exception caught in handler - "{words}": {trace}')
        self.connection.respond(correlation, 500, layout.FAILED, took, TEXT, b"", body, self._described(failure))

    def _log(self, words: str, trace: str) -> None:
        self.context.logger.error_with("Exception caught in handler", exc=words, traceback=trace)

    def _described(self, failure: BaseException) -> bytes:
        """`extra` of a failed answer."""
        where = str(place(failure, self.directory))
        members = (("error", type(failure).__name__), ("at", where), ("message", message(failure)))
        return pairs((name, value.replace("\0", "\ufffd")[:_MAX_DETAIL]) for name, value in members)

    # Streams. The first item is awaited before the answer begins, so a generator that fails at once is a plain 500.

    def _stream(self, correlation: int, took: int, answer: Answer) -> None:
        connection, items, begun = self.connection, answer[5], False
        while True:
            connection.free()
            try:
                item = item_bytes(next(items))
            except StopIteration:
                connection.acquire()
                self._end_stream(correlation, took, answer, begun)
                return
            except BaseException as failure:
                connection.acquire()
                self._break_stream(correlation, took, failure, begun)
                return
            connection.acquire()
            begun = self._stream_item(correlation, took, answer, item, begun)

    async def _stream_async(self, correlation: int, took: int, answer: Answer) -> None:
        connection, items, begun = self.connection, answer[5], False
        while True:
            connection.free()
            try:
                item = item_bytes(await self.stepped(next_item(items)))
            except StopAsyncIteration:
                connection.acquire()
                self._end_stream(correlation, took, answer, begun)
                return
            except BaseException as failure:
                connection.acquire()
                self._break_stream(correlation, took, failure, begun)
                return
            connection.acquire()
            begun = self._stream_item(correlation, took, answer, item, begun)

    def _stream_item(self, correlation: int, took: int, answer: Answer, item: Buffer, begun: bool) -> bool:
        if not begun:
            code, content_type, headers, _, flags, _, _ = answer
            self.connection.respond(correlation, code, flags | layout.MORE, took, content_type, headers, b"")
        if len(item):
            self.connection.chunks(correlation, layout.MORE, item)
        self.connection.flush()
        return True

    def _end_stream(self, correlation: int, took: int, answer: Answer, begun: bool) -> None:
        if begun:
            self.connection.chunks(correlation, 0, b"")
        else:
            self.send(correlation, took, answer)

    def _break_stream(self, correlation: int, took: int, failure: BaseException, begun: bool) -> None:
        if not begun:
            self.fail(correlation, took, failure)
            return
        self._log(message(failure), text(failure))
        last = Parts(layout.CHUNK, layout.FAILED, correlation=correlation, epoch=self.connection.epoch)
        self.connection.write(encode(last._replace(extra=self._described(failure))))
