// Adds the items of an order up. A body is a Buffer, whatever its content type; an object is sent as JSON, a pair is a status and an answer.

exports.handler = async (context, event) => {
    const order = parse(event.body);
    if (!Array.isArray(order?.items)) return [400, { error: "send a JSON object with a list 'items'" }];
    if (!order.items.every((item) => typeof item?.price === 'number')) return [400, { error: "each item needs a number 'price'" }];
    const total = order.items.reduce((sum, { price, count = 1 }) => sum + price * count, 0);
    return { items: order.items.length, total: Math.round(total * 100) / 100 };
};

function parse(body) {
    try {
        return JSON.parse(body);
    } catch {
        return null;
    }
}
