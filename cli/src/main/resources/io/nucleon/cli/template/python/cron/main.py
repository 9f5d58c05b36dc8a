"""Runs by the schedule in function.yaml."""


def handler(context, event):
    context.logger.info_with("running", scheduled=str(event.timestamp))
    return "done"
