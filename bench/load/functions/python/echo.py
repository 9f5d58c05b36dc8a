"""Handlers that the benches run."""


def empty(context, event):
    return ""


def echo(context, event):
    return event.body
