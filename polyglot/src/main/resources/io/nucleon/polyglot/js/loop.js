'use strict';
// The event loop: ticks, immediates, timers, and the connection, which is looked at in every step.

const host = require('nucleon:host');

const NANOS_PER_MILLI = 1e6;
const FOREVER = -1;
const LONGEST_MILLIS = 0x7fffffff;

const ticks = [];
let immediates = [];
/** By due time, then by order of their making. @type {Timer[]} */
const timers = [];
let serial = 0;
let isTracking = false;
/** Called in each step. */
let work = () => {};
/** Takes what the host has got from others meanwhile. */
let answers = () => {};
/** Called with what a callback threw. */
let stray = (failure) => {
    throw failure;
};
/** Called when nothing is left to wait for, before events come; says whether anybody heard. */
let idle = () => false;

class Timer {
    constructor(callback, millis, args, repeats) {
        this.callback = callback;
        this.millis = millis >= 1 && millis <= LONGEST_MILLIS ? Math.trunc(millis) : 1;
        this.args = args;
        this.repeats = repeats;
        this.isActive = true;
        this.isRef = true;
        this.id = ++serial;
        this.origin = origin();
        this.start();
    }

    start() {
        this.due = host.nanos() + this.millis * NANOS_PER_MILLI;
        let low = 0;
        let high = timers.length;
        while (low < high) {
            const middle = (low + high) >>> 1;
            if (timers[middle].due <= this.due) low = middle + 1;
            else high = middle;
        }
        timers.splice(low, 0, this);
    }

    stop() {
        this.isActive = false;
        const at = timers.indexOf(this);
        if (at >= 0) timers.splice(at, 1);
    }

    run() {
        if (this.repeats) this.start();
        else this.isActive = false;
        guarded(this.callback, this.args, this.origin);
    }

    refresh() {
        this.stop();
        this.isActive = true;
        this.start();
        return this;
    }

    ref() {
        this.isRef = true;
        return this;
    }

    unref() {
        this.isRef = false;
        return this;
    }

    hasRef() {
        return this.isRef;
    }

    close() {
        this.stop();
        return this;
    }

    [Symbol.toPrimitive]() {
        return this.id;
    }
}

class Immediate {
    constructor(callback, args) {
        this.callback = callback;
        this.args = args;
        this.isActive = true;
        this.origin = origin();
        immediates.push(this);
    }

    ref() {
        return this;
    }

    unref() {
        return this;
    }
}

/** What the code that is begun later belongs to; kept only where somebody asks, as with several events at once. */
function origin() {
    return isTracking ? new AsyncContext.Snapshot() : null;
}

function guarded(callback, args, snapshot) {
    if (snapshot !== null) {
        snapshot.run(guarded, callback, args, null);
        return;
    }
    try {
        callback(...args);
    } catch (failure) {
        stray(failure);
    }
}

function runTicks() {
    while (ticks.length !== 0) {
        const tick = ticks.shift();
        guarded(tick.callback, tick.args, tick.origin);
    }
}

function runImmediates() {
    const due = immediates;
    immediates = [];
    for (const one of due) {
        if (one.isActive) guarded(one.callback, one.args, one.origin);
    }
}

function runTimers() {
    const now = host.nanos();
    const due = [];
    while (timers.length !== 0 && timers[0].due <= now) due.push(timers.shift());
    for (const timer of due) {
        if (timer.isActive) timer.run();
    }
    return due.length !== 0;
}

/** One round. Nanoseconds until the next is due; 0: now; −1: when something comes. */
function step() {
    answers();
    if (ticks.length !== 0) {
        runTicks();
        return 0;
    }
    if (timers.length !== 0 && runTimers()) return 0;
    if (immediates.length !== 0) {
        runImmediates();
        return 0;
    }
    if (work()) return 0;
    if (ticks.length !== 0 || immediates.length !== 0) return 0;
    if (!timers.some((timer) => timer.isRef) && idle()) return 0;
    return timers.length === 0 ? FOREVER : Math.max(1, timers[0].due - host.nanos());
}

function cancel(timer) {
    if (timer instanceof Timer) timer.stop();
    else if (timer instanceof Immediate) timer.isActive = false;
    else if (timer !== undefined && timer !== null) timers.find((one) => one.id === Number(timer))?.stop();
}

function callable(callback) {
    if (typeof callback !== 'function') {
        const failure = new TypeError('The "callback" argument must be of type function.');
        failure.code = 'ERR_INVALID_ARG_TYPE';
        throw failure;
    }
    return callback;
}

module.exports = {
    step,
    nextTick: (callback, ...args) => void ticks.push({ callback: callable(callback), args, origin: origin() }),
    setTimeout: (callback, millis, ...args) => new Timer(callable(callback), millis, args, false),
    setInterval: (callback, millis, ...args) => new Timer(callable(callback), millis, args, true),
    setImmediate: (callback, ...args) => new Immediate(callable(callback), args),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
    /** `act` is called in each step; it says whether it did anything. */
    setWork(act) {
        work = act;
    },
    setStray(act) {
        stray = act;
    },
    setAnswers(act) {
        answers = act;
    },
    /** From here on what is begun later knows by whom it was begun. */
    track() {
        isTracking = true;
    },
    setIdle(act) {
        idle = act;
    },
    /** From here on the worker lives as long as its processor wants. */
    serve() {
        idle = () => false;
    },
};
