'use strict';
// One event on its way through the handler, and what becomes of its result: an answer, a stream, a failure.

const layout = require('./layout');
const { EMPTY, pairs } = require('./frame');
const { TEXT, Unanswerable, convert, itemBytes } = require('./response');
const { message, nameOf, text, title, where } = require('./traces');

const MAX_DETAIL = 1000;
const DONE = Promise.resolve();
const GENERATORS = ['[object AsyncGenerator]', '[object Generator]'];

/** Nanoseconds of a clock that only goes forward. */
function nanos() {
    const [seconds, rest] = process.hrtime();
    return seconds * 1e9 + rest;
}

/**
 * An event that is open. Its `context` is the worker's, with a `callback` that answers this event and no other, however late it is
 * called. Answered once: by the first of callback, thrown exception, fulfilled or rejected promise.
 */
class Invocation {
    /**
     * @param {import('./server').Server} server
     * @param {bigint} correlation
     */
    constructor(server, correlation) {
        this.server = server;
        this.correlation = correlation;
        this.started = nanos();
        this.tookNanos = 0;
        this.isRunning = false;
        this.isAnswered = false;
        this.value = undefined;
        /** @type {((value: any) => Promise<void>)|null} */
        this.callback = null;
        /** @type {AbortController|null} */
        this.controller = null;
        this.context = new Proxy(server.context, this);
    }

    /** The trap of `context`. */
    get(context, name) {
        if (name === 'callback') {
            if (this.callback === null) {
                this.callback = (value) => {
                    this.answer(value);
                    return DONE;
                };
            }
            return this.callback;
        }
        return name === 'signal' ? this.abortController().signal : context[name];
    }

    abortController() {
        if (this.controller === null) this.controller = new AbortController();
        return this.controller;
    }

    /** Calls the handler with the event, or the events of a batch. */
    run(handler, event) {
        this.isRunning = true;
        let result;
        try {
            result = handler(this.context, event);
        } catch (failure) {
            // As in nuclio an exception wins over a callback before it.
            this.isRunning = false;
            this.isAnswered = false;
            this.fail(failure);
            return;
        }
        this.isRunning = false;
        if (this.isAnswered) this.respond(this.value);
        if (result === undefined || result === null) return;
        if (typeof result.then === 'function') {
            result.then(
                (value) => this.fulfilled(value),
                (failure) => this.fail(failure),
            );
        } else if (!this.isAnswered && GENERATORS.includes(Object.prototype.toString.call(result))) {
            this.answer(result);
        }
    }

    /** What the callback does. Within the handler's call the answer waits for its end, as in nuclio. */
    answer(value) {
        if (this.isAnswered) return;
        this.isAnswered = true;
        if (this.isRunning) this.value = value;
        else this.respond(value);
    }

    /** A function of nuclio's may be done long before it calls back, so `undefined` answers only those that never name a callback. */
    fulfilled(value) {
        if (value !== undefined || !this.server.loaded.namesCallback) this.answer(value);
    }

    /** Ends the event with what was thrown; after the answer it is only told of. */
    fail(failure) {
        if (this.isAnswered) {
            this.server.context.logger.errorWith('Exception after the answer', { err: title(failure), stack: text(failure) });
            return;
        }
        this.isAnswered = true;
        this.server.guard(() => this.respondFailure(failure));
    }

    respond(value) {
        this.server.guard(() => {
            let converted;
            try {
                converted = convert(value);
            } catch (failure) {
                this.respondFailure(failure);
                return;
            }
            if (converted.stream === null) {
                this.send(this.correlation, converted);
                this.finish();
            } else {
                this.pump(converted).catch((failure) => this.server.broken(failure));
            }
        });
    }

    /** @param {bigint} correlation @param {import('./response').Converted} converted */
    send(correlation, converted) {
        const { code, flags, contentType, headers, body } = converted;
        this.server.connection.respond({ correlation, code, flags, took: this.took(), contentType, headers, body, extra: EMPTY });
    }

    /** nuclio's answer to an exception, which it prints as well; a value that is no answer is nuclio's error without a stack. */
    respondFailure(failure) {
        this.sendFailure(this.correlation, failure);
        this.finish();
    }

    sendFailure(correlation, failure) {
        const isAnswer = failure instanceof Unanswerable;
        if (!isAnswer) process.stdout.write(`ERROR: ${text(failure)}\n`);
        const body = isAnswer ? failure.message : `Error in handler: ${text(failure)}`;
        const extra = isAnswer ? EMPTY : this.described(failure);
        const base = { correlation, code: 500, flags: layout.FAILED, took: this.took(), headers: EMPTY };
        this.server.connection.respond({ ...base, contentType: TEXT, body, extra });
    }

    /** `extra` of a failed answer. */
    described(failure) {
        const members = [
            ['error', nameOf(failure)],
            ['at', where(failure, this.server.directory)],
            ['message', message(failure)],
        ];
        return pairs(members.map(([name, value]) => [name, value.replaceAll('\0', '\ufffd').slice(0, MAX_DETAIL)]));
    }

    took() {
        return (this.tookNanos = Math.max(0, nanos() - this.started));
    }

    finish() {
        this.server.finished(this);
    }

    /** A streamed answer. The first item is awaited before it begins, so a stream that fails at once is a plain 500. */
    async pump(converted) {
        const { connection } = this.server;
        const { stream } = converted;
        let begun = false;
        try {
            for (;;) {
                const { value, done } = await stream.next();
                if (done || connection.hasEnded || this.controller?.signal.aborted) break;
                const item = itemBytes(value);
                if (!begun) this.send(this.correlation, { ...converted, flags: converted.flags | layout.MORE });
                begun = true;
                if (item.length !== 0) connection.chunks(this.correlation, layout.MORE, item);
                connection.flush();
                if (connection.isBlocked) await this.server.room();
            }
            await stream.return?.();
        } catch (failure) {
            this.server.guard(() => this.breakOff(failure, begun));
            return;
        }
        this.server.guard(() => {
            if (begun) connection.chunks(this.correlation, 0, '');
            else this.send(this.correlation, converted);
            this.finish();
        });
    }

    breakOff(failure, begun) {
        if (begun) {
            process.stdout.write(`ERROR: ${text(failure)}\n`);
            this.server.connection.writeLastChunk(this.correlation, layout.FAILED, this.described(failure));
        } else {
            this.sendFailure(this.correlation, failure);
        }
        this.finish();
    }
}

module.exports = { Invocation };
