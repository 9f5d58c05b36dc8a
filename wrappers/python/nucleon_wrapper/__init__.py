"""The Python side of the connection to the processor. Start with `wrapper.main`, then `connection`, then `server`.

One event: `shm`/`unix` find a frame → `event` shows it to the handler → `response` turns the answer into a frame's parts →
the connection writes them. The wire is `wrappers/protocol/PROTOCOL.md`; its numbers are in `layout` and nowhere else.
"""
