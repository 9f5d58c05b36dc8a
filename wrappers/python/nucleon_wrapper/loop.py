"""asyncio, only for those who use it.

A handler that returns never pays for an event loop: `Server.serve` blocks on the socket. But nuclio's handlers run inside a
running loop, also the plain ones: `asyncio.create_task` in them works, and such tasks go on between events. So a loop is made when
asyncio is first imported, by whomever, and is said to be running; the first use of it (a task, a timer, a reader, a call from
another thread) moves the worker to `LoopDriver.run`, where the loop drives and events are one of its sources, for good.
Coroutines and asynchronous generators move the worker as well, before the first event if the handler is known to be one.
"""

from __future__ import annotations

import sys
import threading
import types
from typing import TYPE_CHECKING, Any, Callable, Generator, NoReturn, Optional, Sequence

from nucleon_wrapper.answering import Work, is_coroutine
from nucleon_wrapper.connection import Connection
from nucleon_wrapper.errors import HANDLER_MISSING, Fault
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.loader import Loaded

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

    from nucleon_wrapper.server import Server


class LoopDriver:
    """Of the main thread."""

    def __init__(self, connection: Connection, hello: Hello) -> None:
        self.connection = connection
        self.hello = hello
        self.first: Optional[Work] = None
        self._server: Optional[Server] = None
        self._loop: Any = None
        self._used = False
        self._serving = False
        _after_import("asyncio", self._make_loop)

    def check(self, loaded: Loaded) -> None:
        """`mode: async` needs a handler that can wait without blocking the others."""
        if self.hello.mode == "async" and not loaded.is_async:
            raise Fault(
                HANDLER_MISSING,
                f"handler '{self.hello.function.get('handler')}' is not asynchronous",
                "mode: async runs several events in one event loop, which a plain function would block",
                "write it as 'async def', or take mode: async out of the trigger",
            )

    def adopt(self, server: Server) -> None:
        """From here on user code runs as if inside the loop."""
        self._server = server
        self._serving = True
        server.moved = self._used
        self.connection.attention |= self._used
        if self._loop is not None:
            self._enter()

    def complete(self, result: Any) -> None:
        """Runs an init hook's coroutine to its end."""
        if is_coroutine(result):
            self._need_loop()
            self._leave()
            self._loop.run_until_complete(result)
            self._enter()

    def run(self, is_async: bool) -> NoReturn:
        """Serves with the loop driving. Entered with the lock; ends by Stopped, EndOfConnection or a failure of the wrapper."""
        from nucleon_wrapper.driven import Driven

        assert self._server is not None
        self._need_loop()
        self._leave()
        self._asyncio().set_event_loop(self._loop)
        self._loop.__class__ = self._loop.__class__.__mro__[1]  # an ordinary loop from here on
        driven = Driven(self._server, self._loop, self.hello)
        self._loop.run_until_complete(driven.main(self.first))
        raise AssertionError("serving ended without a reason")

    def _need_loop(self) -> None:
        import asyncio  # noqa: F401 # the hook makes the loop

        if self._loop is None:
            self._make_loop()

    def _make_loop(self) -> None:
        import asyncio

        self.connection.make_wakeable()
        self._loop = _watched(self._use, self.connection.loop_class())
        asyncio.set_event_loop(self._loop)
        if threading.current_thread() is not threading.main_thread():
            # What runs is said per thread, and only the main one may say it for itself; `run` does.
            self._use(True)
        elif self._serving:
            self._enter()

    def _use(self, from_thread: bool) -> None:
        first, self._used = not self._used, True
        if self._server is not None:
            self._server.moved = self.connection.attention = True
        if from_thread and first:
            self.connection.wake()

    def _enter(self) -> None:
        self._asyncio()._set_running_loop(self._loop)

    def _leave(self) -> None:
        self._asyncio()._set_running_loop(None)

    def _asyncio(self) -> Any:
        return sys.modules["asyncio"]


def _watched(use: Callable[[bool], None], base: Any) -> Any:
    """A loop that reports its first uses. It says that it runs, as its user is called from what will be it."""
    import asyncio

    class WatchedLoop(base):  # type: ignore[misc]
        def is_running(self) -> bool:
            return asyncio._get_running_loop() is self or super().is_running()

    for name in ("call_soon", "call_at", "add_reader", "add_writer", "add_signal_handler"):
        setattr(WatchedLoop, name, _telling(getattr(WatchedLoop, name), use, False))
    WatchedLoop.call_soon_threadsafe = _telling(WatchedLoop.call_soon_threadsafe, use, True)
    return WatchedLoop()


def _telling(method: Any, use: Callable[[bool], None], from_thread: bool) -> Any:
    def told(*args: Any, **options: Any) -> Any:
        result = method(*args, **options)
        use(from_thread)
        return result

    return told


def _after_import(name: str, act: Callable[[], None]) -> None:
    """Calls `act` once the module has been imported: now, if it is, else right after whoever imports it first."""
    if name in sys.modules:
        act()
    else:
        sys.meta_path.insert(0, _Watch(name, act))


class _Watch:
    """Stands in for the finder and the loader of one module, once. Not derived from those of `importlib.abc`, which alone would be a
    third of the wrapper's start."""

    def __init__(self, name: str, act: Callable[[], None]) -> None:
        self._name = name
        self._act = act
        self._loader: Any = None

    def find_spec(
        self, fullname: str, path: Optional[Sequence[str]], target: Optional[types.ModuleType] = None
    ) -> Optional[ModuleSpec]:
        if fullname != self._name:
            return None
        from importlib.machinery import PathFinder

        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None:
            self._loader, spec.loader = spec.loader, self  # type: ignore[assignment]
        return spec

    def create_module(self, spec: ModuleSpec) -> Optional[types.ModuleType]:
        module: Optional[types.ModuleType] = self._loader.create_module(spec)
        return module

    def exec_module(self, module: types.ModuleType) -> None:
        assert module.__spec__ is not None
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._act()


@types.coroutine
def stepped(coroutine: Any, on_suspend: Callable[[], None]) -> Generator[Any, Any, Any]:
    """Awaits the coroutine; tells before it suspends for the first time. One that never does costs no turn of the loop."""
    try:
        waiting = coroutine.send(None)
    except StopIteration as stop:
        return stop.value
    on_suspend()
    while True:
        try:
            sent = yield waiting
        except GeneratorExit:
            coroutine.close()
            raise
        except BaseException as thrown:
            step, value = coroutine.throw, thrown
        else:
            step, value = coroutine.send, sent
        try:
            waiting = step(value)
        except StopIteration as stop:
            return stop.value
