'use strict';
// Events that are more than one frame: batches, and bodies that come in chunks; and a batch's answers, matched to its events by id.

const layout = require('./layout');
const { Invocation } = require('./answering');
const { Violation } = require('./errors');
const { makeEvent } = require('./event');
const { Unanswerable, convert } = require('./response');

const NOBODY = "the handler returned no response with this event's id";

/** Frames of one batch or chunked event, as they come. Each event is claimed as soon as its first frame is seen. */
class Collector {
    /** @param {import('./connection').Connection} connection */
    constructor(connection) {
        this.connection = connection;
        /** @type {{frame: import('./frame').Frame, parts: Buffer[], isMine: boolean}[]} */
        this.entries = [];
        /** The event whose chunks are due. @type {any} */
        this.chunked = null;
        this.isOpen = false;
        this.isBatch = false;
    }

    /** True when the frame was the last. */
    add(frame) {
        if (frame.type === layout.CHUNK) this.addChunk(frame);
        else this.addEvent(frame);
        this.isOpen = this.chunked !== null || (this.entries[this.entries.length - 1].frame.flags & layout.BATCH) !== 0;
        return !this.isOpen;
    }

    addEvent(frame) {
        if (this.chunked !== null) throw new Violation('an EVENT came where the rest of a body was due');
        this.isBatch = (frame.flags & (layout.BATCH | layout.BATCHED)) !== 0;
        const isMine = this.connection.claim(frame);
        const entry = { frame, parts: isMine ? [this.connection.bodyOf(frame, false)] : [], isMine };
        this.entries.push(entry);
        if (frame.flags & layout.MORE) this.chunked = entry;
    }

    addChunk(frame) {
        if (this.chunked === null || this.chunked.frame.correlation !== frame.correlation) {
            throw new Violation('a CHUNK came that belongs to no event');
        }
        this.chunked.parts.push(this.connection.bodyOf(frame, false));
        if (!(frame.flags & layout.MORE)) this.chunked = null;
    }

    /** The events that the processor has not taken back, with their bodies. */
    take() {
        const mine = this.entries.filter((entry) => entry.isMine);
        this.entries = [];
        return mine.map(({ frame, parts }) => ({ frame, body: parts.length === 1 ? parts[0] : Buffer.concat(parts) }));
    }
}

/** A batch that is open: one RESPONSE an event. */
class BatchInvocation extends Invocation {
    /**
     * @param {import('./server').Server} server
     * @param {{frame: import('./frame').Frame, body: Buffer}[]} collected
     */
    constructor(server, collected) {
        super(server, collected[0].frame.correlation);
        this.events = collected.map(({ frame, body }) => makeEvent(frame, server.tables, body));
        this.correlations = collected.map(({ frame }) => frame.correlation);
    }

    /** What names no event of the batch goes to nobody, as in nuclio; an event that no response names is answered with 500. */
    respond(value) {
        this.server.guard(() => {
            const open = this.events.map((event, i) => ({ id: event.id, correlation: this.correlations[i] }));
            for (const item of Array.isArray(value) ? value : [value]) {
                const found = open.findIndex((one) => one.id === item?.event_id);
                if (found >= 0) this.respondTo(open.splice(found, 1)[0].correlation, item);
            }
            for (const { correlation } of open) this.sendFailure(correlation, new Unanswerable(NOBODY));
            this.finish();
        });
    }

    respondTo(correlation, item) {
        try {
            const converted = convert(item);
            if (converted.stream !== null) throw new Unanswerable("a member of a batch can't be answered with a stream");
            this.send(correlation, converted);
        } catch (failure) {
            this.sendFailure(correlation, failure);
        }
    }

    respondFailure(failure) {
        for (const correlation of this.correlations) this.sendFailure(correlation, failure);
        this.finish();
    }
}

module.exports = { Collector, BatchInvocation };
