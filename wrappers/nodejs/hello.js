'use strict';
// What the processor tells a worker at the hand-shake, checked.

const layout = require('./layout');
const { PROTOCOL_VERSION, Violation } = require('./errors');

/** PROTOCOL.md §4, point 2. Sizes in bytes. */
class Hello {
    /**
     * Throws a Violation if a member is missing, of another type, or says another major version.
     *
     * @param {Record<string, any>} members
     * @param {number} epoch
     */
    constructor(members, epoch) {
        const version = get(members, 'protocol', 'array');
        if (version[0] !== layout.MAJOR) {
            const ours = JSON.stringify([layout.MAJOR, layout.MINOR]);
            throw new Violation(`it speaks protocol ${JSON.stringify(version)}, this wrapper ${ours}`, PROTOCOL_VERSION);
        }
        const segment = get(members, 'segment', 'object');
        this.transport = get(members, 'transport', 'string');
        if (!['shm', 'unix'].includes(this.transport)) throw new Violation(`it offers transport '${this.transport}'`);
        this.epoch = epoch;
        this.segmentSize = get(segment, 'size', 'number');
        this.segmentPath = get(segment, 'path', 'string');
        this.inlineLimit = get(members, 'inlineLimit', 'number');
        this.maxFrame = get(members, 'maxFrame', 'number');
        this.inFlight = Math.max(1, get(members, 'inFlight', 'number', 1));
        this.mode = get(members, 'mode', 'string', 'sync');
        this.view = get(members, 'body', 'string', 'copy') === 'view';
        this.spin = get(members, 'spin', 'boolean', false);
        this.methods = get(members, 'methods', 'array').map(String);
        this.triggers = get(members, 'triggers', 'array').map(trigger);
        this.trigger = trigger(members.trigger ?? {});
        this.function = get(members, 'function', 'object');
        this.platform = get(members, 'platform', 'object', {});
        this.worker = get(members, 'worker', 'number', 0);
    }

    /** Whether several events are open at once. */
    get several() {
        return this.mode === 'async' && this.inFlight > 1;
    }
}

function trigger(row) {
    if (typeOf(row) !== 'object') throw new Violation('a trigger of its hand-shake is no object');
    return { kind: String(row.kind ?? ''), name: String(row.name ?? '') };
}

function get(members, name, kind, otherwise) {
    const value = members[name] ?? otherwise;
    if (typeOf(value) !== kind) {
        throw new Violation(`its hand-shake's '${name}' is ${JSON.stringify(value)}, not of type ${kind}`);
    }
    return value;
}

function typeOf(value) {
    if (Array.isArray(value)) return 'array';
    return value === null ? 'null' : typeof value;
}

/** The JSON object of a hand-shake frame. */
function parseHello(body, epoch) {
    let members;
    try {
        members = JSON.parse(body.toString());
    } catch (failure) {
        throw new Violation(`the hand-shake's JSON can't be read: ${failure.message}`);
    }
    if (typeOf(members) !== 'object') throw new Violation("the hand-shake's JSON is no object");
    return new Hello(members, epoch);
}

module.exports = { Hello, parseHello };
