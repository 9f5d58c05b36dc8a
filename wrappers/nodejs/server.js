'use strict';
// The serving of events: one frame after the other, and between two events everything that the first one's handler left to run.

const { AsyncLocalStorage } = require('node:async_hooks');

const layout = require('./layout');
const { Invocation } = require('./answering');
const { BatchInvocation, Collector } = require('./batch');
const { Control } = require('./control');
const { EMPTY } = require('./frame');
const { Tables, makeEvent } = require('./event');
const { text, title } = require('./traces');

const NOT_PLAIN = layout.MORE | layout.BATCH | layout.BATCHED;
// So many events, or so much of handlers' time, go by before timers and sockets of the function get a turn.
const TURN_EVENTS = 64;
const TURN_NANOS = 1_000_000;
const DONE = Promise.resolve();

class Server {
    /**
     * @param {any} connection
     * @param {import('./hello').Hello} hello
     * @param {{leave: () => void, leaveAtOnce: () => void, broken: (failure: any) => void}} life how the worker ends
     */
    constructor(connection, hello, life) {
        this.connection = connection;
        this.directory = String(hello.function.directory || '');
        this.tables = new Tables(hello);
        this.isLent = hello.view;
        this.limit = hello.several ? hello.inFlight : 1;
        this.life = life;
        /** @type {any} */
        this.context = null;
        /** @type {any} */
        this.loaded = null;
        /** @type {any} */
        this.control = null;
        this.collector = new Collector(connection);
        /** Events of `mode: async` know by this whose log line or stray exception it is. */
        this.storage = hello.several ? new AsyncLocalStorage() : null;
        this.open = 0;
        /** What can be cancelled: events of `mode: async`. @type {Map<bigint, Invocation>} */
        this.cancellable = new Map();
        /** @type {Invocation|null} */
        this.inHand = null;
        /** Frames that must wait for events that are open. @type {import('./frame').Frame[]} */
        this.waiting = [];
        /** @type {(() => void)[]} */
        this.roomWaiters = [];
        this.isControlling = false;
        this.isStopping = false;
        this.isScheduled = false;
        this.turnEvents = 0;
        this.turnNanos = 0;
        this.resume = () => {
            this.isScheduled = false;
            this.serve();
        };
        this.nextTurn = () => {
            this.turnEvents = this.turnNanos = 0;
            this.resume();
        };
        // A tick may stand before those that microtasks add later; microtasks run when all ticks have.
        const afterTicks = () => {
            DONE.then(this.resume);
        };
        this.afterMicrotasks = () => process.nextTick(afterTicks);
    }

    /** The invocation that what runs now belongs to; null if that can't be told. */
    current() {
        if (this.storage === null) return this.inHand;
        const store = this.storage.getStore();
        if (store !== undefined) return /** @type {Invocation} */ (store);
        return this.open === 1 ? this.inHand : null;
    }

    /** From here on events come. */
    start(context, loaded) {
        this.context = context;
        this.loaded = loaded;
        this.control = new Control(this.connection, context);
        this.connection.onWork = () => this.woken();
        this.connection.onRoom = this.connection.onEnd = () => {
            for (const proceed of this.roomWaiters.splice(0)) proceed();
            this.woken();
        };
        this.woken();
    }

    stop() {
        this.isStopping = true;
        if (this.context !== null) this.woken();
        else this.life.leave();
    }

    woken() {
        if (this.isScheduled) return;
        this.turnEvents = this.turnNanos = 0;
        this.serve();
    }

    /** Handles frames until there is none, or one has begun an event, which ends with `settle`. */
    serve() {
        this.guard(() => {
            while (this.step());
        });
    }

    step() {
        const { connection, waiting } = this;
        if (connection.isBlocked) return this.rest();
        if (waiting.length !== 0) {
            const next = this.collector.isOpen ? waiting.findIndex(isData) : 0;
            if (next >= 0 && this.canTake(waiting[next])) return this.take(waiting.splice(next, 1)[0]);
        }
        // A handler that has the only event gets no CANCEL, so nothing has to be looked at meanwhile.
        if (this.limit === 1 && (this.open !== 0 || this.isControlling)) return this.rest();
        if (this.isStopping || connection.hasEnded) return this.tryLeave();
        const frame = connection.poll();
        if (frame === null) return !connection.sleep();
        if (frame.type === layout.CANCEL) this.cancel(frame.correlation);
        else if (this.mustWait(frame)) waiting.push(frame);
        else return this.take(frame);
        return true;
    }

    mustWait(frame) {
        if (!this.canTake(frame)) return true;
        return this.waiting.length !== 0 && !(this.collector.isOpen && isData(frame));
    }

