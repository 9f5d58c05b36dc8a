'use strict';

const { format, inspect } = require('node:util');

const counts = new Map();
const times = new Map();
let indent = '';

function print(stream, given) {
    const text = format(...given);
    stream.write(`${indent}${indent === '' ? text : text.replaceAll('\n', `\n${indent}`)}\n`);
}

const log = (...given) => print(process.stdout, given);
const error = (...given) => print(process.stderr, given);

module.exports = {
    log,
    info: log,
    debug: log,
    error,
    warn: error,
    trace: (...given) => error(new Error(format(...given)).stack.replace(/^Error/, 'Trace')),
    dir: (value, options) => log(inspect(value, options)),
    dirxml: log,
    table: log,
    assert: (condition, ...given) => {
        if (!condition) error(given.length === 0 ? 'Assertion failed' : `Assertion failed: ${format(...given)}`);
    },
    count(label = 'default') {
        counts.set(label, (counts.get(label) ?? 0) + 1);
        log(`${label}: ${counts.get(label)}`);
    },
    countReset: (label = 'default') => void counts.delete(label),
    time: (label = 'default') => void times.set(label, performance.now()),
    timeLog: (label = 'default', ...given) => log(`${label}: ${(performance.now() - times.get(label)).toFixed(3)}ms`, ...given),
    timeEnd(label = 'default') {
        log(`${label}: ${(performance.now() - times.get(label)).toFixed(3)}ms`);
        times.delete(label);
    },
    group(...given) {
        if (given.length !== 0) log(...given);
        indent += '  ';
    },
    groupEnd: () => void (indent = indent.slice(2)),
};
module.exports.groupCollapsed = module.exports.group;
module.exports.Console = function Console() {
    return module.exports;
};
