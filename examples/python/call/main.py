"""Asks the function `fibonacci` for several numbers and adds them up: POST [2, 10, 17].

On a platform the other function is found by its name; on one machine too, wherever it runs:

    ./nucleon run examples/python/call examples/python/fibonacci
"""

import nuclio_sdk


def handler(context, event):
    total = 0
    for number in event.body:
        answer = context.platform.call_function("fibonacci", nuclio_sdk.Event(body=str(number), method="POST"))
        if answer.status_code != 200:
            return context.Response(body=answer.body, status_code=502)
        total += int(answer.body)
    return {"sum": total}
