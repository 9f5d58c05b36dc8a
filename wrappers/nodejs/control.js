'use strict';
// Drain, termination, continuation, and the signals that reach a worker.

const layout = require('./layout');
const { encode } = require('./frame');
const { loadKoffi } = require('./segment');
const { text, title } = require('./traces');

const PR_SET_PDEATHSIG = 1;
const SIGKILL = 9;
// A thread of its own, as a handler may hold the event loop for ever.
const WATCH = `
const { workerData: parent } = require('node:worker_threads');
const never = new Int32Array(new SharedArrayBuffer(4));
while (process.ppid === parent) Atomics.wait(never, 0, 0, 500);
process.kill(process.pid, 'SIGKILL');`;

/** While `isDiscarding`, events are answered with DISCARDED and go to others. */
class Control {
    /** @param {import('./connection').Connection} connection @param {any} context */
    constructor(connection, context) {
        this.connection = connection;
        this.context = context;
        this.isDiscarding = false;
    }

    /** DRAIN or TERMINATE: runs the user's callback, then answers DONE; the Promise is fulfilled then, whatever the callback did. */
    async run(frame) {
        const callback = this.callbackOf(frame.type);
        this.connection.flush();
        try {
            await callback?.();
        } catch (failure) {
            // The user's mistake; the drain goes on.
            const fields = { err: title(failure), traceback: text(failure) };
            this.context.logger.errorWith('Exception raised while running the drain or termination callback', fields);
        }
        this.connection.write(encode({ kind: layout.DONE, correlation: frame.correlation, epoch: this.connection.epoch }));
        this.connection.flush();
    }

    /** A second DRAIN finds nothing more to run. */
    callbackOf(type) {
        const wasDiscarding = this.isDiscarding;
        this.isDiscarding = true;
        if (type === layout.TERMINATE) return this.context.platform._terminationCallback;
        return wasDiscarding ? null : this.context.platform._drainCallback;
    }
}

/** Ctrl-C of a terminal reaches the whole group and is the processor's to handle. SIGTERM stops after the event in hand. */
function installSignals(stop) {
    process.on('SIGINT', () => {});
    process.on('SIGTERM', stop);
}

/**
 * Sees to it that this process ends with its parent, whatever a handler does then (PROTOCOL.md §4): by the kernel where that can be
 * asked, else by a look twice a second.
 *
 * @param {number} parent pid
 */
function endWithParent(parent) {
    const koffi = process.platform === 'linux' ? loadKoffi() : null;
    if (koffi === null) {
        const { Worker } = require('node:worker_threads');
        new Worker(WATCH, { eval: true, workerData: parent, execArgv: [] }).unref();
        return;
    }
    const prctl = koffi.load(null).func('int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)');
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    // It may have ended before the kernel was asked.
    if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}

module.exports = { Control, endWithParent, installSignals };
