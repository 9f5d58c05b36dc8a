"""Starts a worker's Python: the wrapper of Python, with a connection that is the host's. The value is a function that serves."""


def boot(host):
    import os
    import sys

    directory = str(host["directory"])
    sys.path.insert(0, str(host["folder"]))
    for packages in _package_folders(directory):
        sys.path.append(packages)
    os.environ.update(dict(one.split("=", 1) for one in str(host["environment"]).split("\0") if one))
    os.environ.update(NUCLEON_SOCKET="host", NUCLEON_TOKEN="host", NUCLEON_WORKER="0")

    _complete_unicode()

    from nucleon_wrapper import connection, control, loader

    made = _connection_class(host)

    def connect(address, token, worker):
        for name in ("NUCLEON_SOCKET", "NUCLEON_WORKER"):
            os.environ.pop(name, None)
        hello = connection.Hello.of(connection.json_body(str(host["hello"]).encode()), int(host["epoch"]))
        return made(hello), hello

    connection.connect = connect
    _call_through(host)
    # The signals are the processor's.
    control.install_signals = lambda _: None
    loader.explain = _explain

    # Needed by the first exception, whose event should not have to wait for it.
    import traceback  # noqa: F401

    from nucleon_wrapper import wrapper

    wrapper.main()


def _call_through(host):
    """Calls of other functions go by way of the host, which knows whom the code may call; a context has no sockets for them."""
    from nuclio_sdk.platform import Platform

    class Answer:
        def __init__(self, status, headers, body):
            self.status = status
            self._headers, self._body = headers, body

        def getheaders(self):
            return self._headers

        def read(self):
            return self._body

    class Call:
        def __init__(self, address, timeout):
            self._base = address if "://" in address else "http://" + address
            self._timeout = timeout

        def request(self, method, target, body, headers):
            flat = "\0".join(str(part) for pair in headers.items() for part in pair)
            data = body if isinstance(body, str) else bytes(body or b"").decode("latin-1")
            timeout = int((self._timeout or 0) * 1000)
            failure, status, names, content = host["request"](method, self._base + target, flat, data, timeout)
            if failure:
                raise _refusal(str(failure))
            parts = str(names).split("\0")
            self._answer = Answer(int(status), list(zip(parts[::2], parts[1::2])), str(content).encode("latin-1"))

        def getresponse(self):
            return self._answer

        def close(self):
            return

    own = Platform._connect

    def connect(platform, address, timeout):
        return own(platform, address, timeout) if platform._connection_provider is not None else Call(address, timeout)

    Platform._connect = connect


def _refusal(words):
    """As sockets raise it; the host's words begin with a code."""
    if words == "timeout":
        return TimeoutError("timed out")
    kinds = {"ECONNREFUSED": ConnectionRefusedError, "EACCES": PermissionError}
    return kinds.get(words.partition(":")[0], OSError)(words)


def _complete_unicode():
    """A traceback asks how wide characters are, which GraalPy's own library knows by native code only."""
    import unicodedata

    wide = (
        (0x1100, 0x115F),
        (0x2E80, 0xA4CF),
        (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF),
        (0xFE30, 0xFE6F),
        (0x1F300, 0x1FAFF),
    )

    def east_asian_width(char):
        place = ord(char)
        if 0xFF01 <= place <= 0xFF60 or 0xFFE0 <= place <= 0xFFE6:
            return "F"
        if any(first <= place <= last for first, last in wide) or 0x20000 <= place <= 0x3FFFD:
            return "W"
        return "Na" if 0x20 <= place <= 0x7E else "N"

    unicodedata.east_asian_width = east_asian_width


def _package_folders(directory):
    """Where packages lie beside a function: `site-packages`, or those of an environment of its own."""
    import os

    found = [
        os.path.join(directory, "site-packages"),
        os.path.join(directory, ".python_packages", "lib", "site-packages"),
    ]
    for environment in (".venv", "venv"):
        library = os.path.join(directory, environment, "lib")
        try:
            found += [os.path.join(library, name, "site-packages") for name in sorted(os.listdir(library))]
        except OSError:
            continue
    return [folder for folder in found if os.path.isdir(folder)]


def _explain(failure, directory):
    """A Fault if a package is native code, which can't be loaded here."""
    import os

    from nucleon_wrapper.errors import MODULE_NOT_IN_PROCESS, Fault
    from nucleon_wrapper.traces import place

    native = _native(failure)
    if not native:
        return None
    where = place(failure, directory)
    name = native.partition(".")[0]
    return Fault(
        MODULE_NOT_IN_PROCESS,
        f"{os.path.basename(where.file)}:{where.line} imports '{name}', which is native code, and runtime graalpy loads none",
        f"'{native}' is compiled for CPython; the code runs in the processor",
        f"set spec.runtime: python, or do without '{name}'",
        where.file,
        where.line,
    )


