"""Records what a trigger brings, and shows it to whoever asks by HTTP.

Both triggers name the same workerAllocatorName, so they share one worker and what it remembers. With workers of their own the record
would have to lie in a file or a database.
"""

import json


def init_context(context):
    context.user_data.messages = []


def handler(context, event):
    messages = context.user_data.messages
    if event.trigger.kind != "http":
        context.logger.info_with("a message", trigger=event.trigger.name)
        messages.append({"from": event.trigger.kind, "body": event.body.decode()})
        return None
    return context.Response(body=json.dumps(messages), content_type="application/json")
