"""Takes batches; the first event's path says how the answers are given."""


def answer(context, events, event, index):
    return context.Response(
        body={"size": len(events), "index": index, "body": event.body.decode()}, event_id=event.id, status_code=201
    )


def handler(context, event):
    if not isinstance(event, list):
        return "no batch"
    path = event[0].path
    if path == "/raise":
        raise ValueError("the whole batch")
    if path == "/text":
        return "not a list"
    answers = [answer(context, event, one, index) for index, one in enumerate(event)]
    if path == "/reverse":
        return answers[::-1]
    if path == "/short":
        return answers[1:]
    if path == "/unnamed":
        answers[0].event_id = None
    if path == "/strange":
        answers.append(context.Response(body="whose?", event_id="nobody"))
    return answers
