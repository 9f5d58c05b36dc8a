"""The golden frames, read and written by the wrapper's own code."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Any, Iterator

from nucleon_wrapper import layout
from nucleon_wrapper.connection import Connection
from nucleon_wrapper.errors import Violation
from nucleon_wrapper.frame import HEADER, UNPACK, Parts, encode
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.segment import Segment
from nucleon_wrapper.shm import ShmConnection
from nucleon_wrapper.unix import UnixConnection

GOLDEN = Path(__file__).resolve().parents[2] / "protocol" / "golden"
sys.path.insert(0, str(GOLDEN))
import make  # noqa: E402

sys.path.remove(str(GOLDEN))

ARENA = 1 << 16


def documents() -> Iterator[tuple[str, dict[str, Any], bytes]]:
    for file in sorted(GOLDEN.glob("*.yaml")):
        values = make.read(file)
        stored = file.with_suffix(".bin")
        yield file.stem, values, stored.read_bytes() if stored.exists() else make.image(values)


def parts(frame: dict[str, Any]) -> Parts:
    sections = {name: make.section(frame, name) for name in make.SECTIONS}
    sections["content_type"] = sections.pop("contentType")
    numbers = {name: frame.get(name, 0) for name in ("code", "correlation", "time", "epoch")}
    places = {"arena": frame.get("arenaOffset", 0), "stream_offset": frame.get("streamOffset", 0)}
    kind, flags = getattr(layout, frame["type"]), 0
    for name in filter(None, frame.get("flags", "").split("|")):
        flags |= getattr(layout, name)
    return Parts(kind, flags, shard=frame.get("shard", -1), **numbers, **places, **sections)


class GoldenFrames(unittest.TestCase):
    def test_the_generator_finds_its_files_unchanged(self) -> None:
        result = subprocess.run([sys.executable, str(GOLDEN / "make.py"), "--check"], timeout=60)

        self.assertEqual(result.returncode, 0)

    def test_the_values_encode_to_the_bytes(self) -> None:
        for name, values, data in documents():
            if "violation" in values or "ring" in values:
                continue
            with self.subTest(name):
                self.assertEqual(b"".join(encode(parts(frame)) for frame in make.frames(values)), data)

    def test_the_bytes_decode_to_the_values(self) -> None:
        for name, values, data in documents():
            if "violation" in values or "ring" in values:
                continue
            at = 0
            for frame in make.frames(values):
                with self.subTest(name, at=at):
                    fields, wanted = UNPACK(data, at), parts(frame)
                    self.assertEqual(decoded(data, at, wanted.body), wanted)
                    self.assertEqual(HEADER.pack(*fields), data[at : at + 64])
                    at += fields[0]
            self.assertEqual(at, len(data))

    def test_a_ring_that_wraps_around(self) -> None:
        values = make.read(GOLDEN / "ring-wrap-around.yaml")
        connection = ring(values, (GOLDEN / "ring-wrap-around.bin").read_bytes())

        found = []
        while (fields := connection.poll()) is not None:
            found.append((fields[4], fields[8]))
            connection.release()

        self.assertEqual(found, [(10, 100), (11, 136)])

    def test_hostile_frames_are_violations(self) -> None:
        count = 0
        for name, values, data in documents():
            if values.get("receiver") != "worker":
                continue
            for kind in ("shm", "unix") if values["kind"] == "both" else (values["kind"],):
                count += 1
                with self.subTest(name, kind=kind), self.assertRaises(Violation):
                    (ring(values, data) if kind == "shm" else over_socket(data)).poll()
        self.assertGreater(count, 20)


def decoded(data: bytes, at: int, body: Any) -> Parts:
    fields = UNPACK(data, at)
    sections, place = [], at + 64
    for field in (10, 11, 12, 13, 9):
        sections.append(data[place : place + fields[field]])
        place += fields[field]
    inline = body if fields[14] else data[place : place + fields[8]]
    first = (fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], fields[7])
    return Parts(*first, *sections, body=inline, arena=fields[14], stream_offset=fields[15])


def hello(transport: str) -> Hello:
    members: dict[str, Any] = {"protocol": [1, 0], "transport": transport, "segment": {"size": 0, "fd": True}}
    members.update({"inlineLimit": 16384, "maxFrame": 1 << 20, "methods": [], "triggers": [], "function": {}})
    return Hello.of(members, 7)


def segment(ring_size: int, epoch: int = 7) -> Segment:
    size = 4096 + 2 * ring_size + 2 * (ARENA if ring_size else 0)
    at = [4096, 4096 + ring_size, 4096 + 2 * ring_size, 4096 + 2 * ring_size + ARENA]
    areas = [at[0], ring_size, at[1], ring_size, at[2], ARENA, at[3], ARENA] if ring_size else [0] * 8
    with tempfile.TemporaryFile() as file:
        os.ftruncate(file.fileno(), size)
        header = struct.pack("<8sHHIQQ8QI", b"NUCLEON\1", 1, 0, 4096, size, epoch, *areas, 4096 if ring_size else 0)
        os.pwrite(file.fileno(), header, 0)
        return Segment(file.fileno(), size, epoch)


def ring(values: dict[str, Any], data: bytes) -> Connection:
    """A connection whose request ring holds that image (of one frame, if the document is not of a ring)."""
    size = values.get("ring", 4096)
    memory = segment(size)
    memory.map[4096 : 4096 + len(data)] = data
    memory.words[(1024 + 256) // 8] = values.get("tail", 0)
    memory.words[1024 // 8] = values.get("head", (len(data) + 63) & -64)
    here, there = socket.socketpair()
    there.close()
    connection = ShmConnection(here, hello("shm"), memory)
    here.close()
    connection.acquire()
    return connection


def over_socket(data: bytes) -> Connection:
    here, there = socket.socketpair()
    there.close()
    connection = UnixConnection(here, hello("unix"), segment(0))
    here.close()
    connection.source = data
    connection.acquire()
    return connection
