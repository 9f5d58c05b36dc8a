'use strict';

const timers = require('nucleon:loop');

function ended(begin, end, value, signal) {
    return new Promise((resolve, reject) => {
        if (signal?.aborted) {
            reject(signal.reason);
            return;
        }
        const timer = begin(() => resolve(value));
        signal?.addEventListener('abort', () => {
            end(timer);
            reject(signal.reason);
        }, { once: true });
    });
}

const wait = (millis, value, options = {}) =>
    ended((done) => timers.setTimeout(done, millis), timers.clearTimeout, value, options.signal);
const immediate = (value, options = {}) => ended(timers.setImmediate, timers.clearImmediate, value, options.signal);

async function* interval(millis, value, options) {
    for (;;) yield await wait(millis, value, options);
}

module.exports = {
    setTimeout: wait,
    setImmediate: immediate,
    setInterval: interval,
    scheduler: { wait: (millis, options) => wait(millis, undefined, options), yield: () => immediate() },
};
