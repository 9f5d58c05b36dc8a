"""Packs and unpacks with gzip: a body is bytes, and bytes are an answer."""

import gzip


def handler(context, event):
    if event.path == "/unpack":
        try:
            return context.Response(body=gzip.decompress(event.body), content_type="application/octet-stream")
        except (OSError, EOFError) as failure:
            return context.Response(body=f"no gzip: {failure}", status_code=400)
    return context.Response(body=gzip.compress(event.body, mtime=0), content_type="application/gzip")
