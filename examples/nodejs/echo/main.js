// Sends back what it got: body, content type, and what the request was.

exports.handler = async (context, event) => {
    const headers = { 'X-Method': event.method, 'X-Path': event.path, 'X-Who': event.fields.who || 'nobody' };
    return new context.Response(event.body, headers, event.content_type || 'application/octet-stream');
};
