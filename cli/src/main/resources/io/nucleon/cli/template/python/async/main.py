"""Greets after a wait, many events at once: mode: async in function.yaml lets 16 of them be open in a worker."""

import asyncio


async def handler(context, event):
    name = event.fields.get("name", "world")
    await asyncio.sleep(0.01)  # a database, another service
    return f"Hello, {name}!"
