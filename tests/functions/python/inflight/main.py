"""mode: async: several events in flight in one event loop."""

import asyncio


def init_context(context):
    context.user_data.here = 0
    context.user_data.all_here = asyncio.Event()


async def handler(context, event):
    data = context.user_data
    if event.path == "/meet":
        # Nobody answers before three are here.
        data.here += 1
        if data.here == int(event.fields["of"]):
            data.all_here.set()
        await data.all_here.wait()
        return "met"
    if event.path == "/log":
        context.logger.info_with("mine", body=event.body.decode())
        await asyncio.sleep(0.01)
        context.logger.info_with("still mine", body=event.body.decode())
        return event.body
    if event.path == "/raise":
        await asyncio.sleep(0)
        raise ValueError("only this one")
    await asyncio.sleep(0)
    return event.body if event.path == "/echo" else event.path
