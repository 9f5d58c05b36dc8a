'use strict';
// The golden frames, read and written by the wrapper's own code.

const assert = require('node:assert');
const { createHash } = require('node:crypto');
const test = require('node:test');

const layout = require('../layout');
const { Violation } = require('../errors');
const { Frame, encode, encodeResponse } = require('../frame');
const { EncodedAnswer } = require('../connection');
const golden = require('./golden');

const all = golden.documents();
const sane = all.filter(({ values }) => !('violation' in values) && !('ring' in values));

function viewOf(bytes) {
    return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

test('values encode to the bytes', () => {
    for (const { name, values, data } of sane) {
        const made = Buffer.concat(golden.frames(values).map((frame) => encode(golden.parts(frame))));
        if (data !== null) assert.deepStrictEqual(made, data, name);
        else assert.strictEqual(createHash('sha256').update(made).digest('hex'), values.sha256, name);
    }
    assert.ok(sane.length > 15);
});

test('responses are written to the same bytes where they will be read', () => {
    let count = 0;
    for (const { name, values, data } of sane) {
        let at = 0;
        for (const frame of golden.frames(values)) {
            const wanted = golden.parts(frame);
            const length = data === null ? 0 : data.readUInt32LE(at);
            if (wanted.kind === layout.RESPONSE) {
                count++;
                const answer = new EncodedAnswer({ ...wanted, took: Number(wanted.time) }, wanted.epoch, wanted.arena);
                const made = Buffer.alloc(answer.length);
                encodeResponse(made, viewOf(made), 0, answer);
                assert.deepStrictEqual(made, data.subarray(at, at + length), name);
            }
            at += length;
        }
    }
    assert.ok(count > 5);
});

test('bytes decode to the values', () => {
    for (const { name, values, data } of sane) {
        if (data === null) continue;
        let at = 0;
        for (const words of golden.frames(values)) {
            const wanted = golden.parts(words);
            const frame = new Frame(data, viewOf(data), at, 0, 0);
            const { view } = frame;
            assert.deepStrictEqual([frame.type, frame.flags, frame.correlation], [wanted.kind, wanted.flags, wanted.correlation], name);
            assert.strictEqual(frame.u16(layout.CODE), wanted.code, name);
            assert.strictEqual(frame.u32(layout.EPOCH), wanted.epoch, name);
            assert.strictEqual(view.getInt32(at + layout.SHARD, true), wanted.shard, name);
            assert.strictEqual(view.getBigInt64(at + layout.TIME, true), wanted.time, name);
            assert.strictEqual(view.getBigInt64(at + layout.STREAM_OFFSET, true), wanted.streamOffset, name);
            assert.strictEqual(frame.arenaOffset, wanted.arena, name);
            assert.strictEqual(frame.text(layout.PATH_LENGTH), wanted.path.toString(), name);
            assert.strictEqual(frame.text(layout.CONTENT_TYPE_LENGTH), wanted.contentType.toString(), name);
            assert.strictEqual(frame.text(layout.ID_LENGTH), wanted.id.toString(), name);
            assert.strictEqual(frame.text(layout.EXTRA_LENGTH), wanted.extra.toString(), name);
            assert.strictEqual(frame.text(layout.HEADERS_LENGTH), wanted.headers.toString(), name);
            assert.strictEqual(frame.bodyLength, wanted.body.length, name);
            if (wanted.arena === 0) assert.deepStrictEqual(frame.inlineBody(), wanted.body, name);
            at += frame.u32(layout.LENGTH);
        }
        assert.strictEqual(at, data.length, name);
    }
});

test('a ring that wraps around', () => {
    const { values, data } = all.find(({ name }) => name === 'ring-wrap-around');
    const connection = golden.ring(values, data);
    const found = [];
    for (let frame = connection.poll(); frame !== null; frame = connection.poll()) found.push([frame.correlation, frame.bodyLength]);
    assert.deepStrictEqual(found, [
        [10n, 100],
        [11n, 136],
    ]);
});

test('hostile frames are violations', () => {
    let count = 0;
    for (const { name, values, data } of all) {
        if (values.receiver !== 'worker') continue;
        for (const kind of values.kind === 'both' ? ['shm', 'unix'] : [values.kind]) {
            count++;
            const connection = () => (kind === 'shm' ? golden.ring(values, data) : golden.overSocket(data));
            assert.throws(() => connection().poll(), Violation, `${name} ${kind}`);
        }
    }
    assert.ok(count > 20);
});
