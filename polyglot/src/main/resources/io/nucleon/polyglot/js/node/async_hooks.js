'use strict';

const loop = require('nucleon:loop');

/** What code that was begun within `run` sees, however it goes on: kept by the engine itself. */
class AsyncLocalStorage {
    #variable = new AsyncContext.Variable();

    constructor() {
        loop.track();
    }

    run(store, callback, ...args) {
        return this.#variable.run(store, () => callback(...args));
    }

    getStore() {
        return this.#variable.get();
    }

    exit(callback, ...args) {
        return this.#variable.run(undefined, () => callback(...args));
    }

    static bind(callback) {
        return AsyncContext.Snapshot.wrap(callback);
    }

    static snapshot() {
        const snapshot = new AsyncContext.Snapshot();
        return (callback, ...args) => snapshot.run(callback, ...args);
    }
}

class AsyncResource {
    #snapshot = new AsyncContext.Snapshot();

    constructor(type) {
        this.type = type;
    }

    runInAsyncScope(callback, self, ...args) {
        return this.#snapshot.run(() => callback.apply(self, args));
    }

    bind(callback) {
        return (...args) => this.runInAsyncScope(callback, undefined, ...args);
    }

    emitDestroy() {
        return this;
    }

    static bind(callback) {
        return new AsyncResource('bound').bind(callback);
    }
}

module.exports = { AsyncLocalStorage, AsyncResource };
