"""JSON as nuclio's callers know it: ASCII, `", "` and `": "`, and never a failure because of a value."""

from __future__ import annotations

import json
import json.encoder
import math
from typing import Any


class Encoder(json.JSONEncoder):
    """Writes what JSON can't hold as its `__log__()`, else its repr, else its str; NaN and infinities as quoted words."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("allow_nan", False)
        super().__init__(**options)
        # The encoder in C is made once instead of for each call, which is most of the cost of a small object. It looks for no
        # circles (they end in RecursionError), as it would keep what it has seen beyond a failure.
        make = getattr(json.encoder, "c_make_encoder", None)
        quick = make is not None and not options.keys() - {"allow_nan"}
        text = json.encoder.encode_basestring_ascii
        self._quick = make(None, self.default, text, None, ": ", ", ", False, False, False) if quick and make else None

    def encode(self, o: Any) -> str:
        try:
            return "".join(self._quick(o, 0)) if self._quick is not None else super().encode(o)
        except ValueError:
            # Not finite numbers (or a circle, which the second try reports): rare, so the quick encoder in C goes first.
            return super().encode(_named_numbers(o, set()))

    def default(self, o: Any) -> Any:
        for describe in (lambda: o.__log__(), lambda: repr(o), lambda: str(o)):
            try:
                return describe()
            except Exception:  # a value that can't even be described must not cost the record
                continue
        return f"Unable to serialize object: {type(o).__name__}"


def _named_numbers(value: Any, open_ids: set[int]) -> Any:
    """The same tree with NaN and infinities replaced by their names."""
    if isinstance(value, float):
        return value if math.isfinite(value) else _name(value)
    if not isinstance(value, (dict, list, tuple)):
        return value
    if id(value) in open_ids:
        raise ValueError("Circular reference detected")
    open_ids.add(id(value))
    try:
        if isinstance(value, dict):
            return {key: _named_numbers(item, open_ids) for key, item in value.items()}
        return [_named_numbers(item, open_ids) for item in value]
    finally:
        open_ids.discard(id(value))


def _name(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    return "Infinity" if value > 0 else "-Infinity"
