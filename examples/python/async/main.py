"""Waits for something slow without holding the worker up.

`mode: async` in function.yaml lets one worker have many events in flight; without it a worker handles one event at a time, also where
the handler is `async def`. Here two callers wait for each other, which shows that both are in flight.
"""

import asyncio


def init_context(context):
    context.user_data.tables = {}


async def handler(context, event):
    table = event.fields.get("table", "1")
    tables = context.user_data.tables
    if table not in tables:
        tables[table] = asyncio.get_running_loop().create_future()
        partner = await tables[table]
    else:
        partner = event.fields.get("name", "?")
        tables.pop(table).set_result(partner)
        return "you made the pair"
    return f"{partner} came"
