'use strict';
// Streams of things that come one after the other, as far as functions make and read them: without high-water marks by bytes.

const EventEmitter = require('node:events');

class Readable extends EventEmitter {
    constructor(options = {}) {
        super();
        this.readable = true;
        this.destroyed = false;
        this.readableEnded = false;
        this.errored = null;
        this.readableObjectMode = Boolean(options.objectMode || options.readableObjectMode);
        this.queue = [];
        this.isEnding = false;
        this.isReading = false;
        this.isFlowing = false;
        this.waiting = [];
        if (typeof options.read === 'function') this._read = options.read;
        if (typeof options.destroy === 'function') this._destroy = options.destroy;
    }

    static from(items, options) {
        const source = items[Symbol.asyncIterator]?.() ?? (typeof items === 'string' ? [items] : items)[Symbol.iterator]();
        const stream = new Readable({ objectMode: true, ...options });
        stream._read = () => {
            Promise.resolve(source.next()).then(
                async ({ value, done }) => stream.push(done ? null : await value),
                (failure) => stream.destroy(failure),
            );
        };
        stream._destroy = (failure, done) => {
            Promise.resolve(source.return?.()).then(() => done(failure), done);
        };
        return stream;
    }

    _read() {
        return undefined;
    }

    _destroy(failure, done) {
        done(failure);
    }

    /** Adds one, or null for the end. */
    push(item, encoding) {
        this.isReading = false;
        if (this.destroyed) return false;
        if (item === null) this.isEnding = true;
        else if (item !== undefined) this.queue.push(typeof item === 'string' && !this.readableObjectMode ? Buffer.from(item, encoding) : item);
        this.moved();
        return true;
    }

    read() {
        const item = this.queue.length === 0 ? null : this.queue.shift();
        if (item === null) this.ask();
        return item;
    }

    ask() {
        if (this.isReading || this.isEnding || this.destroyed || this.queue.length !== 0) return;
        this.isReading = true;
        process.nextTick(() => {
            try {
                this._read(1);
            } catch (failure) {
                this.destroy(failure);
            }
        });
    }

    /** Something has come. */
    moved() {
        for (const wake of this.waiting.splice(0)) wake();
        if (this.isFlowing) process.nextTick(() => this.flow());
        else if (this.listenerCount('readable') !== 0) process.nextTick(() => this.emit('readable'));
    }

    flow() {
        while (this.isFlowing && this.queue.length !== 0) this.emit('data', this.queue.shift());
        if (!this.isFlowing || this.queue.length !== 0) return;
        if (this.isEnding) this.ended();
        else this.ask();
    }

    ended() {
        if (this.readableEnded || this.destroyed) return;
        this.readableEnded = true;
        this.readable = false;
        this.emit('end');
        process.nextTick(() => this.emit('close'));
    }

    on(name, listener) {
        super.on(name, listener);
        if (name === 'data') this.resume();
        else if (name === 'readable') this.ask();
        return this;
    }

    resume() {
        this.isFlowing = true;
        process.nextTick(() => this.flow());
        return this;
    }

    pause() {
        this.isFlowing = false;
        return this;
    }

    isPaused() {
        return !this.isFlowing;
    }

    setEncoding(encoding) {
        const push = this.push;
        this.push = (item) => push.call(this, item === null || typeof item === 'string' ? item : item.toString(encoding));
        this.readableObjectMode = true;
        return this;
    }

    pipe(target) {
        this.on('data', (item) => {
            if (target.write(item) === false) {
                this.pause();
                target.once('drain', () => this.resume());
            }
        });
        this.on('end', () => target.end());
        return target;
    }

    destroy(failure) {
        if (this.destroyed) return this;
        this.destroyed = true;
        this.readable = false;
        this.errored = failure ?? null;
        this._destroy(failure ?? null, (also) => {
            const what = failure ?? also;
            for (const wake of this.waiting.splice(0)) wake();
            process.nextTick(() => {
                if (what && this.listenerCount('error') !== 0) this.emit('error', what);
                this.emit('close');
            });
        });
        return this;
    }

    async *[Symbol.asyncIterator]() {
        try {
            for (;;) {
                if (this.queue.length !== 0) yield this.queue.shift();
                else if (this.errored !== null) throw this.errored;
                else if (this.isEnding || this.destroyed) return;
                else {
                    const moved = new Promise((resolve) => this.waiting.push(resolve));
                    this.ask();
                    await moved;
                }
            }
        } finally {
            this.destroy();
        }
    }
}

