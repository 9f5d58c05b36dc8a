"""Logs at all levels. Fields are part of the record; a caller sees an event's records with the header X-Nuclio-Log-Level."""


def handler(context, event):
    context.logger.debug("nobody needs to know")
    context.logger.info_with("order came", number=17, customer=event.fields.get("customer", "unknown"))
    context.logger.warn_with("stock is low", left=3)
    context.logger.error("%s of %s failed", "printing", "a label")
    return "logged"
