'use strict';
// Calls itself by its name, through the platform: two workers, as each call takes both sides.

function seen(context, event) {
    const body = {
        method: event.method,
        path: event.path,
        fields: event.fields,
        content_type: event.content_type,
        target: event.headers['X-Nuclio-Target'],
        passed: event.headers['X-Passed'],
        body: event.body.toString(),
    };
    return new context.Response(body, { 'X-Seen': 'Yes' });
}

function call({ platform }, { body, content_type, fields }) {
    const { method, path, to } = fields;
    return platform.callFunction(to ?? 'calls', { body, content_type, method, path, headers: { 'X-Passed': 'on' } });
}

exports.handler = async (context, event) => {
    switch (event.path) {
        case '/seen':
            return seen(context, event);
        case '/echo':
            return new context.Response(event.body, null, event.content_type);
        case '/fail':
            throw new TypeError('as told');
    }
    const answer = await call(context, event);
    if (event.path === '/forward') return new context.Response(answer.body, null, answer.content_type, answer.status_code);
    return { status: answer.status_code, content_type: answer.content_type, seen: answer.headers['x-seen'] ?? null };
};
