"""Goes wrong as the path says; every other path is the answer."""

import os
import select
import signal
import subprocess
import sys
import time


def _die():
    _held()
    sys.stderr.write("about to die\n")
    os.kill(os.getpid(), signal.SIGSEGV)


def _with_child():
    subprocess.Popen(["sleep", "1234.5"])
    time.sleep(60)


def _begin_and(seconds):
    open("began", "w").close()
    time.sleep(seconds)


def _busy():
    open("began", "w").close()
    while True:
        pass


def _held():
    open("held", "w").close()
    while not os.path.exists("go"):
        select.select([], [], [], 0.01)


def _garbage():
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, os.urandom(4096))
        except OSError:
            pass


def _print():
    sys.stdout.write("x" * 1_000_000)
    sys.stdout.buffer.write(bytes(range(256)) * 100)
    sys.stdout.flush()


def _eat():
    held = []
    while True:
        held.append(bytearray(b"x") * (4 << 20))


FAULTS = {
    "/die": _die,
    "/exit": lambda: os._exit(3),
    "/slow": lambda: time.sleep(60),
    "/short": lambda: time.sleep(0.002),
    "/child": _with_child,
    "/long": lambda: _begin_and(60),
    "/second": lambda: _begin_and(1),
    "/busy": _busy,
    "/held": _held,
    "/garbage": _garbage,
    "/print": _print,
    "/eat": _eat,
}


def handler(context, event):
    FAULTS.get(event.path, lambda: None)()
    return event.path
