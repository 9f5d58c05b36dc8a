// Sends the body back.

exports.handler = (context, event) => context.callback(event.body);
