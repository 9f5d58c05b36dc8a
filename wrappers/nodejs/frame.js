'use strict';
// The 64-byte header and what is around it: packing, checking, pairs blocks. No state, no I/O.

const layout = require('./layout');
const { Violation } = require('./errors');

const EMPTY = Buffer.alloc(0);

// What a processor may send after the hand-shake.
const FROM_PROCESSOR = new Set([
    layout.EVENT,
    layout.CHUNK,
    layout.CANCEL,
    layout.DRAIN,
    layout.TERMINATE,
    layout.CONTINUE,
    layout.STOP,
]);

/**
 * A frame in words, for everything that is not the hot path. Sections are bytes or text.
 *
 * @typedef {{kind: number, flags?: number, code?: number, correlation?: bigint, time?: bigint, epoch?: number, shard?: number,
 *   path?: Uint8Array|string, contentType?: Uint8Array|string, id?: Uint8Array|string, extra?: Uint8Array|string,
 *   headers?: Uint8Array|string, body?: Uint8Array|string, arena?: number, streamOffset?: bigint}} Parts
 */

/** A received frame: its bytes are the wrapper's own, and stay as they are. */
class Frame {
    /**
     * @param {Buffer} source
     * @param {DataView} view of the same bytes
     * @param {number} at where the frame begins in them
     * @param {number} position where it began in the stream of frames
     * @param {number} end position behind it
     */
    constructor(source, view, at, position, end) {
        this.source = source;
        this.view = view;
        this.at = at;
        this.position = position;
        this.end = end;
        this.type = view.getUint8(at + layout.TYPE);
        this.flags = view.getUint8(at + layout.FLAGS);
        this.correlation = view.getBigUint64(at + layout.CORRELATION, true);
    }

    /** @param {number} field offset of a u32 in the header */
    u32(field) {
        return this.view.getUint32(this.at + field, true);
    }

    /** @param {number} field offset of a u16 in the header */
    u16(field) {
        return this.view.getUint16(this.at + field, true);
    }

    get arenaOffset() {
        return Number(this.view.getBigUint64(this.at + layout.ARENA_OFFSET, true));
    }

    get bodyLength() {
        return this.u32(layout.BODY_LENGTH);
    }

    /** Where a section begins in `source`: PATH_LENGTH, CONTENT_TYPE_LENGTH, ID_LENGTH, EXTRA_LENGTH or HEADERS_LENGTH. */
    start(field) {
        let start = this.at + layout.HEADER_LENGTH;
        const before = field === layout.HEADERS_LENGTH ? layout.EXTRA_LENGTH + 2 : field;
        for (let other = layout.PATH_LENGTH; other < before; other += 2) start += this.u16(other);
        return start;
    }

    /** The text of a section; what is not UTF-8 becomes U+FFFD, as on the way through JSON in nuclio. */
    text(field) {
        const length = field === layout.HEADERS_LENGTH ? this.u32(field) : this.u16(field);
        if (length === 0) return '';
        const start = this.start(field);
        return this.source.toString('utf8', start, start + length);
    }

    /** The inline body: memory that is this frame's alone. */
    inlineBody() {
        const end = this.at + this.u32(layout.LENGTH);
        return this.source.subarray(end - this.bodyLength, end);
    }
}

/**
 * The frame's bytes, body inline unless `arena` says where it is.
 *
 * @param {Parts} parts
 */
function encode(parts) {
    const sections = [parts.path, parts.contentType, parts.id, parts.extra, parts.headers].map(bytesOf);
    const body = bytesOf(parts.body);
    const all = parts.arena ? sections : [...sections, body];
    const length = all.reduce((sum, section) => sum + section.length, layout.HEADER_LENGTH);
    const header = Buffer.alloc(layout.HEADER_LENGTH);
    header.writeUInt32LE(length, layout.LENGTH);
    header.writeUInt8(parts.kind, layout.TYPE);
    header.writeUInt8(parts.flags || 0, layout.FLAGS);
    header.writeUInt16LE(parts.code || 0, layout.CODE);
    header.writeBigUInt64LE(parts.correlation || 0n, layout.CORRELATION);
    header.writeBigInt64LE(parts.time || 0n, layout.TIME);
    header.writeUInt32LE(parts.epoch || 0, layout.EPOCH);
    header.writeInt32LE(parts.shard ?? layout.NO_SHARD, layout.SHARD);
    header.writeUInt32LE(body.length, layout.BODY_LENGTH);
    header.writeUInt32LE(sections[4].length, layout.HEADERS_LENGTH);
    for (let i = 0; i < 4; i++) header.writeUInt16LE(sections[i].length, layout.PATH_LENGTH + 2 * i);
    header.writeBigUInt64LE(BigInt(parts.arena || 0), layout.ARENA_OFFSET);
    header.writeBigInt64LE(parts.streamOffset || 0n, layout.STREAM_OFFSET);
    return Buffer.concat([header, ...all], length);
}

function bytesOf(section) {
    if (section === undefined) return EMPTY;
    return typeof section === 'string' ? Buffer.from(section) : section;
}

