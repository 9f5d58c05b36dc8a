"""What the processor tells a worker at the hand-shake, checked."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

from nucleon_wrapper import layout
from nucleon_wrapper.errors import PROTOCOL_VERSION, Violation

_Kind = TypeVar("_Kind")


class Trigger(NamedTuple):
    """A row of the table that an event's `code` points into."""

    kind: str
    name: str


class Hello(NamedTuple):
    """PROTOCOL.md §4, point 2. Sizes in bytes."""

    transport: str
    epoch: int
    segment_size: int
    segment_fd: bool
    segment_path: str
    inline_limit: int
    max_frame: int
    in_flight: int
    mode: str
    view: bool
    spin: bool
    methods: tuple[str, ...]
    triggers: tuple[Trigger, ...]
    trigger: Trigger
    function: dict[str, Any]
    platform: dict[str, Any]
    worker: int
    decode_strings: bool

    @staticmethod
    def of(members: dict[str, Any], epoch: int) -> Hello:
        """Violation if a member is missing, of another type, or says another major version."""
        version = _get(members, "protocol", list)
        if not version or version[0] != layout.MAJOR:
            raise Violation(
                f"it speaks protocol {version}, this wrapper {[layout.MAJOR, layout.MINOR]}", PROTOCOL_VERSION
            )
        segment = _get(members, "segment", dict)
        transport = _get(members, "transport", str)
        if transport not in ("shm", "unix"):
            raise Violation(f"it offers transport '{transport}'")
        return Hello(
            transport=transport,
            epoch=epoch,
            segment_size=_get(segment, "size", int),
            segment_fd=_get(segment, "fd", bool),
            segment_path=segment.get("path") or "",
            inline_limit=_get(members, "inlineLimit", int),
            max_frame=_get(members, "maxFrame", int),
            in_flight=max(1, _get(members, "inFlight", int, 1)),
            mode=_get(members, "mode", str, "sync"),
            view=_get(members, "body", str, "copy") == "view",
            spin=_get(members, "spin", bool, False),
            methods=tuple(str(method) for method in _get(members, "methods", list)),
            triggers=tuple(_trigger(row) for row in _get(members, "triggers", list)),
            trigger=_trigger(members.get("trigger", {})),
            function=_get(members, "function", dict),
            platform=_get(members, "platform", dict, {}),
            worker=_get(members, "worker", int, 0),
            decode_strings=_get(members, "decodeEventStrings", bool, True),
        )


def _trigger(row: Any) -> Trigger:
    if not isinstance(row, dict):
        raise Violation("a trigger of its hand-shake is no object")
    return Trigger(str(row.get("kind", "")), str(row.get("name", "")))


def _get(members: dict[str, Any], name: str, kind: type[_Kind], default: Any = None) -> _Kind:
    value = members.get(name, default)
    if not isinstance(value, kind):
        raise Violation(f"its hand-shake's '{name}' is {value!r}, not of type {kind.__name__}")
    return value
