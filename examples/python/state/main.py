"""Knows the capitals that it loaded once, before its first event, and counts the questions.

init_context runs once in each worker, so each of several workers has its own state.
"""

import json
import os


def init_context(context):
    with open(os.path.join(os.path.dirname(__file__), "capitals.json"), encoding="utf-8") as file:
        context.user_data.capitals = json.load(file)
    context.user_data.asked = 0


def handler(context, event):
    context.user_data.asked += 1
    country = event.fields.get("country", "")
    capital = context.user_data.capitals.get(country)
    if capital is None:
        return context.Response(body=f"no capital of '{country}' is known", status_code=404)
    return {"capital": capital, "asked": context.user_data.asked}
