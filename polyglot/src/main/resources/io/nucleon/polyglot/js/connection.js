'use strict';
// What the wrapper's connection module offers, on the host's connection. Nothing here waits: the loop does between two steps.

const host = require('nucleon:host');
const loop = require('nucleon:loop');
const layout = require('./layout');
const { EMPTY, Frame } = require('./frame');
const { parseHello } = require('./hello');

// A part of a body that is too large for one frame.
const CHUNK = 128 * 1024;
// Texts of sections that answers repeat: content types, mostly.
const MAX_TEXTS = 256;

class Connection {
    constructor(hello) {
        this.kind = hello.transport;
        this.epoch = hello.epoch;
        this.frameLimit = host.settings.maxFrame;
        this.hasEnded = false;
        this.isBlocked = false;
        /** Of no consequence here: the worker lives as long as its processor wants. */
        this.socket = { ref() {}, unref() {} };
        /** The frame that the host holds. @type {Frame|null} */
        this.hand = null;
        this.texts = new Map();
        this.polled = 0;
        this.onWork = () => {};
        this.onEnd = () => {};
        this.onBroken = () => {};
        this.onRoom = () => {};
    }

    /** The next frame; while an event waits that can't begin yet, only what cancels others. */
    poll() {
        if (this.hand !== null) {
            if (this.hand.type === layout.EVENT && !this.hand.isSettled) return this.cancelBehind();
            host.release();
            this.hand = null;
        }
        const copy = host.poll();
        if (copy === null) return null;
        this.polled++;
        return (this.hand = new Frame(copy));
    }

    cancelBehind() {
        const { hand } = this;
        hand.cancelled ??= new Set();
        for (const correlation of host.cancelled()) {
            if (!hand.cancelled.has(correlation)) {
                hand.cancelled.add(correlation);
                return { type: layout.CANCEL, flags: 0, correlation };
            }
        }
        return null;
    }

    claim(frame) {
        frame.isSettled = true;
        return host.claim();
    }

    bodyOf(frame, isLent) {
        const length = frame.bodyLength;
        if (length === 0) return EMPTY;
        const body = Buffer.from(new ArrayBuffer(host.body(Boolean(isLent))));
        return body;
    }

    sleep() {
        host.flush();
        return true;
    }

    respond(answer) {
        const { correlation, code, flags, took, contentType, headers, body, extra = EMPTY } = answer;
        if (this.hand !== null && this.hand.correlation === correlation) this.hand.isSettled = true;
        const type = this.text(contentType);
        const block = headers.length === 0 ? '' : headers.toString();
        const more = extra.length === 0 ? '' : extra.toString();
        if (typeof body === 'string') {
            host.send(layout.RESPONSE, flags, code, correlation, took, -1, 0, '', type, more, block, body);
        } else {
            const { buffer, byteOffset, length } = body;
            host.send(layout.RESPONSE, flags, code, correlation, took, -1, 0, '', type, more, block, buffer, byteOffset, length);
        }
    }

    text(bytes) {
        if (bytes.length === 0) return '';
        let text = this.texts.get(bytes);
        if (text === undefined) {
            text = bytes.toString();
            if (this.texts.size < MAX_TEXTS) this.texts.set(bytes, text);
        }
        return text;
    }

    /** A frame in words. */
    write(parts) {
        if (parts.kind === layout.READY) loop.serve();
        const { kind, flags = 0, code = 0, correlation = 0, shard = layout.NO_SHARD, streamOffset = 0n, body = '' } = parts;
        const head = [kind, flags, code, Number(correlation), 0, shard, Number(streamOffset)];
        const sections = [parts.path, parts.contentType, parts.extra, parts.headers].map((one) => (one === undefined ? '' : String(one)));
        if (typeof body === 'string') host.send(...head, ...sections, body);
        else host.send(...head, ...sections, body.buffer, body.byteOffset, body.length);
    }

    /** The body as CHUNK frames; the last one has MORE cleared and these flags. */
    chunks(correlation, lastFlags, body) {
        const bytes = typeof body === 'string' ? Buffer.from(body) : body;
        const size = Math.min(CHUNK, this.frameLimit - layout.HEADER_LENGTH);
        for (let start = 0; start === 0 || start < bytes.length; start += size) {
            const flags = start + size < bytes.length ? layout.MORE : lastFlags;
            this.write({ kind: layout.CHUNK, flags, correlation, body: bytes.subarray(start, start + size) });
        }
    }

    writeLastChunk(correlation, flags, extra) {
        this.write({ kind: layout.CHUNK, flags, correlation, extra });
    }

    flush() {
        host.flush();
    }

    finish(done) {
        host.flush();
        done();
    }

    /** Called in every step of the loop; says whether anything was done. */
    look() {
        if (host.is_gone() && !this.hasEnded) {
            this.hasEnded = true;
            this.onEnd();
        }
        const before = this.polled;
        this.onWork();
        return this.polled !== before;
    }
}

/** The connection is there already. */
async function connect() {
    const hello = parseHello(host.settings.hello, host.settings.epoch);
    const connection = new Connection(hello);
    loop.setWork(() => connection.look());
    return { connection, hello };
}

module.exports = { Connection, connect };
