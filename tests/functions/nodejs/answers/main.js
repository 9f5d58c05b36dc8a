'use strict';
// Every form in which a handler may answer; the path names the form.

const { Readable } = require('node:stream');

function raise(failure) {
    throw failure;
}

function* streamed(items) {
    yield* items;
}

async function* asyncStreamed(items) {
    for (const item of items) yield item;
}

function* breaking() {
    yield 'first,';
    throw new TypeError('in the middle');
}

function failingAtOnce() {
    return {
        next: () => raise(new TypeError('before the first')),
        [Symbol.iterator]() {
            return this;
        },
    };
}

function recursive() {
    return recursive() + 1;
}

let counted = 0;
let lateCallback = () => {};

// What every language can answer; the paths are the same in all of tests/functions/*/answers.
const SHARED = {
    '/text': () => 'a text',
    '/unicode': () => 'Grüße, 世界 🎉',
    '/empty': () => '',
    '/octets': (c) => new c.Response(Buffer.from([0, 255, 254]), null, 'application/octet-stream'),
    '/type': (c) => new c.Response('{}', null, 'application/json'),
    '/status': (c) => new c.Response('made', null, 'text/plain', 201),
    '/status-zero': (c) => new c.Response('zero', null, 'text/plain', 0),
    '/status-odd': (c) => new c.Response('x', null, 'text/plain', 799),
    '/status-low': (c) => new c.Response('x', null, 'text/plain', 42),
    '/status-huge': (c) => new c.Response('x', null, 'text/plain', 70000),
    '/no-content': (c) => new c.Response('dropped', null, 'text/plain', 204),
    '/count': () => String(++counted),
    '/headers': (c) => new c.Response('', { 'x-lower': '1', X_UNDER_SCORE: '2', 'x-multi-word-name': '3' }),
    '/headers-type': (c) => new c.Response('x', { 'Content-Type': 'text/html' }),
    '/headers-hostile': (c) =>
        new c.Response('safe', { 'X-Split': 'a\r\nX-Injected: b', 'Bad Name': 'c', 'Content-Length': '1', 'X-Fine': 'd' }),
    '/headers-unicode': (c) => new c.Response('', { 'X-Word': 'Grüße' }),
    '/headers-framing': (c) =>
        new c.Response('kept', { 'Transfer-Encoding': 'chunked', 'Content-Length': '99', Connection: 'close' }),
    '/headers-server': (c) => new c.Response('', { Server: 'mine' }),
    '/headers-cookies': (c) => new c.Response('', { 'Set-Cookie': 'a=1; Path=/' }),
    '/headers-echo': (c, e) => new c.Response('echoed', e.headers),
    '/raise': () => raise(new TypeError('went wrong')),
    '/raise-unicode': () => raise(new TypeError('schön 🎉')),
    '/echo': (c, e) => new c.Response(e.body, null, 'application/octet-stream'),
    '/echo-part': (c, e) => e.body.subarray(0, 4),
    '/large': (c, e) => Buffer.alloc(Number(e.fields.size), 'x'),
    '/stream': () => streamed(['one,', Buffer.from('two,'), 'three']),
    '/stream-response': (c) => new c.Response(streamed(['a', 'b']), { 'X-Rows': '2' }, 'text/csv', 206),
    '/stream-empty': () => streamed([]),
    '/stream-empty-items': () => streamed(['', 'x', Buffer.alloc(0), 'y']),
    '/stream-large': () => streamed(Array.from({ length: 26 }, (_, i) => Buffer.alloc(100_000, 65 + i))),
    '/stream-breaks': () => breaking(),
    '/stream-fails': () => failingAtOnce(),
};

