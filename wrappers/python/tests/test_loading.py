"""What a user reads when the function can't be loaded, and the order of what happens when it can."""

from __future__ import annotations

import unittest
from typing import Any, Optional

from nucleon_wrapper.wrapper import _internal
from tests.fake_processor import FAULT, FakeProcessor


class Loading(unittest.TestCase):
    def fault(
        self, source: str, handler: str = "main:handler", files: Optional[dict[str, str]] = None
    ) -> dict[str, Any]:
        for transport in ("unix", "shm"):
            with FakeProcessor(transport, source, handler=handler, files=files, expect_ready=False) as processor:
                fault: dict[str, Any] = processor.await_frame(FAULT).json
                self.assertEqual(processor.wait(), 1)
                self.assertEqual(processor.output(), "")
                self.home = str(processor.home)
        return fault

    def test_syntax_error(self) -> None:
        fault = self.fault("x = 1\ndef handler(c, e):\n\n    retrun body\n")

        self.assertEqual((fault["code"], fault["line"], fault["column"]), ("NUC-4022", 4, 12))
        self.assertEqual(fault["title"], "main.py:4:12 invalid syntax")
        self.assertEqual(fault["detail"], "   4 |     retrun body\n     |            ^")
        self.assertEqual(fault["file"], f"{self.home}/main.py")

    def test_syntax_error_in_another_module(self) -> None:
        fault = self.fault("import other", files={"other.py": "def f(:\n  pass"})

        self.assertEqual((fault["code"], fault["file"], fault["line"]), ("NUC-4022", f"{self.home}/other.py", 1))

    def test_missing_import(self) -> None:
        fault = self.fault("import os\nimport json\nimport not_there_at_all\n")

        self.assertEqual((fault["code"], fault["line"]), ("NUC-4023", 3))
        self.assertEqual(fault["title"], "main.py:3 cannot import 'not_there_at_all'")
        self.assertRegex(fault["why"], r"^python 3\.\d+\.\d+ \(.*\) has no such module$")
        self.assertIn("pip install not_there_at_all", fault["fix"])

    def test_missing_name_of_a_module(self) -> None:
        fault = self.fault("from os import no_such_name")

        self.assertEqual((fault["code"], fault["line"]), ("NUC-4023", 1))
        self.assertIn("no_such_name", fault["title"])

    def test_a_module_that_raises(self) -> None:
        for what in ("1 / 0", "raise SystemExit(1)"):
            fault = self.fault(f"def f():\n    {what}\nf()")

            self.assertEqual((fault["code"], fault["line"]), ("NUC-4023", 2))

    def test_missing_handler_names_the_nearest(self) -> None:
        source = (
            "import json\nfrom os import path\ndef hanlder(c, e): pass\ndef load(): pass\n_x = 1\nclass Kind: pass\n"
        )
        fault = self.fault(source)

        self.assertEqual((fault["code"], fault["title"]), ("NUC-4021", "main.py has no function 'handler'"))
        self.assertEqual(fault["why"], "spec.handler is main:handler; main defines: hanlder, load, Kind")
        self.assertEqual(fault["fix"], "did you mean 'hanlder'? set spec.handler: main:hanlder")

    def test_missing_handler_without_a_near_name(self) -> None:
        fault = self.fault("def run(): pass")

        self.assertEqual(fault["fix"], "define 'def handler(context, event)', or name another one in spec.handler")

    def test_handler_that_is_no_function(self) -> None:
        self.assertIn("can't be called", self.fault("handler = 5")["title"])

    def test_missing_module(self) -> None:
        fault = self.fault("", handler="mian:handler")

        self.assertEqual((fault["code"], fault["fix"]), ("NUC-4021", "did you mean 'main'?"))

    def test_malformed_handler(self) -> None:
        for handler, fix in (("main", "main:handler"), ("main.py:handler:x", "main:handler"), ("", "main:handler")):
            fault = self.fault("", handler=handler)

            self.assertEqual(fault["code"], "NUC-4021")
            self.assertIn("module:function", fault["title"])
            self.assertEqual(fault["fix"], f"set spec.handler: {fix}")

    def test_init_hook_that_raises(self) -> None:
        for prefix in ("", "async "):
            source = f"def f(): return {{}}['k']\n{prefix}def init_context(context):\n    f()\ndef handler(c, e): pass"
            with FakeProcessor("shm", source, expect_ready=False) as processor:
                fault = processor.await_frame(FAULT).json

                self.assertEqual((fault["code"], fault["line"]), ("NUC-4024", 1))
                self.assertIn("init_context raised KeyError: 'k'", fault["title"])
                self.assertEqual(processor.logs[0].path, b"Exception raised while running init_context")
                self.assertEqual(processor.wait(), 1)

    def test_handlers_of_many_kinds(self) -> None:
        source = """
import functools
from package.inner import handler as imported
def full(context, event, more="d"): return more
handler_partial = functools.partial(full, more="p")
class Callable:
    def __call__(self, context, event): return "object"
handler_object = Callable()
"""
        files = {"package/__init__.py": "", "my-mod.py": "def handler(c, e): return 'dash'"}
        files["package/inner.py"] = (
            "def init_context(context): context.user_data.inner = 'inner'\n"
            "def handler(context, event): return context.user_data.inner"
        )
        for handler, answer in (
            ("main:full", b"d"),
            ("main:handler_partial", b"p"),
            ("main:handler_object", b"object"),
            ("main:imported", b"inner"),
            ("package.inner:handler", b"inner"),
            ("my-mod:handler", b"dash"),
        ):
            with self.subTest(handler), FakeProcessor("unix", source, handler=handler, files=files) as processor:
                self.assertEqual(processor.call().body, answer)

    def test_modules_named_as_ours(self) -> None:
        files = {
            name + ".py": f"NAME = '{name}'" for name in ("event", "frame", "errors", "wrapper", "logger", "tests")
        }
        source = (
            "import event, frame, errors, wrapper, logger, tests\ndef handler(c, e): return wrapper.NAME + tests.NAME"
        )
        with FakeProcessor("unix", source, files=files) as processor:
            self.assertEqual(processor.call().body, b"wrappertests")

    def test_nuclio_sdk_is_ours(self) -> None:
        source = """
import nuclio_sdk, sys
from nuclio_sdk import Context, Event, Response, QualifiedOffset, TriggerInfo, Logger, Platform, ExceptionWithResponse
from nuclio_sdk.logger import Logger as SameLogger
def handler(context, event):
    checks = [isinstance(context, Context), isinstance(event, Event), context.Response is Response, Logger is SameLogger]
    checks.append(isinstance(context.logger, Logger) and isinstance(context.platform, Platform))
    checks.append(isinstance(event.trigger, TriggerInfo) and Event(path="").path == "/")
    return repr(all(checks)) + str("asyncio" in sys.modules)
"""
        with FakeProcessor("unix", source, files={"nuclio_sdk.py": "raise RuntimeError"}) as processor:
            self.assertEqual(processor.call().body, b"TrueFalse")

    def test_want_of_memory_is_told_from_a_mistake_of_ours(self) -> None:
        self.assertEqual(_internal(MemoryError()).members["code"], "NUC-3007")
        self.assertEqual(_internal(RuntimeError("x")).members["code"], "NUC-9001")
