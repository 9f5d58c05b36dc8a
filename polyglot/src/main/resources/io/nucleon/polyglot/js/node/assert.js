'use strict';

const { inspect, isDeepStrictEqual } = require('node:util');

class AssertionError extends Error {
    constructor({ message, actual, expected, operator }) {
        super(message ?? `${inspect(actual)} ${operator} ${inspect(expected)}`);
        this.name = 'AssertionError';
        this.code = 'ERR_ASSERTION';
        this.generatedMessage = message === undefined;
        Object.assign(this, { actual, expected, operator });
    }
}

function check(isTrue, message, actual, expected, operator) {
    if (isTrue) return;
    if (message instanceof Error) throw message;
    throw new AssertionError({ message, actual, expected, operator });
}

function loosely(left, right) {
    // eslint-disable-next-line eqeqeq
    if (left == right || isDeepStrictEqual(left, right)) return true;
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length && keys.every((key) => loosely(left[key], right[key]));
}

function fits(failure, expected) {
    if (expected === undefined) return true;
    if (expected instanceof RegExp) return expected.test(String(failure));
    if (typeof expected === 'function') {
        if (expected.prototype !== undefined && failure instanceof expected) return true;
        return !Error.isPrototypeOf(expected) && expected !== Error && expected.call({}, failure) === true;
    }
    return Object.entries(expected).every(([key, value]) =>
        value instanceof RegExp ? value.test(failure[key]) : isDeepStrictEqual(failure[key], value));
}

function throws(callback, expected, message) {
    const words = typeof expected === 'string' ? expected : message;
    try {
        callback();
    } catch (failure) {
        if (typeof expected === 'string' || fits(failure, expected)) return;
        throw failure;
    }
    check(false, words ?? 'Missing expected exception.', undefined, expected, 'throws');
}

async function rejects(given, expected, message) {
    try {
        await (typeof given === 'function' ? given() : given);
    } catch (failure) {
        if (typeof expected === 'string' || fits(failure, expected)) return;
        throw failure;
    }
    check(false, message ?? 'Missing expected rejection.', undefined, expected, 'rejects');
}

const ok = (value, message) => check(value, message ?? 'The expression evaluated to a falsy value', value, true, '==');
const strictEqual = (left, right, message) => check(Object.is(left, right), message, left, right, 'strictEqual');
const notStrictEqual = (left, right, message) => check(!Object.is(left, right), message, left, right, 'notStrictEqual');
const deepStrictEqual = (left, right, message) => check(isDeepStrictEqual(left, right), message, left, right, 'deepStrictEqual');

const assert = (value, message) => ok(value, message);
Object.assign(assert, {
    AssertionError,
    ok,
    // eslint-disable-next-line eqeqeq
    equal: (left, right, message) => check(left == right || (left !== left && right !== right), message, left, right, '=='),
    // eslint-disable-next-line eqeqeq
    notEqual: (left, right, message) => check(left != right, message, left, right, '!='),
    strictEqual,
    notStrictEqual,
    deepEqual: (left, right, message) => check(loosely(left, right), message, left, right, 'deepEqual'),
    deepStrictEqual,
    notDeepStrictEqual: (left, right, message) => check(!isDeepStrictEqual(left, right), message, left, right, 'notDeepStrictEqual'),
    notDeepEqual: (left, right, message) => check(!loosely(left, right), message, left, right, 'notDeepEqual'),
    throws,
    rejects,
    doesNotThrow: (callback) => void callback(),
    match: (text, pattern, message) => check(pattern.test(text), message, text, pattern, 'match'),
    doesNotMatch: (text, pattern, message) => check(!pattern.test(text), message, text, pattern, 'doesNotMatch'),
    fail: (message = 'Failed') => check(false, message, undefined, undefined, 'fail'),
    ifError(value) {
        if (value !== null && value !== undefined) throw value;
    },
});
assert.strict = Object.assign((value, message) => ok(value, message), assert, {
    equal: strictEqual,
    notEqual: notStrictEqual,
    deepEqual: deepStrictEqual,
});

module.exports = assert;
