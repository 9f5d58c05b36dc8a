"""Adds the items of an order up. A body of content type application/json arrives parsed; a dict is sent as JSON."""


def handler(context, event):
    order = event.body
    if not isinstance(order, dict) or not isinstance(order.get("items"), list):
        return 400, {"error": "send a JSON object with a list 'items'"}
    try:
        total = sum(item["price"] * item.get("count", 1) for item in order["items"])
    except (KeyError, TypeError, AttributeError):
        return 400, {"error": "each item needs a number 'price'"}
    return {"items": len(order["items"]), "total": round(total, 2)}
