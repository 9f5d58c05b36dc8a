"""Writes into a file what it did with each event, so that a test can tell what was lost or done twice.

A body is NAME:HOW, or a new item of a table whose attribute "body" is that. A line is "began|did NAME SHARD OFFSET PID"; one write each, so lines of several processes don't mix.
"""

import os
import signal
import time

LEDGER = os.environ["LEDGER"]


def note(what, name, event):
    line = f"{what} {name} {event.shard_id} {event.offset} {os.getpid()}\n"
    ledger = os.open(LEDGER, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(ledger, line.encode())
    finally:
        os.close(ledger)


def tries_of(name):
    with open(LEDGER, encoding="utf-8") as ledger:
        return sum(1 for line in ledger if line.startswith(f"began {name} "))


def handler(context, event):
    name, _, how = text_of(event.body).partition(":")
    if how != "ok":
        note("began", name, event)
        fail(how, name)
    note("did", name, event)


def text_of(body):
    if isinstance(body, dict):
        return body["dynamodb"]["NewImage"]["body"]["S"]
    return body.decode()


def fail(how, name):
    if how == "poison":
        raise KeyError("price")
    if how == "twice" and tries_of(name) <= 2:
        raise ValueError("not yet")
    if how == "kill" and tries_of(name) == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    if how.startswith("slow"):
        time.sleep(float(how[len("slow") :]))
