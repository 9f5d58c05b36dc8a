"""What both kinds of connection do with the page that they share with the processor: fences, and events that are taken back."""

from __future__ import annotations

import os
import socket
import threading

from nucleon_wrapper import layout
from nucleon_wrapper.connection import Connection
from nucleon_wrapper.errors import Violation
from nucleon_wrapper.hello import Hello
from nucleon_wrapper.segment import Segment

_REQUEST = layout.REQUEST_INDICES // 8
CLAIMED = _REQUEST + layout.CLAIMED // 8
REVOKE = _REQUEST + layout.REVOKE // 8
_REVOKED_FROM, _REVOKED_TO = _REQUEST + layout.REVOKED_FROM // 8, _REQUEST + layout.REVOKED_TO // 8
_REVOKE_DONE = _REQUEST + layout.REVOKE_DONE // 8
_LOOKS_BEFORE_PEEK = 10_000


class PagedConnection(Connection):
    """The lock doubles as the fence: giving it up is a locked instruction on x86-64, which orders the stores before it before the
    loads behind it; on aarch64 a lock pair follows (`_weak`). Stores need nothing more on x86-64, where they stay in order.
    """

    __slots__ = ("_words", "_weak", "_fence", "_revoke_done")

    def __init__(self, sock: socket.socket, hello: Hello, segment: Segment) -> None:
        super().__init__(sock, hello)
        self._words = segment.words
        self._weak = os.uname().machine != "x86_64"
        self._fence = threading.Lock()
        self._fence.acquire()
        self._revoke_done = self._words[_REVOKE_DONE]

    def _pair(self) -> None:
        self._fence.release()
        self._fence.acquire()

    def _is_revoked(self, position: int, following: int) -> bool:
        """PROTOCOL.md §5.2, after the fence, when `revoke` is not `_revoke_done`: waits for the decision, then says whether the frame
        in hand, from `position` to `following`, was taken back."""
        words, looks, done = self._words, 0, self._revoke_done
        while (revoke := words[REVOKE]) != done + 2:
            if not done < revoke <= done + 2:
                raise Violation(f"the page's revoke is {revoke} where {done} was the last that was acted on")
            looks += 1
            if looks % _LOOKS_BEFORE_PEEK == 0:
                self.peek()
        if self._weak:
            self._pair()
        start, end = words[_REVOKED_FROM], words[_REVOKED_TO]
        revoked = start <= position < end
        if (following if revoked else position) >= end:
            self._revoke_done = words[_REVOKE_DONE] = revoke
        return revoked
