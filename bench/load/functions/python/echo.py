"""Handlers that the benches run."""

import os


def empty(context, event):
    return ""


def echo(context, event):
    return event.body


def pid(context, event):
    return str(os.getpid())
