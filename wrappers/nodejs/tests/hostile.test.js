'use strict';
// Frames that no processor sends: refused with a Violation, never another exception, a hang or a read outside the frame. The seed is
// printed by a failure and set with NUCLEON_SEED.

const assert = require('node:assert');
const { randomBytes } = require('node:crypto');
const test = require('node:test');

const layout = require('../layout');
const { Violation } = require('../errors');
const { Tables, makeEvent } = require('../event');
const { encode } = require('../frame');
const golden = require('./golden');

const ROUNDS = 5000;
const SEED = Number(process.env.NUCLEON_SEED) || randomBytes(4).readUInt32LE();
const EDGES = [0, 1, 2, 63, 64, 65, 127, 128, 4095, 4096, 65535, 2 ** 31, 2 ** 32 - 1];
const FIELDS = [
    [layout.LENGTH, 4],
    [layout.TYPE, 1],
    [layout.FLAGS, 1],
    [layout.EPOCH, 4],
    [layout.BODY_LENGTH, 4],
    [layout.HEADERS_LENGTH, 4],
    [layout.PATH_LENGTH, 2],
    [layout.CONTENT_TYPE_LENGTH, 2],
    [layout.ID_LENGTH, 2],
    [layout.EXTRA_LENGTH, 2],
    [layout.ARENA_OFFSET, 4],
];

/** Mulberry32: whole numbers below a bound. */
function chanceOf(seed) {
    let state = seed;
    return (bound) => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
    };
}

function mutated(chance) {
    const headers = `Host\0h\0X\0${'y'.repeat(chance(40))}`;
    const frame = encode({
        kind: layout.EVENT,
        epoch: 7,
        code: chance(3),
        correlation: 9n,
        path: `/p${'\0a=%20'.repeat(chance(2))}`,
        headers,
        body: randomBytes(chance(90)),
    });
    for (let i = chance(3); i >= 0; i--) {
        if (chance(2) === 0) {
            frame[chance(frame.length)] = chance(256);
        } else {
            const [at, size] = FIELDS[chance(FIELDS.length)];
            frame.writeUIntLE(EDGES[chance(EDGES.length)] % 2 ** (8 * size), at, size);
        }
    }
    return chance(10) === 0 ? randomBytes(64 + chance(140)) : frame;
}

const tables = new Tables({ methods: ['GET', 'POST'], triggers: [{ kind: 'http', name: 'h' }] });

/** Reads a frame and, if it is an event, all of it. True if it was one. */
function polled(connection) {
    let frame;
    try {
        frame = connection.poll();
    } catch (failure) {
        assert.ok(failure instanceof Violation, `seed ${SEED}: ${failure.stack}`);
        return false;
    }
    if (frame === null || frame.type !== layout.EVENT) return false;
    const body = connection.bodyOf(frame, true);
    assert.strictEqual(body.length, frame.bodyLength, `seed ${SEED}`);
    const event = makeEvent({ ...frame, flags: 0, __proto__: Object.getPrototypeOf(frame) }, tables, body);
    assert.strictEqual(Object.keys({ ...event }).length, 20, `seed ${SEED}`);
    return true;
}

for (const [kind, connect] of [
    ['the ring', (frame) => golden.ring({}, frame)],
    ['the socket', (frame) => golden.overSocket(frame)],
]) {
    test(`${ROUNDS} broken frames over ${kind}`, () => {
        const chance = chanceOf(SEED);
        let events = 0;
        for (let i = 0; i < ROUNDS; i++) events += polled(connect(mutated(chance).subarray(0, 4096))) ? 1 : 0;
        assert.ok(events > ROUNDS / 100);
    });
}
