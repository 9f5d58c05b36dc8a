'use strict';
// Drain, termination, continuation, and the signals that reach a worker.

const layout = require('./layout');
const { encode } = require('./frame');
const { text, title } = require('./traces');

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

module.exports = { Control, installSignals };
