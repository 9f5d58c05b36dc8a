'use strict';
// The connection over two rings in shared memory (PROTOCOL.md §5). Bells travel on the socket, frames don't.

const fs = require('node:fs');

const layout = require('./layout');
const { ResponseArena } = require('./arena');
const { Connection, EncodedAnswer, readNow } = require('./connection');
const { Violation } = require('./errors');
const { Frame, check, encodeResponse, writeBody } = require('./frame');

const { HEADER_LENGTH, ALIGNMENT, PAD } = layout;

// Indices of 8-byte words.
const HEAD = (layout.REQUEST_INDICES + layout.HEAD) / 8;
const CLAIMED = (layout.REQUEST_INDICES + layout.CLAIMED) / 8;
const TAIL = (layout.REQUEST_INDICES + layout.TAIL) / 8;
const SLEEPING = (layout.REQUEST_INDICES + layout.CONSUMER_WAITING) / 8;
const BLOCKED = (layout.REQUEST_INDICES + layout.PRODUCER_WAITING) / 8;
const REVOKE = (layout.REQUEST_INDICES + layout.REVOKE) / 8;
const REVOKED_FROM = (layout.REQUEST_INDICES + layout.REVOKED_FROM) / 8;
const REVOKED_TO = (layout.REQUEST_INDICES + layout.REVOKED_TO) / 8;
const REVOKE_DONE = (layout.REQUEST_INDICES + layout.REVOKE_DONE) / 8;
const OUT_HEAD = (layout.RESPONSE_INDICES + layout.HEAD) / 8;
const OUT_TAIL = (layout.RESPONSE_INDICES + layout.TAIL) / 8;
const PEER_SLEEPING = (layout.RESPONSE_INDICES + layout.CONSUMER_WAITING) / 8;
const WAITING_FOR_ROOM = (layout.RESPONSE_INDICES + layout.PRODUCER_WAITING) / 8;

// Frames are copied out of the ring together, up to so many bytes: one copy of a few hundred bytes costs as much as one of a few.
const GULP = 32 * 1024;
// A look at `head` costs about 17 ns, so this is the 25 µs of PROTOCOL.md §6.
const SPINS = 1500;
const LOOKS_BEFORE_READ = 10_000;
const BELL = Buffer.from([1]);

/**
 * `Atomics` on the mapped memory are sequentially consistent, which is every order that PROTOCOL.md asks for. Positions are below
 * 2^53 and travel as numbers. A frame is checked and read in a copy of ours, so its ring memory goes back at once.
 */
class ShmConnection extends Connection {
    /**
     * @param {import('node:net').Socket} socket
     * @param {import('./hello').Hello} hello
     * @param {import('./segment').Segment} segment
     */
    constructor(socket, hello, segment) {
        super(socket, hello);
        const { requestRing, responseRing, requestArena, responseArena, memory } = segment;
        if (memory === null) throw new Violation('it offers shared memory to a worker that said that it has none');
        if (requestRing.size === 0 || responseRing.size === 0) throw new Violation('the segment of an shm connection has no rings');
        this.bytes = Buffer.from(memory);
        this.memory = new DataView(memory);
        this.words = new BigInt64Array(memory, 0, layout.SEGMENT_HEADER_LENGTH / 8);
        this.halves = new Int32Array(memory, 0, layout.SEGMENT_HEADER_LENGTH / 4);
        this.fd = bellDescriptor(socket);
        this.base = requestRing.offset;
        this.size = requestRing.size;
        this.arena = requestArena;
        this.position = this.load(TAIL);
        this.outBase = responseRing.offset;
        this.outSize = responseRing.size;
        this.outHead = this.load(OUT_HEAD);
        this.outFree = this.load(OUT_TAIL) + responseRing.size;
        // A frame may take a quarter of the ring, so that a slow reader never holds the writer with one frame.
        this.frameLimit = Math.min(responseRing.size / 4, hello.maxFrame);
        this.runs = new ResponseArena(responseArena, segment.chunk);
        this.revokeDone = this.load(REVOKE_DONE);
        this.back = 1;
        this.skip = 0;
        this.spins = hello.spin ? SPINS : 0;
        // Frames since the last sleep.
        this.taken = 0;
    }

    load(word) {
        return Number(Atomics.load(this.words, word));
    }

    store(word, value) {
        Atomics.store(this.words, word, BigInt(value));
    }

    // Reading

