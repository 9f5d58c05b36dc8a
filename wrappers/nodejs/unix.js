'use strict';
// The connection whose frames travel on the socket; the segment is one page that holds `claimed`.

const layout = require('./layout');
const { Connection, EncodedAnswer } = require('./connection');
const { Frame, check, encodeResponse } = require('./frame');

const { HEADER_LENGTH } = layout;
const NO_ARENA = { offset: 0, size: 0 };
// Less room than this makes a read not worth its system call.
const LEAST_READ = 16 * 1024;
// Bodies from here on are sent as they are, smaller ones are copied together.
const DIRECT = 16 * 1024;
const OUT_SLAB = 64 * 1024;
// What the socket has not taken yet; beyond that no more events are begun.
const MOST_UNSENT = 1 << 20;

/** Positions count the bytes of frames received after the hand-shake. */
class UnixConnection extends Connection {
    /**
     * @param {import('node:net').Socket} socket
     * @param {import('./hello').Hello} hello
     * @param {import('./segment').Segment} segment
     */
    constructor(socket, hello, segment) {
        super(socket, hello);
        this.inlineLimit = hello.maxFrame;
        this.storeClaimed = segment.claimedWriter();
        this.position = 0;
        this.needs = HEADER_LENGTH;
        this.out = Buffer.allocUnsafeSlow(OUT_SLAB);
        this.outView = new DataView(this.out.buffer, this.out.byteOffset, OUT_SLAB);
        this.outStart = 0;
        this.outEnd = 0;
        socket.on('drain', () => this.retry());
    }

    // Reading

    poll() {
        while (this.end - this.at >= this.needs) {
            const { view, at } = this;
            check(view, at, this.frameLimit, NO_ARENA);
            const length = view.getUint32(at, true);
            if (length > this.end - at) {
                this.needs = length;
                break;
            }
            this.needs = HEADER_LENGTH;
            const position = this.position;
            this.at += length;
            this.position += length;
            if (view.getUint32(at + layout.EPOCH, true) !== this.epoch) {
                this.dropped++;
                continue;
            }
            return new Frame(this.source, view, at, position, this.position);
        }
        return null;
    }

    /** A frame that the processor could have taken back by no means that this kind has. */
    claim(frame) {
        this.storeClaimed(frame.end);
        this.flushIfSlow();
        return true;
    }

    bodyOf(frame) {
        return frame.inlineBody();
    }

    sleep() {
        this.flush();
        return true;
    }

    /** Where the next read goes: behind what is here, in memory that holds the whole of a frame that is under way. */
    room() {
        const missing = this.needs - (this.end - this.at);
        this.reserve(Math.max(missing, LEAST_READ));
        return this.source.subarray(this.end, this.slabEnd);
    }

    /** What came with the hand-shake. */
    accept(rest) {
        this.reserve(rest.length);
        rest.copy(this.source, this.end);
        this.end += rest.length;
    }

    received(count) {
        this.end += count;
        if (this.end - this.at >= this.needs) this.onWork();
    }

    // Writing

    tryRespond(answer) {
        const parts = new EncodedAnswer(answer, this.epoch, 0);
        if (parts.length > this.frameLimit) {
            this.tryRespond({ ...answer, flags: answer.flags | layout.MORE, body: '' });
            this.chunks(answer.correlation, answer.flags & layout.FAILED, answer.body);
            return true;
        }
        if (parts.size < DIRECT) {
            const at = this.claimOut(parts.length);
            encodeResponse(this.out, this.outView, at, parts);
            return true;
        }
        const head = parts.length - parts.size;
        const at = this.claimOut(head);
        const size = parts.size;
        parts.size = 0;
        encodeResponse(this.out, this.outView, at, parts);
        this.outView.setUint32(at + layout.BODY_LENGTH, size, true);
        this.sendNow(typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body);
        return true;
    }

    tryWrite(frame) {
        if (frame.length < DIRECT) {
            const at = this.claimOut(frame.length);
            this.out.set(frame, at);
        } else {
            this.sendNow(frame);
        }
        return true;
    }

    /** A place for so many bytes behind what is to be sent. */
    claimOut(length) {
        if (this.outEnd + length > this.out.length) {
            this.flush();
            // The socket may still hold parts of the old one.
            const size = Math.max(OUT_SLAB, length);
            this.out = Buffer.allocUnsafeSlow(size);
            this.outView = new DataView(this.out.buffer, this.out.byteOffset, size);
            this.outStart = this.outEnd = 0;
        }
        const at = this.outEnd;
        this.outEnd += length;
        return at;
    }

    sendNow(body) {
        this.socket.cork();
        this.flush();
        this.socket.write(body);
        this.socket.uncork();
    }

    flush() {
        this.owedNanos = 0;
        if (this.outStart === this.outEnd) return;
        this.socket.write(this.out.subarray(this.outStart, this.outEnd));
        this.outStart = this.outEnd;
    }

    /** The socket takes everything, in its time; this only says when to hold back. */
    get isBlocked() {
        return this.socket.writableLength > MOST_UNSENT;
    }

    retry() {
        if (!this.isBlocked) this.onRoom();
    }
}

module.exports = { UnixConnection };
