"""A batch's answers, matched to its events by `event_id`."""

from __future__ import annotations

from typing import Any

from nucleon_wrapper import layout
from nucleon_wrapper.answering import Answering
from nucleon_wrapper.event import FrameEvent
from nucleon_wrapper.frame import CORRELATION, encode_text
from nucleon_wrapper.response import TEXT, Answer, Unanswerable, convert

_NOBODY = "the handler returned no response with this event's id"


def answer_batch(answering: Answering, events: list[FrameEvent], took: int, result: Any) -> None:
    """One RESPONSE an event. What names no event of the batch goes to nobody, as in nuclio; an event that no response names is
    answered with 500. Lock held."""
    open_events: dict[Any, list[int]] = {}
    for event in events:
        open_events.setdefault(event.id, []).append(event._frame[CORRELATION])
    for item in result if isinstance(result, list) else [result]:
        event_id = getattr(item, "event_id", None)
        waiting = open_events.get(event_id) or open_events.get(_other_form(event_id))
        if waiting:
            _answer(answering, waiting.pop(0), took, item)
    for correlations in open_events.values():
        for correlation in correlations:
            _refuse(answering, correlation, took, _NOBODY)


def _other_form(event_id: Any) -> Any:
    """Ids are bytes when strings are not decoded, while a response may carry either."""
    if isinstance(event_id, bytes):
        return event_id.decode("utf-8", "replace")
    return event_id.encode() if isinstance(event_id, str) else event_id


def _answer(answering: Answering, correlation: int, took: int, item: Any) -> None:
    try:
        answer: Answer = convert(item)
    except Unanswerable as failure:
        _refuse(answering, correlation, took, str(failure))
    except Exception as failure:  # the user's __str__ or __repr__
        answering.fail(correlation, took, failure)
    else:
        if answer[5] is None:
            answering.send(correlation, took, answer)
        else:
            _refuse(answering, correlation, took, "a member of a batch can't be answered with a stream")


def _refuse(answering: Answering, correlation: int, took: int, why: str) -> None:
    answering.connection.respond(correlation, 500, layout.FAILED, took, TEXT, b"", encode_text(why))
