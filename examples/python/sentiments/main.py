"""Says whether a text is friendly, from -1 to 1. POST the text.

Words have a value, a word before them may turn or strengthen it, and the sum is brought between -1 and 1. The words are loaded once.
"""

import math
import os
import re

WORD = re.compile(r"[a-z']+")
TURNS = {"not", "never", "no", "hardly", "don't", "isn't", "wasn't"}
STRENGTHENS = {"very": 1.3, "really": 1.3, "so": 1.2, "extremely": 1.5, "slightly": 0.6}
# So that one strong word alone comes to about two thirds.
SCALE = 15


def init_context(context):
    path = os.path.join(os.path.dirname(__file__), "words.txt")
    with open(path, encoding="utf-8") as file:
        pairs = (line.split() for line in file if line.strip() and not line.startswith("#"))
        context.user_data.words = {word: float(value) for word, value in pairs}


def handler(context, event):
    words = WORD.findall(event.body.decode("utf-8", "replace").lower())
    total = sum(value_at(words, place, context.user_data.words) for place in range(len(words)))
    score = round(total / math.sqrt(total * total + SCALE), 3)
    return {"score": score, "mood": "good" if score > 0.05 else "bad" if score < -0.05 else "neutral"}


def value_at(words, place, values):
    value = values.get(words[place], 0.0)
    for before in words[max(0, place - 2) : place]:
        if before in TURNS:
            value *= -0.75
        value *= STRENGTHENS.get(before, 1.0)
    return value