    poll() {
        for (;;) {
            if (this.end - this.at < HEADER_LENGTH && !this.gulp(HEADER_LENGTH)) return null;
            const { view, at } = this;
            const length = view.getUint32(at, true);
            if (view.getUint8(at + layout.TYPE) === PAD) {
                this.passOver(length);
                continue;
            }
            const copied = this.end - at;
            check(view, at, length <= copied ? copied : Math.min(this.head() - this.position, this.toEnd()), this.arena);
            const padded = (length + ALIGNMENT - 1) & -ALIGNMENT;
            if (padded > copied) {
                if (!this.gulp(padded)) throw new Violation(`the last ${padded} bytes of the request ring are not published`);
                continue;
            }
            const position = this.position;
            this.at += padded;
            this.position += padded;
            if (view.getUint32(at + layout.EPOCH, true) !== this.epoch) {
                this.dropped++;
                continue;
            }
            this.taken++;
            return new Frame(this.source, view, at, position, this.position);
        }
    }

    /** From `position` to the ring's end. */
    toEnd() {
        return this.size - (this.position % this.size);
    }

    head() {
        const head = this.load(HEAD);
        const published = head - this.position;
        if (published < 0 || published > this.size || head % ALIGNMENT !== 0) {
            throw new Violation(`the request ring's head is ${head} where the worker is at ${this.position}`);
        }
        return head;
    }

    /** Copies what is published from `position` on, at least `least` bytes; false if there is nothing. */
    gulp(least) {
        const published = this.head() - this.position;
        this.releaseRing();
        if (published < least) return false;
        const toEnd = this.toEnd();
        const count = Math.min(published, toEnd, Math.max(GULP, least));
        this.at = this.end;
        this.reserve(count);
        this.at = this.end;
        const from = this.base + this.size - toEnd;
        this.source.set(this.bytes.subarray(from, from + count), this.end);
        this.end += count;
        return true;
    }

    passOver(length) {
        const toEnd = this.toEnd();
        const published = this.head() - this.position;
        if (length !== toEnd || length > published || length % ALIGNMENT !== 0) {
            throw new Violation(`a PAD of ${length} bytes does not reach the ring's end, ${toEnd} bytes away`);
        }
        this.position += length;
        this.at = this.end;
    }

    releaseRing() {
        this.store(TAIL, this.position);
        if (Atomics.load(this.words, BLOCKED) !== 0n) this.wake(BLOCKED);
    }

    claim(frame) {
        this.store(CLAIMED, frame.end);
        // The two sequentially consistent accesses are the fence between them.
        if (Atomics.load(this.halves, 2 * REVOKE) !== (this.revokeDone | 0) && this.isRevoked(frame)) return false;
        this.flushIfSlow();
        return true;
    }

    /** PROTOCOL.md §5.2: waits for the decision, then says whether the frame was taken back. */
    isRevoked(frame) {
        for (let looks = 1, revoke; (revoke = this.load(REVOKE)) !== this.revokeDone + 2; looks++) {
            if (revoke !== this.revokeDone + 1) {
                throw new Violation(`the segment's revoke is ${revoke} where ${this.revokeDone} was the last that was acted on`);
            }
            if (looks % LOOKS_BEFORE_READ === 0) readNow(this.fd);
        }
        const start = this.load(REVOKED_FROM);
        const end = this.load(REVOKED_TO);
        const revoked = start <= frame.position && frame.position < end;
        if ((revoked ? frame.end : frame.position) >= end) {
            this.revokeDone += 2;
            this.store(REVOKE_DONE, this.revokeDone);
        }
        return revoked;
    }

    /** The frame's body: with `isLent` a view on the segment if it lies in the arena, valid until the answer, else memory of ours. */
    bodyOf(frame, isLent) {
        const offset = frame.arenaOffset;
        if (offset === 0) return frame.inlineBody();
        const lent = this.bytes.subarray(offset, offset + frame.bodyLength);
        return isLent ? lent : Buffer.from(lent);
    }

    // Sleeping

    sleep() {
        this.flush();
        this.releaseRing();
        const alone = this.taken <= 1;
        this.taken = 0;
        if (this.hasNews() || (alone && this.spin())) return false;
        this.store(SLEEPING, 1);
        if (!this.hasNews()) return true;
        this.store(SLEEPING, 0);
        return false;
    }

    hasNews() {
        return Atomics.load(this.halves, 2 * HEAD) !== (this.position | 0);
    }

    spin() {
        if (this.skip > 0 || this.spins === 0) {
            this.skip -= this.skip > 0 ? 1 : 0;
            return false;
        }
        for (let i = 0; i < this.spins; i++) {
            if (this.hasNews()) {
                this.back = 1;
                return true;
            }
        }
        this.skip = this.back;
        this.back = Math.min(2 * this.back, layout.MAX_BACK);
        return false;
    }