/** The writing half, which is mixed into classes that have both. */
const writing = {
    write(item, encoding, callback) {
        const done = typeof encoding === 'function' ? encoding : callback ?? (() => {});
        if (this.writableEnded) throw Object.assign(new Error('write after end'), { code: 'ERR_STREAM_WRITE_AFTER_END' });
        const plain = typeof item === 'string' && !this.writableObjectMode ? Buffer.from(item, typeof encoding === 'string' ? encoding : undefined) : item;
        this.unwritten.push({ item: plain, done });
        this.writeOn();
        return this.unwritten.length < 16;
    },

    end(item, encoding, callback) {
        if (item !== undefined && item !== null && typeof item !== 'function') this.write(item, encoding);
        const done = [item, encoding, callback].find((one) => typeof one === 'function');
        if (done !== undefined) this.once('finish', done);
        this.writableEnded = true;
        this.writable = false;
        this.writeOn();
        return this;
    },

    writeOn() {
        if (this.isWriting) return;
        const next = this.unwritten.shift();
        if (next === undefined) {
            if (this.writableEnded && !this.writableFinished) this.finish();
            return;
        }
        this.isWriting = true;
        this._write(next.item, 'buffer', (failure) => {
            this.isWriting = false;
            next.done(failure);
            if (failure) {
                this.destroy(failure);
                return;
            }
            if (this.unwritten.length === 0) process.nextTick(() => this.emit('drain'));
            this.writeOn();
        });
    },

    finish() {
        this.writableFinished = true;
        this._final((failure) => {
            if (failure) this.destroy(failure);
            else process.nextTick(() => this.emit('finish'));
        });
    },

    cork() {},
    uncork() {},
};

function makeWriting(stream, options) {
    stream.writable = true;
    stream.writableEnded = false;
    stream.writableFinished = false;
    stream.writableObjectMode = Boolean(options.objectMode || options.writableObjectMode);
    stream.unwritten = [];
    stream.isWriting = false;
    for (const [own, given] of [['_write', options.write], ['_final', options.final]]) {
        if (typeof given === 'function') stream[own] = given;
    }
}

class Writable extends EventEmitter {
    constructor(options = {}) {
        super();
        this.destroyed = false;
        makeWriting(this, options);
        if (typeof options.destroy === 'function') this._destroy = options.destroy;
    }

    _write(item, encoding, done) {
        done();
    }

    _final(done) {
        done();
    }

    _destroy(failure, done) {
        done(failure);
    }

    destroy(failure) {
        if (this.destroyed) return this;
        this.destroyed = true;
        this._destroy(failure ?? null, () => {
            process.nextTick(() => {
                if (failure && this.listenerCount('error') !== 0) this.emit('error', failure);
                this.emit('close');
            });
        });
        return this;
    }
}
Object.assign(Writable.prototype, writing);

class Duplex extends Readable {
    constructor(options = {}) {
        super(options);
        makeWriting(this, options);
    }

    _write(item, encoding, done) {
        done();
    }

    _final(done) {
        done();
    }
}
Object.assign(Duplex.prototype, writing);

class Transform extends Duplex {
    constructor(options = {}) {
        super(options);
        if (typeof options.transform === 'function') this._transform = options.transform;
        if (typeof options.flush === 'function') this._flush = options.flush;
    }

    _transform(item, encoding, done) {
        done(null, item);
    }

    _flush(done) {
        done();
    }

    _write(item, encoding, done) {
        this._transform(item, encoding, (failure, made) => {
            if (!failure && made !== undefined && made !== null) this.push(made);
            done(failure);
        });
    }

    _final(done) {
        this._flush((failure, made) => {
            if (!failure && made !== undefined && made !== null) this.push(made);
            this.push(null);
            done(failure);
        });
    }
}

class PassThrough extends Transform {}

/** Calls back once, when the stream has ended, finished or failed. */
function finished(stream, callback) {
    let isDone = false;
    const done = (failure) => {
        if (isDone) return;
        isDone = true;
        callback(failure);
    };
    stream.on('error', done);
    stream.on('finish', () => done());
    if (!(stream instanceof Duplex)) stream.on('end', () => done());
    return () => void (isDone = true);
}

function pipeline(...streams) {
    const callback = typeof streams[streams.length - 1] === 'function' ? streams.pop() : () => {};
    const all = streams.map((one, i) => (i === 0 && typeof one.pipe !== 'function' ? Readable.from(one) : one));
    let isDone = false;
    const done = (failure) => {
        if (isDone) return;
        isDone = true;
        if (failure) for (const one of all) one.destroy(failure);
        callback(failure);
    };
    for (const one of all) one.on('error', done);
    all[all.length - 1].on('finish', () => done());
    return all.reduce((from, to) => from.pipe(to));
}

const promises = {
    finished: (stream) => new Promise((resolve, reject) => finished(stream, (failure) => (failure ? reject(failure) : resolve()))),
    pipeline: (...streams) => new Promise((resolve, reject) => pipeline(...streams, (failure) => (failure ? reject(failure) : resolve()))),
};

module.exports = Object.assign(Readable, { Stream: Readable, Readable, Writable, Duplex, Transform, PassThrough, finished, pipeline, promises });
