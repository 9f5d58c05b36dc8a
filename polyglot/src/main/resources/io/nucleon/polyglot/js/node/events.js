'use strict';

class EventEmitter {
    static defaultMaxListeners = 10;

    on(name, listener) {
        return add(this, name, { listener, call: listener }, false);
    }

    addListener(name, listener) {
        return this.on(name, listener);
    }

    prependListener(name, listener) {
        return add(this, name, { listener, call: listener }, true);
    }

    once(name, listener) {
        return add(this, name, onceOnly(this, name, listener), false);
    }

    prependOnceListener(name, listener) {
        return add(this, name, onceOnly(this, name, listener), true);
    }

    off(name, listener) {
        const all = listenersOf(this, name);
        const at = all.findLastIndex((one) => one.listener === listener);
        if (at >= 0) {
            const rest = all.filter((_, i) => i !== at);
            this._events.set(name, rest);
            if (this._events.has('removeListener')) this.emit('removeListener', name, listener);
        }
        return this;
    }

    removeListener(name, listener) {
        return this.off(name, listener);
    }

    removeAllListeners(name) {
        if (name === undefined) this._events?.clear();
        else this._events?.delete(name);
        return this;
    }

    emit(name, ...args) {
        const all = listenersOf(this, name);
        if (all.length === 0) {
            if (name === 'error') throw args[0] instanceof Error ? args[0] : new Error(`Unhandled error. (${args[0]})`);
            return false;
        }
        for (const { call } of all) call.apply(this, args);
        return true;
    }

    listeners(name) {
        return listenersOf(this, name).map((one) => one.listener);
    }

    rawListeners(name) {
        return listenersOf(this, name).map((one) => one.call);
    }

    listenerCount(name) {
        return listenersOf(this, name).length;
    }

    eventNames() {
        return this._events === undefined ? [] : [...this._events.keys()].filter((name) => this.listenerCount(name) !== 0);
    }

    setMaxListeners() {
        return this;
    }

    getMaxListeners() {
        return EventEmitter.defaultMaxListeners;
    }
}

function listenersOf(emitter, name) {
    return emitter._events?.get(name) ?? [];
}

function onceOnly(emitter, name, listener) {
    const call = function call(...args) {
        emitter.off(name, listener);
        return listener.apply(this, args);
    };
    return { listener, call };
}

function add(emitter, name, one, first) {
    if (typeof one.listener !== 'function') throw new TypeError('The "listener" argument must be of type function.');
    // Made late, as classes that inherit the old way call no constructor.
    if (emitter._events === undefined) {
        Object.defineProperty(emitter, '_events', { value: new Map(), enumerable: false, writable: true });
    }
    if (emitter._events.has('newListener')) emitter.emit('newListener', name, one.listener);
    const all = listenersOf(emitter, name);
    emitter._events.set(name, first ? [one, ...all] : [...all, one]);
    return emitter;
}

/** The arguments of the next event of that name; rejected by an `error`. */
function once(emitter, name) {
    return new Promise((resolve, reject) => {
        const failed = (failure) => reject(failure);
        if (name !== 'error') emitter.once('error', failed);
        emitter.once(name, (...args) => {
            emitter.off('error', failed);
            resolve(args);
        });
    });
}

// Classes of the old way inherit by `EventEmitter.call(this)`, which a class refuses.
function CallableEmitter() {
    if (new.target !== undefined) return Reflect.construct(EventEmitter, [], new.target);
    return undefined;
}
Object.setPrototypeOf(CallableEmitter, EventEmitter);
CallableEmitter.prototype = EventEmitter.prototype;
Object.defineProperty(EventEmitter.prototype, 'constructor', { value: CallableEmitter, writable: true, configurable: true });
CallableEmitter.EventEmitter = CallableEmitter;
CallableEmitter.once = once;
CallableEmitter.defaultMaxListeners = EventEmitter.defaultMaxListeners;

module.exports = CallableEmitter;