    canTake(frame) {
        if (this.isControlling) return false;
        if (this.collector.isOpen) return isData(frame);
        return this.open < (isData(frame) ? this.limit : 1);
    }

    rest() {
        this.connection.flush();
        if (this.connection.hasEnded) this.tryLeave();
        return false;
    }

    tryLeave() {
        this.connection.flush();
        if (this.open !== 0) return false;
        if (this.connection.hasEnded) this.life.leaveAtOnce();
        else this.life.leave();
        return false;
    }

    /** True to go on with the next frame, false when an event has begun. */
    take(frame) {
        switch (frame.type) {
            case layout.EVENT:
                return this.takeEvent(frame);
            case layout.CHUNK:
                // Chunks of an event that was discarded or taken back are passed over.
                return this.collector.isOpen ? this.collect(frame) : true;
            case layout.CONTINUE:
                this.control.isDiscarding = false;
                return true;
            case layout.STOP:
                this.isStopping = true;
                return true;
            default:
                this.isControlling = true;
                this.control.run(frame).then(
                    () => {
                        this.isControlling = false;
                        this.woken();
                    },
                    (failure) => this.broken(failure),
                );
                return true;
        }
    }

    takeEvent(frame) {
        if (this.control.isDiscarding && !this.collector.isOpen) {
            this.discard(frame);
            return true;
        }
        if (frame.flags & NOT_PLAIN || this.collector.isOpen) return this.collect(frame);
        if (!this.connection.claim(frame)) return true;
        const body = this.connection.bodyOf(frame, this.isLent);
        this.begin(new Invocation(this, frame.correlation), makeEvent(frame, this.tables, body));
        return false;
    }

    /** The event goes back unread. */
    discard(frame) {
        const { correlation } = frame;
        const base = { correlation, code: 0, flags: layout.DISCARDED, took: 0 };
        this.connection.respond({ ...base, contentType: EMPTY, headers: EMPTY, body: EMPTY, extra: EMPTY });
    }

    collect(frame) {
        if (!this.collector.add(frame)) return true;
        const collected = this.collector.take();
        if (collected.length === 0) return true;
        if (this.collector.isBatch) {
            const batch = new BatchInvocation(this, collected);
            this.begin(batch, batch.events);
        } else {
            const [{ frame: first, body }] = collected;
            this.begin(new Invocation(this, first.correlation), makeEvent(first, this.tables, body));
        }
        return false;
    }

    begin(invocation, event) {
        this.open++;
        this.inHand = invocation;
        const { handler } = this.loaded;
        if (this.storage === null) {
            invocation.run(handler, event);
        } else {
            this.cancellable.set(invocation.correlation, invocation);
            this.storage.run(invocation, () => invocation.run(handler, event));
        }
        this.settle();
    }

    /** The event's answer is out. */
    finished(invocation) {
        this.open--;
        if (this.storage !== null) this.cancellable.delete(invocation.correlation);
        if (this.inHand === invocation) this.inHand = this.open === 1 ? this.cancellable.values().next().value ?? null : null;
        this.turnEvents++;
        this.turnNanos += invocation.tookNanos;
        this.settle();
    }

    /** Goes on when the microtasks and ticks that handlers left have run, or after a turn of the event loop. */
    settle() {
        if (this.isScheduled) return;
        this.isScheduled = true;
        if (this.turnEvents >= TURN_EVENTS || this.turnNanos >= TURN_NANOS) {
            this.connection.flush();
            setImmediate(this.nextTurn);
        } else {
            // Half the cost of `queueMicrotask`, which makes an asynchronous resource of each call.
            DONE.then(this.afterMicrotasks);
        }
    }

    cancel(correlation) {
        this.cancellable.get(correlation)?.abortController().abort();
    }

    /** Fulfilled when the connection takes more. */
    room() {
        return new Promise((resolve) => this.roomWaiters.push(() => resolve(undefined)));
    }

    /** An exception that nobody caught, a rejection that nobody handles: the event's that is in hand, else only told of. */
    stray(failure) {
        const invocation = this.current();
        if (invocation !== null && !invocation.isAnswered) {
            invocation.fail(failure);
            return;
        }
        process.stdout.write(`ERROR: ${text(failure)}\n`);
        this.context?.logger.errorWith('Exception outside of a handler', { err: title(failure), stack: text(failure) });
        this.connection.flush();
    }

    /** Runs our own code, whose exceptions end the worker wherever they come up. */
    guard(action) {
        try {
            action();
        } catch (failure) {
            this.broken(failure);
        }
    }

    broken(failure) {
        this.life.broken(failure);
    }
}

function isData(frame) {
    return frame.type === layout.EVENT || frame.type === layout.CHUNK;
}

module.exports = { Server };
