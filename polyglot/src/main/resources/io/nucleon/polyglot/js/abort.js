'use strict';
// Events and their cancelling, as the web has them.

class DOMException extends Error {
    constructor(message = '', name = 'Error') {
        super(message);
        Object.defineProperty(this, 'name', { value: name, configurable: true });
    }
}

class Event {
    constructor(type, options = {}) {
        this.type = String(type);
        this.target = null;
        this.cancelable = Boolean(options.cancelable);
        this.defaultPrevented = false;
    }

    preventDefault() {
        if (this.cancelable) this.defaultPrevented = true;
    }
}

class EventTarget {
    #listeners = new Map();

    addEventListener(type, listener, options) {
        const listeners = this.#listeners.get(type) ?? [];
        if (listener && !listeners.some((one) => one.listener === listener)) {
            listeners.push({ listener, once: typeof options === 'object' && Boolean(options?.once) });
        }
        this.#listeners.set(type, listeners);
    }

    removeEventListener(type, listener) {
        this.#listeners.set(type, (this.#listeners.get(type) ?? []).filter((one) => one.listener !== listener));
    }

    dispatchEvent(event) {
        event.target = this;
        const handler = this[`on${event.type}`];
        if (typeof handler === 'function') handler.call(this, event);
        for (const { listener, once } of [...(this.#listeners.get(event.type) ?? [])]) {
            if (once) this.removeEventListener(event.type, listener);
            if (typeof listener === 'function') listener.call(this, event);
            else listener.handleEvent(event);
        }
        return !event.defaultPrevented;
    }
}

class AbortSignal extends EventTarget {
    aborted = false;
    reason = undefined;
    onabort = null;

    static abort(reason) {
        const signal = new AbortSignal();
        abort(signal, reason);
        return signal;
    }

    static timeout(millis) {
        const signal = new AbortSignal();
        setTimeout(() => abort(signal, new DOMException('The operation was aborted due to timeout', 'TimeoutError')), millis).unref();
        return signal;
    }

    static any(signals) {
        const both = new AbortSignal();
        for (const one of signals) {
            if (one.aborted) abort(both, one.reason);
            else one.addEventListener('abort', () => abort(both, one.reason), { once: true });
        }
        return both;
    }

    throwIfAborted() {
        if (this.aborted) throw this.reason;
    }
}

function abort(signal, reason = new DOMException('This operation was aborted', 'AbortError')) {
    if (signal.aborted) return;
    signal.aborted = true;
    signal.reason = reason;
    signal.dispatchEvent(new Event('abort'));
}

class AbortController {
    signal = new AbortSignal();

    abort(reason) {
        abort(this.signal, reason);
    }
}

module.exports = { AbortController, AbortSignal, DOMException, Event, EventTarget };
