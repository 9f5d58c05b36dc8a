"""Takes up to three events in one call and answers each of them.

With `batch` in function.yaml the handler gets a list; each response names its event by `event_id`.
"""


def handler(context, events):
    numbers = [int(event.body) for event in events]
    context.logger.info_with("a batch", size=len(events))
    return [
        context.Response(body={"number": number, "of": len(events), "sum": sum(numbers)}, event_id=event.id)
        for event, number in zip(events, numbers)
    ]
