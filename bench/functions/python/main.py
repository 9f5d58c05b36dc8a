"""Sends the body back."""


def handler(context, event):
    return event.body
