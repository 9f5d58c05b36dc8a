// Greets: GET /?name=Ada, or POST Ada.

exports.handler = async (context, event) => {
    const name = event.body.length > 0 ? String(event.body) : event.fields.name || 'world';
    context.logger.infoWith('greeting', { name });
    return `Hello, ${name}!`;
};
