"""The Nth Fibonacci number: POST the N."""


def handler(context, event):
    body = event.body.decode().strip() if isinstance(event.body, bytes) else str(event.body)
    if not body.isdigit() or int(body) > 1000:
        return context.Response(body="send a number from 0 to 1000", status_code=400)
    first, second = 0, 1
    for _ in range(int(body)):
        first, second = second, first + second
    return str(first)