/**
 * Writes a RESPONSE where it will be read from, which is the hot path.
 *
 * @param {Buffer} target
 * @param {DataView} view of the same bytes
 * @param {number} at
 * @param {{length: number, epoch: number, correlation: bigint, code: number, flags: number, took: number, contentType: Buffer,
 *   extra: Buffer, headers: Buffer, body: Uint8Array|string, size: number, arena: number}} answer `took` in ns
 */
function encodeResponse(target, view, at, answer) {
    const { contentType, extra, headers } = answer;
    view.setUint32(at, answer.length, true);
    view.setUint32(at + layout.TYPE, layout.RESPONSE | (answer.flags << 8) | (answer.code << 16), true);
    view.setBigUint64(at + layout.CORRELATION, answer.correlation, true);
    view.setUint32(at + layout.TIME, answer.took % 0x100000000, true);
    view.setUint32(at + layout.TIME + 4, answer.took / 0x100000000, true);
    view.setUint32(at + layout.EPOCH, answer.epoch, true);
    view.setInt32(at + layout.SHARD, layout.NO_SHARD, true);
    view.setUint32(at + layout.BODY_LENGTH, answer.size, true);
    view.setUint32(at + layout.HEADERS_LENGTH, headers.length, true);
    view.setUint32(at + layout.PATH_LENGTH, contentType.length << 16, true);
    view.setUint32(at + layout.ID_LENGTH, extra.length << 16, true);
    view.setUint32(at + layout.ARENA_OFFSET, answer.arena, true);
    view.setUint32(at + layout.ARENA_OFFSET + 4, 0, true);
    view.setUint32(at + layout.STREAM_OFFSET, 0, true);
    view.setUint32(at + layout.STREAM_OFFSET + 4, 0, true);
    let place = at + layout.HEADER_LENGTH;
    target.set(contentType, place);
    place += contentType.length;
    if (extra.length !== 0) target.set(extra, place);
    place += extra.length;
    if (headers.length !== 0) target.set(headers, place);
    place += headers.length;
    if (answer.arena === 0 && answer.size !== 0) writeBody(target, place, answer.body, answer.size);
}

/** Copies a body of `size` bytes, text or bytes, to its place. */
function writeBody(target, at, body, size) {
    if (typeof body === 'string') target.write(body, at, size, 'utf8');
    else target.set(body, at);
}

/** What `length` must be. */
function sectionsLength(view, at) {
    const inline = view.getUint32(at + layout.ARENA_OFFSET, true) || view.getUint32(at + layout.ARENA_OFFSET + 4, true);
    return (
        layout.HEADER_LENGTH +
        view.getUint16(at + layout.PATH_LENGTH, true) +
        view.getUint16(at + layout.CONTENT_TYPE_LENGTH, true) +
        view.getUint16(at + layout.ID_LENGTH, true) +
        view.getUint16(at + layout.EXTRA_LENGTH, true) +
        view.getUint32(at + layout.HEADERS_LENGTH, true) +
        (inline ? 0 : view.getUint32(at + layout.BODY_LENGTH, true))
    );
}

/**
 * Throws a Violation, naming what is wrong, unless the frame fits `available` bytes and the sender's arena.
 *
 * @param {DataView} view
 * @param {number} at
 * @param {number} available
 * @param {{offset: number, size: number}} arena
 */
function check(view, at, available, arena) {
    const length = view.getUint32(at, true);
    if (length < layout.HEADER_LENGTH || length > available) {
        throw new Violation(`a frame says that it is ${length} bytes long where ${available} are possible`);
    }
    const type = view.getUint8(at + layout.TYPE);
    if (!FROM_PROCESSOR.has(type)) throw new Violation(`frames of type ${type} don't go from processor to worker`);
    const sections = sectionsLength(view, at);
    if (sections !== length) {
        throw new Violation(`a frame's sections add up to ${sections} bytes, its length says ${length}`);
    }
    const offset = view.getBigUint64(at + layout.ARENA_OFFSET, true);
    if (offset === 0n) return;
    const size = BigInt(view.getUint32(at + layout.BODY_LENGTH, true));
    if (offset < BigInt(arena.offset) || offset + size > BigInt(arena.offset + arena.size)) {
        throw new Violation(`a body at ${offset} of ${size} bytes is outside the request arena`);
    }
}

/** A pairs block. RangeError when a name or value holds a NUL, which the block could not carry. */
function pairs(items) {
    const parts = items.flat();
    if (parts.some((part) => part.includes('\0'))) {
        throw new RangeError("a header's name or value holds a NUL character");
    }
    return Buffer.from(parts.join('\0'));
}

/** UTF-8 of at most `limit` bytes, cut between characters. */
function cut(text, limit = layout.MAX_SHORT) {
    const data = Buffer.from(text);
    if (data.length <= limit) return data;
    let end = limit;
    while (end > 0 && (data[end] & 0xc0) === 0x80) end--;
    return data.subarray(0, end);
}

module.exports = { EMPTY, Frame, encode, encodeResponse, writeBody, check, pairs, cut };
