'use strict';

const { DOMException } = require('nucleon:abort');

/** A copy of data, with what refers to itself; functions have none. */
function structuredClone(value, copies = new Map()) {
    if (typeof value === 'function' || typeof value === 'symbol') {
        throw new DOMException(`${String(value)} could not be cloned.`, 'DataCloneError');
    }
    if (value === null || typeof value !== 'object') return value;
    if (copies.has(value)) return copies.get(value);
    const keep = (copy) => {
        copies.set(value, copy);
        return copy;
    };
    if (value instanceof Date) return keep(new Date(value));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    if (value instanceof ArrayBuffer) return keep(value.slice(0));
    if (ArrayBuffer.isView(value)) return keep(new Uint8Array(value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength)));
    if (value instanceof Map) {
        const copy = keep(new Map());
        for (const [key, one] of value) copy.set(structuredClone(key, copies), structuredClone(one, copies));
        return copy;
    }
    if (value instanceof Set) {
        const copy = keep(new Set());
        for (const one of value) copy.add(structuredClone(one, copies));
        return copy;
    }
    if (value instanceof Error) {
        const copy = keep(new (globalThis[value.name] ?? Error)(value.message));
        copy.stack = value.stack;
        return copy;
    }
    const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
    for (const key of Object.keys(value)) copy[key] = structuredClone(value[key], copies);
    return copy;
}

module.exports = { structuredClone: (value) => structuredClone(value) };
