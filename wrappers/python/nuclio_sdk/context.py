"""What a handler gets beside its event."""

from __future__ import annotations

from typing import Any, Optional, Union

from nuclio_sdk.event import TriggerInfo
from nuclio_sdk.logger import Logger
from nuclio_sdk.platform import Platform
from nuclio_sdk.response import Response


class Context:
    """One object for the worker's whole life; what a function keeps in `user_data` is there for the next event."""

    def __init__(
        self,
        logger: Optional[Logger] = None,
        platform: Optional[Platform] = None,
        worker_id: Union[str, int, None] = None,
        trigger: Optional[TriggerInfo] = None,
    ) -> None:
        self.logger = logger or Logger()
        self.platform = platform or Platform("local")
        self.Response = Response
        # A function object, as in nuclio: attributes can be set on it, and it can be called without effect.
        self.user_data: Any = lambda: None
        self.worker_id = None if worker_id is None else str(worker_id)
        self.trigger = trigger or TriggerInfo()
        self.trigger_name = self.trigger.name
