// Greets: the promise that an async handler returns is the answer.

exports.handler = async (context, event) => `Hello, ${event.fields.name || 'world'}!`;
