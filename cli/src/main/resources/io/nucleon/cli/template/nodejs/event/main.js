// Stores what an event tells, {"id": 7}. An event that throws is tried again, then dead-lettered.

exports.handler = async (context, event) => {
    const order = Buffer.isBuffer(event.body) ? JSON.parse(event.body) : event.body;
    if (order.id === undefined) throw new Error('an order without an id');
    context.logger.infoWith('stored', { id: order.id });
    return JSON.stringify({ stored: order.id });
};
