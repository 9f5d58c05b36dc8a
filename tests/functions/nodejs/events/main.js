'use strict';
// Answers with everything that an event holds.

const KINDS = { Buffer: 'bytes', Object: 'object' };

function shown(value) {
    return Buffer.isBuffer(value) ? { base64: value.toString('base64') } : value;
}

const WHOLE = {
    keys: (event) => Object.keys(event),
    spread: (event) => Object.keys({ ...event }),
    json: (event) => JSON.parse(JSON.stringify(event)),
    printed: (event) => require('node:util').inspect(event),
    in: (event) => ['body' in event, 'nothing' in event, 'toString' in event],
    own: (event) => Object.prototype.hasOwnProperty.call(event, 'headers'),
    set: (event) => {
        event.path = '/mine';
        event.own = 'also';
        event.headers['X-Own'] = '1';
        delete event.fields;
        return { ...event };
    },
    names: (event) => [event['content-type'], event.content_type],
};

exports.handler = (context, event) => {
    if (event.fields.whole) return context.callback({ whole: WHOLE[event.fields.whole](event) });
    const { body, timestamp, ...members } = event;
    context.callback({
        ...members,
        body: { kind: KINDS[body.constructor.name], value: shown(body) },
        timestamp: {
            kind: timestamp.constructor.name,
            age: Math.round((Date.now() - timestamp.getTime()) / 1000),
            iso: timestamp.toISOString(),
        },
    });
};
