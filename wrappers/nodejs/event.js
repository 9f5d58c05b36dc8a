'use strict';
// The event that a handler gets: what nuclio shows as a plain object, decoded member by member when touched.

const crypto = require('node:crypto');
const { inspect } = require('node:util');

const layout = require('./layout');

/** What is the same for all events of a worker: the hand-shake's tables. */
class Tables {
    /** @param {import('./hello').Hello} hello */
    constructor(hello) {
        this.methods = hello.methods;
        this.triggers = hello.triggers;
    }
}

/** Behind each event, so that it prints as what it shows and not as what was touched. */
class Event {
    [inspect.custom](depth, options) {
        return inspect({ ...this }, { ...options, depth });
    }
}

/**
 * The traps of one event. Members become own properties of the event when they are read first; whoever looks at the object as a
 * whole (`Object.keys`, spread, `JSON.stringify`) gets all of them. Refers to memory that is the event's own, so an event may outlive
 * its answer.
 */
class EventMembers {
    /**
     * @param {import('./frame').Frame} frame
     * @param {Tables} tables
     * @param {Buffer} body
     */
    constructor(frame, tables, body) {
        this.frame = frame;
        this.tables = tables;
        this.body = body;
        this.isWhole = false;
    }

    get(target, name) {
        const value = target[name];
        if (value !== undefined || this.isWhole || !hasOwn(DECODERS, name) || hasOwn(target, name)) return value;
        return (target[name] = DECODERS[name](this));
    }

    set(target, name, value) {
        target[name] = value;
        return true;
    }

    has(target, name) {
        return name in this.whole(target);
    }

    ownKeys(target) {
        return Reflect.ownKeys(this.whole(target));
    }

    getOwnPropertyDescriptor(target, name) {
        return Reflect.getOwnPropertyDescriptor(this.whole(target), name);
    }

    defineProperty(target, name, descriptor) {
        return Reflect.defineProperty(this.whole(target), name, descriptor);
    }

    deleteProperty(target, name) {
        return Reflect.deleteProperty(this.whole(target), name);
    }

    preventExtensions(target) {
        return Reflect.preventExtensions(this.whole(target));
    }

    /** The target with every member, in nuclio's order. */
    whole(target) {
        if (this.isWhole) return target;
        this.isWhole = true;
        const touched = { ...target };
        for (const name of Object.keys(touched)) delete target[name];
        for (const name of NAMES) target[name] = hasOwn(touched, name) ? touched[name] : DECODERS[name](this);
        return Object.assign(target, touched);
    }

    extra(name) {
        return pairsOf(this.frame.text(layout.EXTRA_LENGTH))[name] || '';
    }
}

function hasOwn(object, name) {
    return Object.prototype.hasOwnProperty.call(object, name);
}

function pairsOf(block) {
    const found = {};
    if (block === '') return found;
    const words = block.split('\0');
    // A header of that name would change the object's prototype; as an own property it is like any other.
    for (let i = 0; i + 1 < words.length; i += 2) {
        if (words[i] === '__proto__') Object.defineProperty(found, words[i], ownValue(words[i + 1]));
        else found[words[i]] = words[i + 1];
    }
    return found;
}

function ownValue(value) {
    return { value, writable: true, enumerable: true, configurable: true };
}

/** Names and values as fasthttp reads them: `+` is a space, a broken escape stays as it is, no `=` is an empty value. */
function parseQuery(query) {
    const found = {};
    for (const part of query.split('&')) {
        const equals = part.indexOf('=');
        const name = equals < 0 ? part : part.slice(0, equals);
        const value = equals < 0 ? '' : part.slice(equals + 1);
        if (name !== '' || value !== '') Object.defineProperty(found, unquote(name), ownValue(unquote(value)));
    }
    return found;
}

function unquote(text) {
    const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
    if (!spaced.includes('%')) return spaced;
    // Escapes are bytes, which only together are characters.
    const bytes = Buffer.from(spaced).toString('latin1');
    const plain = bytes.replace(/%([0-9a-fA-F]{2})/g, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
    return Buffer.from(plain, 'latin1').toString();
}

function path(members) {
    const text = members.frame.text(layout.PATH_LENGTH);
    const end = text.indexOf('\0');
    return end < 0 ? text : text.slice(0, end);
}

function fields(members) {
    const text = members.frame.text(layout.PATH_LENGTH);
    const start = text.indexOf('\0');
    return start < 0 ? {} : parseQuery(text.slice(start + 1));
}

function body(members) {
    const { frame } = members;
    // A structured CloudEvent's object, which kills nuclio's worker.
    if (frame.flags & layout.OBJECT) return JSON.parse(members.body.toString());
    return members.body;
}

function method(members) {
    const index = members.frame.u16(layout.CODE) & 0xff;
    const { methods } = members.tables;
    return index < methods.length ? methods[index] : members.extra('method');
}

function trigger(members) {
    const { frame, tables } = members;
    const row = tables.triggers[frame.u16(layout.CODE) >> 8];
    // An event that carries another source's name (CloudEvents) has it in `extra`.
    const extra = pairsOf(frame.text(layout.EXTRA_LENGTH));
    if (extra.trigger_kind || extra.trigger_name || row === undefined) {
        return { kind: extra.trigger_kind || '', name: extra.trigger_name || '' };
    }
    return { kind: row.kind, name: row.name };
}

/** Whole seconds, as nuclio sends them. */
function timestamp(members) {
    const seconds = members.frame.view.getBigInt64(members.frame.at + layout.TIME, true) / 1_000_000_000n;
    return new Date(Number(seconds) * 1000);
}

const contentType = (members) => members.frame.text(layout.CONTENT_TYPE_LENGTH);
const ofExtra = (name) => (members) => members.extra(name);

/** @type {Record<string, (members: EventMembers) => any>} */
const DECODERS = {
    body,
    'content-type': contentType,
    content_type: contentType,
    fields,
    headers: (members) => pairsOf(members.frame.text(layout.HEADERS_LENGTH)),
    id: (members) => members.frame.text(layout.ID_LENGTH) || crypto.randomUUID(),
    last_in_batch: (members) => (members.frame.flags & layout.LAST_IN_BATCH) !== 0,
    method,
    num_shards: (members) => Number(members.extra('num_shards')) || 0,
    offset: (members) => Number(members.frame.view.getBigInt64(members.frame.at + layout.STREAM_OFFSET, true)),
    path,
    shard_id: (members) => members.frame.view.getInt32(members.frame.at + layout.SHARD, true),
    size: (members) => members.frame.bodyLength,
    timestamp,
    topic: ofExtra('topic'),
    trigger,
    type: ofExtra('type'),
    type_version: ofExtra('type_version'),
    url: ofExtra('url'),
    version: ofExtra('version'),
};
const NAMES = Object.keys(DECODERS);

/**
 * @param {import('./frame').Frame} frame
 * @param {Tables} tables
 * @param {Buffer} bytes the body, which for a collected event is not the frame's
 */
function makeEvent(frame, tables, bytes) {
    return new Proxy(new Event(), new EventMembers(frame, tables, bytes));
}

module.exports = { Tables, makeEvent, parseQuery };
