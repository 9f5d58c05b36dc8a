"""An asynchronous handler, an asynchronous init hook, and tasks that live longer than their event."""

import asyncio


async def init_context(context):
    await asyncio.sleep(0)
    context.user_data.ready = "after await"
    context.user_data.loop = id(asyncio.get_running_loop())
    context.user_data.ticks = 0
    context.user_data.running = 0
    context.user_data.most = 0
    context.user_data.done = asyncio.Event()


async def tick(context):
    for _ in range(5):
        await asyncio.sleep(0.001)
        context.user_data.ticks += 1
    context.user_data.done.set()


async def alone(data):
    data.running += 1
    data.most = max(data.most, data.running)
    await asyncio.sleep(0.005)
    data.running -= 1
    return str(data.most)


async def items():
    for item in ("one,", "two,", "three"):
        await asyncio.sleep(0)
        yield item


async def handler(context, event):
    data = context.user_data
    if event.path == "/init":
        return data.ready
    if event.path == "/loop":
        return str(id(asyncio.get_running_loop()) == data.loop)
    if event.path == "/start":
        context.user_data.task = asyncio.create_task(tick(context))
        return "started"
    if event.path == "/finished":
        await data.done.wait()
        return str(data.ticks)
    if event.path == "/alone":
        return await alone(data)
    if event.path == "/raise":
        await asyncio.sleep(0)
        raise LookupError("not found")
    if event.path == "/cancelled":
        raise asyncio.CancelledError()
    if event.path == "/stream":
        return items()
    if event.path == "/stream-response":
        return context.Response(body=items(), status_code=203, content_type="text/csv")
    if event.path == "/gather":
        return str(await asyncio.gather(*(asyncio.sleep(0, number) for number in range(3))))
    return {"path": event.path}
