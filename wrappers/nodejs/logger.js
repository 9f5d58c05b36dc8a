'use strict';
// `context.logger`, whose records travel as LOG frames, each with the event that it belongs to.

const { inspect } = require('node:util');

const layout = require('./layout');
const { cut, encode } = require('./frame');

/**
 * Plain functions, so that they can be taken off the object. The level is debug; filtering is the processor's.
 *
 * @param {import('./connection').Connection} connection
 * @param {() => bigint} correlation of the event in hand, 0 for none
 * @param {number} worker whose index every record carries, as in other languages
 */
function makeLogger(connection, correlation, worker) {
    const bound = { worker_id: String(worker) };
    const at = (code) => (message, variables) => log(connection, correlation(), code, message, bodyOf(variables, bound));
    const [debug, info, warn, error] = [layout.LOG_DEBUG, layout.LOG_INFO, layout.LOG_WARNING, layout.LOG_ERROR].map(at);
    return { error, warn, info, debug, errorWith: error, warnWith: warn, infoWith: info, debugWith: debug };
}

/** A record that is too large for a frame keeps its message. */
function log(connection, correlation, code, message, fields) {
    let path = cut(typeof message === 'string' ? message : inspect(message));
    let body = fields;
    if (path.length + body.length > connection.frameLimit - layout.HEADER_LENGTH) {
        path = cut(path.toString(), 4096);
        body = Buffer.from('{"nucleon": "the record\'s fields were too large"}');
    }
    connection.write(encode({ kind: layout.LOG, code, correlation, epoch: connection.epoch, path, body }));
}

/** What is no object becomes one, with it as `with`. */
function bodyOf(variables, bound) {
    const isObject = typeof variables === 'object' && !Array.isArray(variables);
    const fields = isObject || variables === undefined ? variables : { with: variables };
    try {
        return Buffer.from(JSON.stringify({ ...fields, ...bound }, shown));
    } catch (failure) {
        const why = `the record's fields can't be written as JSON: ${failure.message}`;
        return Buffer.from(JSON.stringify({ nucleon: why, ...bound }));
    }
}

/** What JSON has no form for, or an empty one. */
function shown(_, value) {
    if (value instanceof Error) return String(value);
    return typeof value === 'bigint' ? String(value) : value;
}

module.exports = { makeLogger };
