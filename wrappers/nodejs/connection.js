'use strict';
// The way to the processor: what both kinds share, and how a connection is made.

const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');

const layout = require('./layout');
const { EndOfConnection, Violation } = require('./errors');
const { EMPTY, encode, encodeResponse } = require('./frame');
const { parseHello } = require('./hello');
const { Segment, whyNoRings } = require('./segment');

// Large enough for any hand-shake, small enough that a broken length costs nothing.
const MAX_HELLO = 1 << 20;
// A chunk of a body that is too large for one frame: large enough that the frame's own cost vanishes.
const CHUNK = 128 * 1024;
// Frames are copied, or read from the socket, into memory of this size, cut off piece by piece and never reused: bodies and events
// that outlive their answer keep theirs. A fresh piece costs 3 µs, which some hundred small frames share.
const SLAB = 128 * 1024;
// Answers go out when handlers have taken this long together, or when there is nothing more to do: one wake for many quick ones.
const QUICK_NANOS = 50_000;
// What an event costs around its handler.
const OWN_NANOS = 2_000;
const READ = 64 * 1024;

/**
 * @typedef {{correlation: bigint, code: number, flags: number, took: number, contentType: Buffer, headers: Buffer,
 *   body: Uint8Array|string, extra?: Buffer}} Answer what becomes a RESPONSE; `took` in ns
 */

/**
 * Frames in and out. Nothing here waits: when there is no room a frame is put by in order, `isBlocked` says so, and `onRoom` is
 * called when all have gone out.
 */
class Connection {
    /**
     * @param {net.Socket} socket
     * @param {import('./hello').Hello} hello
     */
    constructor(socket, hello) {
        this.kind = hello.transport;
        this.socket = socket;
        this.epoch = hello.epoch;
        this.inlineLimit = hello.inlineLimit;
        this.frameLimit = hello.maxFrame;
        this.dropped = 0;
        this.source = EMPTY;
        this.view = new DataView(EMPTY.buffer, EMPTY.byteOffset, 0);
        this.at = 0;
        this.end = 0;
        this.slabEnd = 0;
        this.owedNanos = 0;
        this.hasEnded = false;
        /** What could not be written yet, each a function that says whether it now was. @type {(() => boolean)[]} */
        this.backlog = [];
        /** Called when there may be frames. */
        this.onWork = () => {};
        /** Called when the other side is gone. */
        this.onEnd = () => {};
        /** Called with what went wrong in our own code. @type {(failure: any) => void} */
        this.onBroken = () => {};
        /** Called when `isBlocked` has become false. */
        this.onRoom = () => {};
    }

    get isBlocked() {
        return this.backlog.length !== 0;
    }

    // poll(): the next frame or null. claim(frame): says that its handler begins; false if the processor has taken it back.
    // sleep(): sends what is to be sent and asks to be told of more; false if there is something to do already.
    // tryRespond(answer), tryWrite(frame): false if there is no room now. flush(): what was written is on its way.

    /** Writes a RESPONSE, body included, by whatever way fits. @param {Answer} answer */
    respond(answer) {
        this.owedNanos += answer.took + OWN_NANOS;
        if (this.backlog.length !== 0 || !this.tryRespond(answer)) {
            // The handler may change its buffer from here on.
            const kept = typeof answer.body === 'string' ? answer : { ...answer, body: Buffer.from(answer.body) };
            this.put(() => this.tryRespond(kept));
        }
    }

    /** Writes a frame of at most `frameLimit` bytes. @param {Buffer} frame */
    write(frame) {
        this.owedNanos += QUICK_NANOS + 1; // rare frames are not held back
        if (this.backlog.length !== 0 || !this.tryWrite(frame)) this.put(() => this.tryWrite(frame));
    }

    put(attempt) {
        this.backlog.push(attempt);
        if (this.backlog.length === 1) this.awaitRoom();
    }

    /** The body as CHUNK frames; the last one has MORE cleared and these flags. */
    chunks(correlation, lastFlags, body) {
        const bytes = typeof body === 'string' ? Buffer.from(body) : body;
        const size = Math.min(CHUNK, this.frameLimit - layout.HEADER_LENGTH);
        for (let start = 0; start === 0 || start < bytes.length; start += size) {
            const flags = start + size < bytes.length ? layout.MORE : lastFlags;
            const part = bytes.subarray(start, start + size);
            this.write(encode({ kind: layout.CHUNK, flags, correlation, epoch: this.epoch, body: part }));
        }
    }

    /** Breaks a streamed body off. */
    writeLastChunk(correlation, flags, extra) {
        this.write(encode({ kind: layout.CHUNK, flags, correlation, epoch: this.epoch, extra }));
    }

    /** Tries again what was put by. */
    retry() {
        if (this.backlog.length === 0) return;
        while (this.backlog.length !== 0 && this.backlog[0]()) this.backlog.shift();
        if (this.backlog.length !== 0) {
            this.awaitRoom();
            return;
        }
        this.flush();
        this.onRoom();
    }

    /** Before a handler runs: slow ones' neighbours are sent first. */
    flushIfSlow() {
        if (this.owedNanos > QUICK_NANOS) this.flush();
    }

