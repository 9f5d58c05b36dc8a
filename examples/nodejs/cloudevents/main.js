// Takes CloudEvents in both forms, as headers (binary) and as one JSON document (structured), without a line of code for either.

exports.handler = async (context, event) => ({
    type: event.type,
    source: event.trigger.kind,
    id: event.id,
    data: Buffer.isBuffer(event.body) ? event.body.toString() : event.body,
});
