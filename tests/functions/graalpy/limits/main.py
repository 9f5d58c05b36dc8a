"""Never ends, each time in the way that the path says; every other path is the answer."""


def _loop():
    while True:
        pass


def _deep(depth=0):
    return _deep(depth + 1) + 1


def _big():
    held = []
    while True:
        held.append(bytearray(16 << 20))


ENDLESS = {"/loop": _loop, "/deep": _deep, "/big": _big}


def handler(context, event):
    ENDLESS.get(event.path, lambda: None)()
    return event.path