    /** Bells: their number means nothing. */
    room() {
        return this.bells;
    }

    accept() {
        this.bells = Buffer.allocUnsafeSlow(4096);
    }

    received() {
        this.store(SLEEPING, 0);
        this.retry();
        this.onWork();
    }

    // Writing

    tryRespond(answer) {
        let parts = new EncodedAnswer(answer, this.epoch, 0);
        if (parts.length - parts.size > this.frameLimit) throw new RangeError('headers of a response fill more than a frame');
        if (parts.size > this.inlineLimit) {
            if (!this.runs.fits(parts.size)) return this.respondInChunks(answer);
            const run = this.claimRun(parts);
            if (run < 0) return false;
            writeBody(this.bytes, run, parts.body, parts.size);
            parts = new EncodedAnswer(answer, this.epoch, run);
        }
        const at = this.claimPlace(parts.length);
        if (at < 0) return false;
        encodeResponse(this.bytes, this.memory, at, parts);
        this.publish(parts.length);
        return true;
    }

    /** The head goes out now if it fits; chunks for which there is no room are put by. */
    respondInChunks(answer) {
        if (!this.tryRespond({ ...answer, flags: answer.flags | layout.MORE, body: '' })) return false;
        this.chunks(answer.correlation, answer.flags & layout.FAILED, answer.body);
        return true;
    }

    /** Where in the arena the body goes; −1 while there is no room for it or for its frame. */
    claimRun(parts) {
        const tail = this.loadTail();
        // The run is given back when the tail passes its frame, so it is claimed only when the frame's place is sure.
        if (this.claimPlace(parts.length - parts.size) < 0) return -1;
        return this.runs.claim(parts.size, tail, this.outHead);
    }

    tryWrite(frame) {
        const at = this.claimPlace(frame.length);
        if (at < 0) return false;
        this.bytes.set(frame, at);
        this.publish(frame.length);
        return true;
    }

    /** Where in the segment a frame of so many bytes goes; −1 while there is no room. Fills the ring's end first if it must. */
    claimPlace(length) {
        const padded = (length + ALIGNMENT - 1) & -ALIGNMENT;
        const index = this.outHead % this.outSize;
        const rest = this.outSize - index;
        const skipped = padded > rest ? rest : 0;
        if (this.outHead + skipped + padded > this.outFree && !this.hasRoom(skipped + padded)) return -1;
        if (skipped === 0) return this.outBase + index;
        this.memory.setUint32(this.outBase + index, rest, true);
        this.memory.setUint8(this.outBase + index + layout.TYPE, PAD);
        this.outHead += rest;
        return this.outBase;
    }

    hasRoom(needed) {
        this.loadTail();
        return this.outHead + needed <= this.outFree;
    }

    loadTail() {
        const tail = this.load(OUT_TAIL);
        if (tail > this.outHead || this.outHead - tail > this.outSize) {
            throw new Violation(`the response ring's tail is ${tail} where the head is ${this.outHead}`);
        }
        this.outFree = tail + this.outSize;
        return tail;
    }

    publish(length) {
        this.outHead += (length + ALIGNMENT - 1) & -ALIGNMENT;
        this.store(OUT_HEAD, this.outHead);
    }

    /** Asks to be woken when the tail moves. Whoever moved it before this is seen by trying once more. */
    awaitRoom() {
        this.store(WAITING_FOR_ROOM, 1);
        this.owedNanos = 1;
        this.flush();
        if (this.load(OUT_TAIL) + this.outSize > this.outFree) {
            this.store(WAITING_FOR_ROOM, 0);
            setImmediate(() => this.retry());
        }
    }

    flush() {
        if (this.owedNanos !== 0 && Atomics.load(this.words, PEER_SLEEPING) !== 0n) this.wake(PEER_SLEEPING);
        this.owedNanos = 0;
    }

    wake(flag) {
        this.store(flag, 0);
        if (this.fd < 0) {
            this.socket.write(BELL);
            return;
        }
        try {
            fs.writeSync(this.fd, BELL);
        } catch (failure) {
            // A full socket means that bells are pending; a broken one is told of by its 'close'.
        }
    }
}

/** The socket's descriptor: a write by it costs a third of one by the stream. −1 where this Node does not show it. */
function bellDescriptor(socket) {
    const fd = socket._handle?.fd;
    return Number.isInteger(fd) && fd >= 0 ? fd : -1;
}

module.exports = { ShmConnection };
