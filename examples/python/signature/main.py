"""Takes a webhook only if it is signed: X-Signature must be `sha256=` and the HMAC of the body with the key that both sides know."""

import hashlib
import hmac
import os


def init_context(context):
    context.user_data.key = os.environ["WEBHOOK_KEY"].encode()


def handler(context, event):
    signature = event.get_header("X-Signature") or ""
    expected = "sha256=" + hmac.new(context.user_data.key, event.body, hashlib.sha256).hexdigest()
    # Takes the same time wherever the two differ, so that nobody finds the signature out by trying.
    if not hmac.compare_digest(signature.encode(), expected.encode()):
        context.logger.warn_with("a webhook with a wrong signature", size=len(event.body))
        return context.Response(body="wrong signature", status_code=401)
    return context.Response(body="accepted", status_code=202)
