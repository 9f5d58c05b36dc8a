'use strict';
// Holds events back and acks them later: `NAME:hold` waits for an event `NAME:flush`, or for the worker's drain. What it does with each is
// a line in the ledger: `WHAT NAME SHARD OFFSET PID`.

const fs = require('node:fs');

const held = [];

function note(what, { name, partition, offset }) {
    fs.appendFileSync(process.env.LEDGER, `${what} ${name} ${partition} ${offset} ${process.pid}\n`);
}

async function flush(context) {
    while (held.length > 0) {
        const place = held.shift();
        await context.platform.explicitAck(place);
        note('acked', place);
    }
}

exports.initContext = (context) => context.platform.setDrainCallback(() => flush(context));

exports.handler = async (context, event) => {
    const [name, how] = event.body.toString().split(':');
    const place = { name, topic: event.topic, partition: event.shard_id, offset: event.offset };
    if (how === 'hold') {
        held.push(place);
        note('held', place);
        return new context.Response('').ensureNoAck();
    }
    await flush(context);
    note('did', place);
    return '';
};
