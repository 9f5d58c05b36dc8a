'use strict';
// The checker function of `nucleon conformance`: what each path does is in docs/how-to/add-a-language.md.

const fs = require('node:fs');

const MEMBERS = ['method', 'path', 'fields', 'headers', 'content_type', 'id', 'url', 'num_shards', 'type', 'type_version', 'version', 'offset', 'topic', 'size'];
const kept = [];
let meeting = [];

exports.initContext = (context) => {
    context.logger.info('init');
    context.platform.setDrainCallback(() => context.logger.info('draining'));
    context.platform.setTerminationCallback(() => context.logger.info('terminating'));
};

function show(context, event) {
    const members = Object.fromEntries(MEMBERS.map((name) => [name, event[name]]));
    const { kind: trigger_kind, name: trigger_name } = event.trigger;
    return { ...members, shard: event.shard_id, trigger_kind, trigger_name, body: event.body.toString('base64') };
}

function fail() {
    throw new TypeError('the checker raises');
}

function log({ logger }) {
    logger.debugWith('one', { number: 1 });
    logger.infoWith('two', { number: 2 });
    logger.warnWith('three', { number: 3 });
    logger.errorWith('four \u00fc\n', { number: 4 });
    return 'logged';
}

function wait(context, event) {
    const gate = event.body.toString();
    fs.writeFileSync(`${gate}.in`, '');
    const clock = new Int32Array(new SharedArrayBuffer(4));
    while (!fs.existsSync(`${gate}.go`)) Atomics.wait(clock, 0, 0, 5);
    return 'waited';
}

function* stream() {
    yield* ['one,', 'two,', 'three'];
}

function* breaking() {
    yield 'one,';
    throw new TypeError('the checker raises');
}

async function ack(context, event) {
    await context.platform.explicitAck(event);
    return 'acked';
}

function keep(context, event) {
    kept.push(event);
    return kept.length > 1 ? `${kept[0].body} ${kept[0].headers['X-Kept']}` : 'kept';
}

/** Fulfilled for both when the second one has come. */
function meet(context, event) {
    return new Promise((resolve) => {
        meeting.push(() => resolve(event.body));
        if (meeting.length === 2) meeting.splice(0).forEach((go) => go());
    });
}

function cancelled(context) {
    return new Promise((resolve) => context.signal.addEventListener('abort', () => resolve('cancelled')));
}

const PATHS = {
    '/echo': (context, event) => event.body,
    '/answer': (context) => new context.Response('made', { 'X-Checker': 'gr\u00fcn' }, 'text/x-checker', 201),
    '/raise': fail,
    '/log': log,
    '/size': (context, event) => 'x'.repeat(Number(event.body)),
    '/wait': wait,
    '/object': (context, event) => String(event.body.k.length),
    '/trigger': (context) => ({ ...context.trigger }),
    '/stream': stream,
    '/stream-breaks': breaking,
    '/no-ack': (context) => new context.Response('not acked').ensureNoAck(),
    '/ack': ack,
    '/view': (context, event) => event.body,
    '/keep': keep,
    '/meet': meet,
    '/cancelled': cancelled,
};

function batch(context, events) {
    const answered = events.filter((event) => event.body.toString() !== 'skip');
    return answered.map((event) => Object.assign(new context.Response(`${events.length}:${event.body}`), { event_id: event.id }));
}

exports.handler = async (context, event) => {
    if (Array.isArray(event)) return batch(context, event);
    return (PATHS[event.path] || show)(context, event);
};
