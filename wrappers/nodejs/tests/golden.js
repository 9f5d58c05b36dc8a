'use strict';
// The golden frames (wrappers/protocol/golden), and connections that read bytes of a test's choice.

const fs = require('node:fs');
const path = require('node:path');

const layout = require('../layout');
const { ShmConnection } = require('../shm');
const { UnixConnection } = require('../unix');

const GOLDEN = path.join(__dirname, '..', '..', 'protocol', 'golden');
const SECTIONS = ['path', 'contentType', 'id', 'extra', 'headers', 'body'];
const ARENA = 1 << 16;
const RING = 4096;

/** Lines of `key: value`, the value a JSON number or text. Whole numbers are BigInts: some need 64 bits. */
function read(file) {
    const values = {};
    for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
        const found = /^([\w.]+): (.*)$/.exec(line);
        if (found !== null) values[found[1]] = /^-?\d+$/.test(found[2]) ? BigInt(found[2]) : JSON.parse(found[2]);
    }
    return values;
}

/** All of them: name, what the words say, and the bytes, which the largest have not. */
function documents() {
    const files = fs.readdirSync(GOLDEN).filter((file) => file.endsWith('.yaml'));
    return files.map((file) => {
        const bin = path.join(GOLDEN, file.replace('.yaml', '.bin'));
        const data = fs.existsSync(bin) ? fs.readFileSync(bin) : null;
        return { name: file.replace('.yaml', ''), values: read(path.join(GOLDEN, file)), data };
    });
}

function frames(values) {
    const found = [];
    for (const [key, value] of Object.entries(values)) {
        const [number, name] = key.split('.');
        if (name !== undefined) (found[Number(number) - 1] ??= {})[name] = value;
    }
    return found;
}

function section(frame, name) {
    const once = `${name}Hex` in frame ? Buffer.from(frame[`${name}Hex`], 'hex') : Buffer.from(frame[name] ?? '');
    return Buffer.concat(Array(Number(frame[`${name}Times`] ?? 1)).fill(once));
}

/** A frame's words as `encode` takes them. */
function parts(frame) {
    const flags = (frame.flags || '').split('|').filter(Boolean).reduce((all, name) => all | layout[name], 0);
    const numbers = { code: Number(frame.code ?? 0), epoch: Number(frame.epoch ?? 0), shard: Number(frame.shard ?? -1) };
    const wide = { correlation: frame.correlation ?? 0n, time: frame.time ?? 0n, streamOffset: frame.streamOffset ?? 0n };
    const sections = Object.fromEntries(SECTIONS.map((name) => [name, section(frame, name)]));
    return { kind: layout[frame.type], flags, ...numbers, ...wide, ...sections, arena: Number(frame.arenaOffset ?? 0) };
}

const socket = { on: () => {}, write: () => {} };

function hello(transport) {
    return { transport, epoch: 7, inlineLimit: 16384, maxFrame: 1 << 20, spin: false };
}

/** A connection whose request ring holds that image. */
function ring(values, data) {
    const size = Number(values.ring ?? RING);
    const areas = [size, size, ARENA, ARENA];
    const offsets = areas.map((_, i) => areas.slice(0, i).reduce((sum, one) => sum + one, layout.SEGMENT_HEADER_LENGTH));
    const memory = new ArrayBuffer(offsets[3] + ARENA);
    const words = new BigInt64Array(memory);
    const [requestRing, responseRing, requestArena, responseArena] = areas.map((one, i) => ({ offset: offsets[i], size: one }));
    Buffer.from(memory).set(data, layout.SEGMENT_HEADER_LENGTH);
    words[(layout.REQUEST_INDICES + layout.TAIL) / 8] = values.tail ?? 0n;
    words[(layout.REQUEST_INDICES + layout.HEAD) / 8] = values.head ?? BigInt((data.length + 63) & -64);
    return new ShmConnection(socket, hello('shm'), { requestRing, responseRing, requestArena, responseArena, memory, chunk: 4096 });
}

/** A connection that has received those bytes. */
function overSocket(data) {
    const connection = new UnixConnection(socket, hello('unix'), { claimedWriter: () => () => {} });
    connection.accept(data);
    return connection;
}

module.exports = { SECTIONS, documents, frames, parts, ring, overSocket };
