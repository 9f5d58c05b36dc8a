'use strict';
// What the wrapper's frame module offers, with frames that lie in the host: members are asked for one by one, and what is to be sent
// stays in words until the host writes it.

const host = require('nucleon:host');
const layout = require('./layout');

const EMPTY = Buffer.alloc(0);

/** A received frame. It may outlive its answer. */
class Frame {
    constructor(copy) {
        this.copy = copy;
        const head = host.head(copy);
        this.type = head & 0xff;
        this.flags = (head >> 8) & 0xff;
        this.code = head >>> 16;
        /** A number here, which the wrapper only keeps and compares. */
        this.correlation = host.correlation(copy);
        /** Its handler has begun, or it went back unread. */
        this.isSettled = false;
        this.view = this;
        this.at = 0;
    }

    u16(field) {
        return field === layout.CODE ? this.code : host.u16(this.copy, field);
    }

    get bodyLength() {
        return host.i32(this.copy, layout.BODY_LENGTH) >>> 0;
    }

    text(field) {
        return host.text(this.copy, field);
    }

    getBigInt64(field) {
        return BigInt(host.i64(this.copy, field));
    }

    getInt32(field) {
        return host.i32(this.copy, field);
    }
}

/** A pairs block as text. RangeError when a name or value holds a NUL, which the block could not carry. */
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

module.exports = { EMPTY, Frame, encode: (parts) => parts, pairs, cut };
