"""Handlers that are over their time."""

import os
import threading


def handler(context, event):
    if event.path == "/hang":
        threading.Event().wait()
    return str(os.getpid()) if event.path == "/pid" else event.path
