"""A piece of the benches' work by the interpreter alone: bare.py WORK SECONDS WARM_UP; a line of JSON says what it cost."""

import json
import sys
import time

from main import WORK


def run(work, body, seconds):
    """CPU seconds for one, and how many there were."""
    end, count, before = time.monotonic() + seconds, 0, time.process_time()
    while time.monotonic() < end:
        work(body)
        count += 1
    return (time.process_time() - before) / count, count


name, seconds, warm_up = sys.argv[1], float(sys.argv[2]), float(sys.argv[3])
data = sys.stdin.buffer.read()
answer = WORK[name](data)
run(WORK[name], data, warm_up)
cost, count = run(WORK[name], data, seconds)
print(json.dumps({"micros": 1e6 * cost, "count": count, "answer": answer}))