// The same by `context.callback`.
const FORMS = {
    ...SHARED,
    '/text-object': () => new String('a text'),
    '/text-nul': () => 'a\0b',
    '/buffer': () => Buffer.from([0, 255, 254]),
    '/buffer-empty': () => Buffer.alloc(0),
    '/object': () => ({ a: 1, b: [1, 2], c: null, d: true }),
    '/object-empty': () => ({}),
    '/object-unicode': () => ({ word: 'Grüße' }),
    '/object-odd': () => ({ when: new Date(0), none: undefined, nan: NaN }),
    '/array': () => ['a', 2, null],
    '/array-of-two-texts': () => ['a', 'b'],
    '/number': () => 20,
    '/boolean': () => true,
    '/null': () => null,
    '/undefined': () => undefined,
    '/function': () => () => {},
    '/cycle': () => {
        const one = {};
        one.self = one;
        return one;
    },
    '/pair-text': () => [201, 'made'],
    '/pair-buffer': () => [201, Buffer.from([0, 255])],
    '/pair-object': () => [202, { a: 1 }],
    '/pair-number': () => [200, 5],
    '/pair-null': () => [206, null],
    '/pair-undefined': () => [206, undefined],
    '/pair-zero': () => [0, 'zero'],
    '/pair-fraction': () => [200.5, 'x'],
    '/pair-of-texts': () => ['200', 'x'],
    '/response': (c) => new c.Response('made', { 'X-A': 'b' }, 'text/html', 201),
    '/response-defaults': (c) => new c.Response(),
    '/response-object': (c) => new c.Response({ a: 1 }, null, 'text/html'),
    '/response-number': (c) => new c.Response(7),
    '/response-base64': (c) => new c.Response('AQI=', null, 'application/octet-stream', 200, 'base64'),
    '/response-buffer': (c) => new c.Response(Buffer.from([1, 2]), null, 'application/octet-stream'),
    '/response-body-later': (c) => Object.assign(new c.Response(''), { body: { a: 1 } }),
    '/response-encoding': (c) => new c.Response('x', null, 'text/plain', 200, 'rot13'),
    '/response-type-number': (c) => new c.Response('x', null, 123),
    '/response-status-text': (c) => new c.Response('x', null, 'text/plain', 'abc'),
    '/response-headers-text': (c) => new c.Response('x', 'X-A: b'),
    '/response-like': () => ({ body: 'x', status_code: 201 }),
    '/no-ack': (c) => new c.Response('not acked', { 'X-Kept': 'yes' }).ensureNoAck(),
    '/headers-values': (c) => new c.Response('', { 'X-Int': 5, 'X-True': true, 'X-List': ['a'], 'X-None': null, 'X-Text': 'here' }),
    '/raise-text': () => raise('some error'),
    '/raise-undefined': () => raise(undefined),
    '/raise-object': () => raise({ toString: () => 'an object' }),
    '/raise-recursion': () => recursive(),
    '/raise-unshowable': () =>
        raise({
            toString: () => raise(new Error('no text')),
        }),
    '/pid': () => String(process.pid),
    '/body-kind': (c, e) => `${e.body.constructor.name} ${Buffer.isBuffer(e.body)} ${e.body.length}`,
    '/stream-async': () => asyncStreamed(['one,', Buffer.from('two,'), 'three']),
    '/stream-response-async': (c) => new c.Response(asyncStreamed(['a', 'b']), null, 'text/plain', 206),
    '/stream-readable': () => Readable.from(['one,', 'two,', 'three']),
    '/stream-numbers': () => streamed([1, 2.5, null, { a: 1 }]),
};

// Where it matters how the answer is given, or when.
const BY_HAND = {
    '/by-hand/twice': (c) => {
        c.callback('first');
        c.callback('second');
    },
    '/by-hand/detached': ({ callback }) => callback('detached'),
    '/by-hand/later': (c) => {
        setTimeout(() => c.callback('later'), 5);
    },
    '/by-hand/promised': (c) => {
        Promise.resolve('promised').then(c.callback);
    },
    '/by-hand/awaits-it': async (c) => {
        const nothing = await c.callback('awaited');
        if (nothing !== undefined) throw new Error('a callback gives nothing');
    },
    '/by-hand/resolved-before': async (c) => {
        setTimeout(() => c.callback('after the promise'), 5);
    },
    '/by-hand/raises-after': (c) => {
        c.callback('lost');
        throw new TypeError('after the callback');
    },
    '/by-hand/rejects-after': async (c) => {
        c.callback('kept');
        throw new TypeError('told of in the log');
    },
    '/by-hand/returns-too': (c) => {
        c.callback('called back');
        return 'returned';
    },
    '/by-hand/changed-after': (c) => {
        const answer = { a: 1 };
        c.callback(answer);
        answer.a = 2;
    },
    '/by-hand/keep': (c) => {
        lateCallback = c.callback;
        c.callback('kept');
    },
    '/by-hand/use-kept': (c) => {
        lateCallback('of the event before');
        c.callback('my own');
    },
    '/by-hand/stray-rejection': () => {
        Promise.reject(new TypeError('nobody handles it'));
    },
    '/by-hand/stray-exception': () => {
        setImmediate(() => raise(new TypeError('nobody catches it')));
    },
};

// A handler whose promise is the answer.
const PROMISED = {
    '/promise/text': async () => 'a text',
    '/promise/later': () => new Promise((resolve) => setTimeout(() => resolve({ a: 1 }), 5)),
    '/promise/pair': async () => [203, 'a pair'],
    '/promise/null': async () => null,
    '/promise/response': async (c) => new c.Response('made', null, 'text/html', 201),
    '/promise/rejected': async () => raise(new TypeError('went wrong')),
    '/promise/rejected-later': () => new Promise((_, reject) => setTimeout(() => reject('no error at all'), 5)),
    '/promise/thenable': () => ({ then: (resolve) => resolve('a thenable') }),
    '/promise/stream': async () => Readable.from(['a', 'b']),
    '/promise/generator': async function* generator() {
        yield 'one,';
        yield 'two';
    },
};

exports.handler = (context, event) => {
    const direct = PROMISED[event.path] || BY_HAND[event.path];
    if (direct) return direct(context, event);
    return void context.callback(FORMS[event.path](context, event));
};
