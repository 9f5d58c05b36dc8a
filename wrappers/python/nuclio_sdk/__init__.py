"""The names that handlers written for nuclio import, without pip. Standard library only.

The wrapper makes its events, context and responses from these classes, so this folder is the one that `import nuclio_sdk` finds
inside a worker, whatever pip has installed: two copies of `Response` would be two types.
"""

from __future__ import annotations

from nuclio_sdk.context import Context
from nuclio_sdk.event import Event, TriggerInfo
from nuclio_sdk.exceptions import ExceptionWithResponse
from nuclio_sdk.logger import Logger
from nuclio_sdk.platform import Platform
from nuclio_sdk.qualified_offset import QualifiedOffset
from nuclio_sdk.response import Response

__all__ = [
    "Context",
    "Event",
    "ExceptionWithResponse",
    "Logger",
    "Platform",
    "QualifiedOffset",
    "Response",
    "TriggerInfo",
]
