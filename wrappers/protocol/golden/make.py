"""Writes NAME.bin for every NAME.yaml, from PROTOCOL.md alone and with no code of a wrapper: `python3 make.py`, `make.py --check`.

A YAML file here is lines of `key: value`, the value a JSON number or JSON string. Frames are numbered: `1.type`, `1.path`, ….
- Numbers: `code`, `correlation`, `time`, `epoch`, `shard`, `arenaOffset`, `streamOffset`; default 0, `shard` −1. `flags` are names
  joined by `|`. `type` is a name, or a number that no frame has.
- Sections: `path`, `contentType`, `id`, `extra`, `headers`, `body` as text (UTF-8); with `…Hex` as hexadecimal digits; `…Times` repeats it.
- A hostile frame says `length`, `bodyLength`, … itself instead of what the sections add up to. `violation` tells what is wrong with it,
  `receiver` who must refuse it (`worker`, `processor`), `kind` over which connection (`unix`, `shm`, `both`).
- Several frames follow each other as on the socket; with `ring` (size in bytes), `tail` and `head` the file is the ring's memory, all
  else zero, PAD frames where the numbers say: a frame of type PAD has a `length`.
- `sha256` instead of a .bin: too large to be kept, made by this rule alone. A body in the arena is in words only.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TYPES: tuple[str, ...] = (
    "",
    "PAD",
    "HELLO",
    "READY",
    "EVENT",
    "RESPONSE",
    "CHUNK",
    "LOG",
    "ACK",
    "CANCEL",
    "DRAIN",
    "TERMINATE",
)
TYPES += ("CONTINUE", "STOP", "DONE", "FAULT")
FLAGS = ("MORE", "FAILED", "BATCH", "BATCHED", "NO_ACK", "LAST_IN_BATCH", "DISCARDED", "OBJECT")
SECTIONS = ("path", "contentType", "id", "extra", "headers", "body")


def read(file: Path) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            key, _, value = line.partition(": ")
            values[key] = json.loads(value)
    return values


def frames(values: dict[str, Any]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for key, value in values.items():
        number, dot, name = key.partition(".")
        if dot:
            found.setdefault(int(number), {})[name] = value
    return [found[number] for number in sorted(found)]


def section(frame: dict[str, Any], name: str) -> bytes:
    data: bytes = bytes.fromhex(frame[name + "Hex"]) if name + "Hex" in frame else frame.get(name, "").encode()
    times: int = frame.get(name + "Times", 1)
    return data * times


def flags(frame: dict[str, Any]) -> int:
    return sum(1 << FLAGS.index(name) for name in frame.get("flags", "").split("|") if name)


def kind(frame: dict[str, Any]) -> int:
    given = frame["type"]
    return given if isinstance(given, int) else TYPES.index(given)


def encode(frame: dict[str, Any]) -> bytes:
    parts = {name: section(frame, name) for name in SECTIONS}
    body = b"" if frame.get("arenaOffset") else parts["body"]
    tail = parts["path"] + parts["contentType"] + parts["id"] + parts["extra"] + parts["headers"] + body
    lengths = {name: frame.get(name + "Length", len(parts[name])) for name in SECTIONS}
    header = struct.pack("<IBBH", frame.get("length", 64 + len(tail)), kind(frame), flags(frame), frame.get("code", 0))
    header += struct.pack("<QqIi", *(frame.get(n, 0) for n in ("correlation", "time", "epoch")), frame.get("shard", -1))
    header += struct.pack("<II", lengths["body"], lengths["headers"])
    header += struct.pack("<4H", *(lengths[name] for name in ("path", "contentType", "id", "extra")))
    return header + struct.pack("<Qq", frame.get("arenaOffset", 0), frame.get("streamOffset", 0)) + tail


def image(values: dict[str, Any]) -> bytes:
    if "ring" not in values:
        return b"".join(encode(frame) for frame in frames(values))
    memory, position = bytearray(values["ring"]), values["tail"]
    for frame in frames(values):
        data, at = encode(frame), position % values["ring"]
        memory[at : at + len(data)] = data
        position += (frame["length"] if frame["type"] == "PAD" else len(data)) + 63 & -64
    assert "violation" in values or position == values["head"], (position, values["head"])
    return bytes(memory[: values["ring"]])


def main() -> int:
    wrong = 0
    for file in sorted(HERE.glob("*.yaml")):
        values = read(file)
        data, target = image(values), file.with_suffix(".bin")
        if "sha256" in values:
            wrong += hashlib.sha256(data).hexdigest() != values["sha256"]
        elif "--check" in sys.argv:
            wrong += not target.exists() or target.read_bytes() != data
        else:
            target.write_bytes(data)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
