"""The user's module: found, imported, its handler and init hook taken. Every way this fails has its own words."""

from __future__ import annotations

import importlib
import os
import re
import sys
from types import ModuleType
from typing import Any, Callable, NamedTuple, Optional

from nucleon_wrapper.errors import HANDLER_MISSING, IMPORT_FAILED, INIT_FAILED, SOURCE_INVALID, Fault, nearest
from nucleon_wrapper.traces import message, place, text

Handler = Callable[[Any, Any], Any]
# What a host that can't load all that CPython can has to say of a failed import; None if nothing.
explain: Callable[[ImportError, str], Optional[Fault]] = lambda failure, directory: None
_FORM = re.compile(r"([\w-]+(?:\.[\w-]+)*):(\w+)")
_MAX_NAMES = 8
_COROUTINE, _ASYNC_GENERATOR = 0x80, 0x200  # co_flags; `inspect` costs 10 ms of start


class Loaded(NamedTuple):
    """What the module gave. `init` is None without a hook; `is_async` says that a call gives a coroutine or async generator."""

    handler: Handler
    init: Any
    is_async: bool


def load(name: str, directory: str) -> Loaded:
    """Imports `module:callable` with the function's folder first on the path. Fault if it can't be had."""
    form = _FORM.fullmatch(name)
    if form is None:
        raise Fault(
            HANDLER_MISSING,
            f"handler '{name}' is not of the form module:function",
            "spec.handler names a module and a callable in it",
            f"set spec.handler: {_guess(name, directory)}",
        )
    if directory:
        sys.path.insert(0, directory)
    module = _import(form.group(1), directory)
    handler = getattr(module, form.group(2), None)
    if handler is None or not callable(handler):
        raise _missing(module, form.group(1), form.group(2), handler is not None)
    home = sys.modules.get(getattr(handler, "__module__", None) or "", module)
    return Loaded(handler, getattr(home, "init_context", None), _is_async(handler))


def init_failed(failure: BaseException, directory: str) -> Fault:
    """The Fault of a hook that raised."""
    where = place(failure, directory)
    return Fault(
        INIT_FAILED,
        f"init_context raised {type(failure).__name__}: {message(failure)}",
        f"at {where}; a worker serves only after its init hook has returned",
        "fix init_context, or what it needs (environment, network, files)",
        where.file,
        where.line,
        detail=text(failure),
    )


def interpreter() -> str:
    name = "python" if sys.implementation.name == "cpython" else sys.implementation.name
    return f"{name} {sys.version.split()[0]} ({sys.executable or 'in process'})"


def _is_async(handler: Any) -> bool:
    while hasattr(handler, "func"):  # functools.partial
        handler = handler.func
    code = getattr(handler, "__code__", None) or getattr(getattr(type(handler), "__call__", None), "__code__", None)
    return bool(code is not None and code.co_flags & (_COROUTINE | _ASYNC_GENERATOR))


def _import(name: str, directory: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except SyntaxError as failure:
        raise _syntax(failure) from failure
    except ImportError as failure:
        raise _not_imported(failure, name, directory) from failure
    except BaseException as failure:
        raise _raised(failure, name, directory) from failure


def _not_imported(failure: ImportError, name: str, directory: str) -> Fault:
    missing = failure.name if isinstance(failure, ModuleNotFoundError) else None
    if missing and (name == missing or name.startswith(missing + ".")):
        return _no_module(name, directory)
    return explain(failure, directory) or _unimportable(failure, directory)


def _syntax(failure: SyntaxError) -> Fault:
    file, line, column = failure.filename or "", failure.lineno or 0, failure.offset or 0
    source = (failure.text or "").rstrip("\n")
    detail = ""
    if source.strip():
        number = str(line).rjust(4)
        indent = "".join("\t" if char == "\t" else " " for char in source[: max(column - 1, 0)])
        detail = f"{number} | {source}\n{' ' * len(number)} | {indent}^"
    return Fault(
        SOURCE_INVALID,
        f"{os.path.basename(file)}:{line}:{column} {failure.msg}",
        f"{interpreter()} can't compile it",
        "fix the line and save",
        file,
        line,
        column,
        detail,
        source,
    )


def _unimportable(failure: ImportError, directory: str) -> Fault:
    where, missing = place(failure, directory), isinstance(failure, ModuleNotFoundError)
    subject = f"'{failure.name}'" if missing and failure.name else message(failure)
    package = (failure.name or "").partition(".")[0]
    return Fault(
        IMPORT_FAILED,
        f"{os.path.basename(where.file)}:{where.line} cannot import {subject}",
        f"{interpreter()} has no such module" if missing else f"{interpreter()}: {message(failure)}",
        f"pip install {package}, and add it to requirements.txt" if missing and package else "see the traceback",
        where.file,
        where.line,
        detail=text(failure),
    )


def _raised(failure: BaseException, name: str, directory: str) -> Fault:
    where = place(failure, directory)
    return Fault(
        IMPORT_FAILED,
        f"importing '{name}' raised {type(failure).__name__}: {message(failure)}",
        f"at {where or name}, while the module was being imported by {interpreter()}",
        "fix what runs at import, or move it into init_context",
        where.file,
        where.line,
        detail=text(failure),
    )


def _no_module(name: str, directory: str) -> Fault:
    modules = _modules(directory)
    guess = nearest(name, modules)
    listed = ", ".join(modules[:_MAX_NAMES]) or "none"
    return Fault(
        HANDLER_MISSING,
        f"no module '{name}' in {directory}",
        f"spec.handler names module '{name}'; the folder has: {listed}",
        f"did you mean '{guess}'?" if guess else "name one of these in spec.handler as module:function",
        detail=interpreter(),
    )


def _missing(module: ModuleType, module_name: str, name: str, is_there: bool) -> Fault:
    names = [
        other
        for other, value in vars(module).items()
        if callable(value) and not other.startswith("_") and getattr(value, "__module__", None) == module.__name__
    ]
    guess, file = nearest(name, (other for other in names if other != name)), getattr(module, "__file__", "") or ""
    what = f"'{name}' can't be called" if is_there else f"has no function '{name}'"
    fix = f"did you mean '{guess}'? set spec.handler: {module_name}:{guess}"
    return Fault(
        HANDLER_MISSING,
        f"{os.path.basename(file) or module_name}{': ' if is_there else ' '}{what}",
        f"spec.handler is {module_name}:{name}; {module_name} defines: {', '.join(names[:_MAX_NAMES]) or 'no function'}",
        fix if guess else f"define 'def {name}(context, event)', or name another one in spec.handler",
        file,
    )


def _guess(name: str, directory: str) -> str:
    module, modules = name.partition(":")[0].removesuffix(".py"), _modules(directory)
    if module not in modules:
        module = nearest(module, modules) or (modules[0] if len(modules) == 1 else "main")
    return f"{module}:handler"


def _modules(directory: str) -> list[str]:
    try:
        return sorted(entry[:-3] for entry in os.listdir(directory or ".") if entry.endswith(".py"))
    except OSError:
        return []