def _native(failure):
    """The name of the module in a failed import, or in what caused it, that a file of native code lies ready for."""
    import importlib.machinery
    import os
    import sys

    seen = set()
    if "native access is not allowed" in str(failure):
        return getattr(failure, "name", None) or "a module of Python's own library"
    while failure is not None and id(failure) not in seen:
        seen.add(id(failure))
        name = getattr(failure, "name", None) or ""
        path = getattr(failure, "path", None) or ""
        if path.endswith(".so"):
            return name
        *packages, stem = name.split(".")
        for folder in sys.path if name else []:
            try:
                files = os.listdir(os.path.join(folder, *packages))
            except OSError:
                continue
            if any(file.startswith(stem + ".") and file.endswith(".so") for file in files):
                return name
        failure = failure.__cause__ or failure.__context__
    return ""


def _connection_class(host):
    from nucleon_wrapper import layout
    from nucleon_wrapper.connection import Connection
    from nucleon_wrapper.errors import EndOfConnection
    from nucleon_wrapper.frame import ARENA, BODY, LENGTH, UNPACK

    poll, claim, release, body, view = (host[name] for name in ("poll", "claim", "release", "body", "view"))
    respond, write, flush, wait, is_gone = (host[name] for name in ("respond", "write", "flush", "wait", "is_gone"))

    class HostConnection(Connection):
        """Frames by way of the host, which keeps the connection. Nothing that comes from it is a view, but for bodies that are lent."""

        __slots__ = ("_view",)

        def __init__(self, hello):
            super().__init__(None, hello)
            self.frame_limit = int(host["max_frame"])
            self._view = hello.view
            self.acquire()

        def poll(self, release_first=False):
            if release_first:
                release()
            text = poll()
            if text is None:
                return None
            source = text.encode("latin-1")
            fields = UNPACK(source)
            if fields[ARENA]:
                source, fields = self._inline(source, fields)
            self.source, self.at = source, 0
            return fields

        def _inline(self, source, fields):
            whole = source + body().encode("latin-1")
            changed = list(fields)
            changed[LENGTH], changed[ARENA] = fields[LENGTH] + fields[BODY], 0
            return whole, tuple(changed)

        def claim(self):
            if not claim():
                return False
            self.let_go()
            return True

        def release(self):
            release()

        def upcoming(self):
            return [
                (64, layout.CANCEL, 0, 0, int(one), 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0) for one in host["cancelled"]()
            ]

        def wait(self):
            self.let_go()
            try:
                wait(-1)
            finally:
                self.acquire()
            self._check()

        def drain(self):
            self._check()

        def _check(self):
            if is_gone():
                raise EndOfConnection

        def respond(self, correlation, code, flags, took, content_type, headers, body, extra=b""):
            if self._deferred:
                self._write_deferred()
            respond(
                correlation,
                code,
                flags,
                took,
                content_type.decode("latin-1"),
                headers.decode("latin-1"),
                bytes(body).decode("latin-1"),
                extra.decode("latin-1"),
            )

        def write(self, frame):
            write(bytes(frame).decode("latin-1"))

        def flush(self):
            flush()

        def make_wakeable(self):
            host["make_wakeable"]()

        def wake(self):
            self.interrupted = True
            host["wake"]()

        def loop_class(self):
            return _loop_class(host)

        def attach(self, loop, on_socket, on_stop):
            loop._selector.on_frames = on_socket

        def detach(self, loop):
            loop._selector.on_frames = None

    return HostConnection


def _loop_class(host):
    """asyncio's loop, which waits in the host's connection; what else is to be waited for, a thread finds ready."""
    import asyncio
    import selectors
    import threading

    class HostSelector(selectors._BaseSelectorImpl):
        def __init__(self):
            super().__init__()
            self.on_frames = None
            self._ready = []
            self._taken = threading.Event()
            self._looker = None

        def register(self, fileobj, events, data=None):
            key = super().register(fileobj, events, data)
            if self._looker is None:
                self._looker = threading.Thread(target=self._look, name="nucleon-sockets", daemon=True)
                self._looker.start()
            return key

        def select(self, timeout=None):
            host["wait"](-1 if timeout is None else max(0, int(timeout * 1e9)))
            if self.on_frames is not None:
                self.on_frames()
            ready, self._ready = self._ready, []
            self._taken.set()
            return [(self._key_from_fd(fd), events) for fd, events in ready if self._key_from_fd(fd)]

        def _look(self):
            # What is waited for may change meanwhile, so it looks again after a while.
            import select

            while True:
                keys = list(self.get_map().values())
                reads = [key.fd for key in keys if key.events & selectors.EVENT_READ]
                writes = [key.fd for key in keys if key.events & selectors.EVENT_WRITE]
                try:
                    readable, writable, _ = select.select(reads, writes, [], 0.02)
                except (OSError, ValueError):
                    continue
                found = {fd: 0 for fd in [*readable, *writable]}
                for fd in readable:
                    found[fd] |= selectors.EVENT_READ
                for fd in writable:
                    found[fd] |= selectors.EVENT_WRITE
                if found:
                    self._taken.clear()
                    self._ready = list(found.items())
                    host["wake"]()
                    self._taken.wait()

    class HostLoop(asyncio.SelectorEventLoop):
        def __init__(self):
            super().__init__(HostSelector())

        def _make_self_pipe(self):
            self._ssock = self._csock = None

        def _close_self_pipe(self):
            return

        def _write_to_self(self):
            host["wake"]()

    return HostLoop


boot
