"""Counts down, a line at a time: a generator's items are sent as they come, so that an answer may be larger than memory."""


def handler(context, event):
    start = int(event.fields.get("from", "3"))
    return context.Response(body=lines(start), content_type="text/csv")


def lines(start):
    for number in range(start, 0, -1):
        yield f"{number},{number * number}\n"
