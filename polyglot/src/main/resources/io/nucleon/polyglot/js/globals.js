'use strict';
// What is global in Node.js and not in JavaScript.

const loop = require('nucleon:loop');

function define(name, value) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

/** A global whose module is loaded when somebody names it. */
function defineLazily(name, get) {
    Object.defineProperty(globalThis, name, {
        get() {
            const value = get();
            define(name, value);
            return value;
        },
        set(value) {
            define(name, value);
        },
        configurable: true,
        enumerable: false,
    });
}

/** Calls the callback when the jobs before it are done; what it throws is stray, as in Node.js. */
function queueMicrotask(callback) {
    Promise.resolve().then(() => {
        try {
            callback();
        } catch (failure) {
            process.emit('uncaughtException', failure);
        }
    });
}

exports.install = () => {
    define('global', globalThis);
    for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate']) {
        define(name, loop[name]);
    }
    define('queueMicrotask', queueMicrotask);
    define('Buffer', require('node:buffer').Buffer);
    define('process', require('node:process'));
    const { AbortController, AbortSignal, DOMException } = require('nucleon:abort');
    define('AbortController', AbortController);
    define('AbortSignal', AbortSignal);
    define('DOMException', DOMException);
    defineLazily('Event', () => require('nucleon:abort').Event);
    defineLazily('EventTarget', () => require('nucleon:abort').EventTarget);
    defineLazily('URL', () => require('node:url').URL);
    defineLazily('URLSearchParams', () => require('node:url').URLSearchParams);
    for (const name of ['fetch', 'Headers', 'Request', 'Response']) defineLazily(name, () => require('nucleon:fetch')[name]);
    defineLazily('console', () => require('node:console'));
    defineLazily('performance', () => require('node:perf_hooks').performance);
    defineLazily('crypto', () => require('node:crypto').webcrypto);
    defineLazily('structuredClone', () => require('nucleon:clone').structuredClone);
    defineLazily('atob', () => require('node:buffer').atob);
    defineLazily('btoa', () => require('node:buffer').btoa);
};