    /** Sends all, then calls `done`; for the end of the process. */
    finish(done) {
        this.retry();
        this.flush();
        if (this.hasEnded) done();
        else this.socket.write(EMPTY, done);
    }

    guardedReceive(count) {
        try {
            this.received(count);
        } catch (failure) {
            this.onBroken(failure);
        }
    }

    ended() {
        this.hasEnded = true;
        this.onEnd();
    }

    /** Memory for at least `size` bytes more, after the `kept` bytes at `at`, which move along if need be. */
    reserve(size) {
        const kept = this.end - this.at;
        if (this.slabEnd - this.end >= size) return;
        // At least twice what is kept, so that frames which pile up behind a busy handler are not copied at each read.
        const slab = Buffer.allocUnsafeSlow(Math.max(SLAB, kept + size, 2 * kept));
        this.source.copy(slab, 0, this.at, this.end);
        this.source = slab;
        this.view = new DataView(slab.buffer, slab.byteOffset, slab.length);
        this.at = 0;
        this.end = kept;
        this.slabEnd = slab.length;
    }
}

/** Hands each answer's parts to `encodeResponse` in one shape, which keeps that call quick. */
class EncodedAnswer {
    /** @param {Answer} answer @param {number} epoch @param {number} arena */
    constructor(answer, epoch, arena) {
        const { body, contentType, headers, extra = EMPTY } = answer;
        this.size = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
        this.length = layout.HEADER_LENGTH + contentType.length + extra.length + headers.length + (arena ? 0 : this.size);
        this.epoch = epoch;
        this.correlation = answer.correlation;
        this.code = answer.code;
        this.flags = answer.flags;
        this.took = answer.took;
        this.contentType = contentType;
        this.extra = extra;
        this.headers = headers;
        this.body = body;
        this.arena = arena;
    }
}

/**
 * The hand-shake of PROTOCOL.md §4 up to point 3.
 *
 * @param {string} address
 * @param {string} token
 * @param {number} worker
 * @returns {Promise<{connection: any, hello: import('./hello').Hello}>}
 */
function connect(address, token, worker) {
    return new Promise((resolve, reject) => {
        const incoming = new HandShake(resolve, reject);
        const socket = net.connect({ path: address, onread: { buffer: () => incoming.room(), callback: (n) => incoming.take(n) } });
        incoming.socket = socket;
        socket.once('connect', () => socket.write(encode({ kind: layout.HELLO, body: greeting(token, worker) })));
        socket.on('error', (failure) => incoming.failed(failure));
        socket.on('close', () => incoming.failed(new EndOfConnection('the processor has closed the connection')));
    });
}

function greeting(token, worker) {
    const why = whyNoRings();
    return JSON.stringify({
        protocol: [layout.MAJOR, layout.MINOR],
        token,
        worker,
        pid: process.pid,
        language: 'node',
        version: process.versions.node,
        shm: why === '',
        why,
        fd: false,
    });
}

/** Reads until HELLO is there; the connection then reads on by the same callbacks. */
class HandShake {
    constructor(resolve, reject) {
        this.resolve = resolve;
        this.reject = reject;
        /** @type {any} */
        this.socket = null;
        /** @type {any} */
        this.connection = null;
        this.data = EMPTY;
        this.scratch = Buffer.allocUnsafeSlow(READ);
    }

    room() {
        return this.connection === null ? this.scratch : this.connection.room();
    }

    take(count) {
        if (this.connection !== null) {
            this.connection.guardedReceive(count);
            return true;
        }
        this.data = Buffer.concat([this.data, this.scratch.subarray(0, count)]);
        try {
            this.tryFinish();
        } catch (failure) {
            this.reject(failure);
        }
        return true;
    }

    tryFinish() {
        if (this.data.length < layout.HEADER_LENGTH) return;
        const length = this.data.readUInt32LE(layout.LENGTH);
        const type = this.data[layout.TYPE];
        if (type !== layout.HELLO || length < layout.HEADER_LENGTH || length > MAX_HELLO) {
            throw new Violation(`its first frame is of type ${type} and ${length} bytes long, not a HELLO`);
        }
        if (this.data.length < length) return;
        const hello = parseHello(this.data.subarray(layout.HEADER_LENGTH, length), this.data.readUInt32LE(layout.EPOCH));
        const segment = new Segment(hello.segmentPath, hello.segmentSize, hello.epoch);
        const { ShmConnection } = require('./shm');
        const { UnixConnection } = require('./unix');
        const kind = hello.transport === 'shm' ? ShmConnection : UnixConnection;
        this.connection = new kind(this.socket, hello, segment);
        this.connection.accept(this.data.subarray(length));
        this.resolve({ connection: this.connection, hello });
    }

    failed(failure) {
        if (this.connection !== null) this.connection.ended();
        else this.reject(failure);
    }
}

/** Reads what a socket has without waiting, for the rare place that can't return to the event loop. EndOfConnection at its end. */
function readNow(fd) {
    try {
        if (fs.readSync(fd, Buffer.allocUnsafe(4096)) === 0) throw new EndOfConnection('the processor is gone');
    } catch (failure) {
        if (failure.errno !== -os.constants.errno.EAGAIN) throw new EndOfConnection(failure.message);
    }
}

module.exports = { Connection, EncodedAnswer, connect, readNow, encodeResponse, SLAB };
