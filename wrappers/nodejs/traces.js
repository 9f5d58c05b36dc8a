'use strict';
// What went wrong in the user's code, and where. Only slow paths.

const path = require('node:path');
const { fileURLToPath } = require('node:url');
const { inspect } = require('node:util');

const MAX_MESSAGE = 4096;
const LINE = /^\s+at (?:.*\()?((?:file:\/\/)?\/[^()]*?):(\d+):(\d+)\)?$/;

/** What a thrown value says, which the user's class may break. */
function message(failure) {
    try {
        return String(failure instanceof Error ? failure.message : failure).slice(0, MAX_MESSAGE);
    } catch (broken) {
        return `<${typeof failure} that can't be shown>`;
    }
}

/** Name and message, as nuclio shows it: `String` of what was thrown. */
function title(failure) {
    try {
        return String(failure);
    } catch (broken) {
        return `<${typeof failure} that can't be shown>`;
    }
}

/** `Error: x` and, of an Error, its stack: nuclio's text. */
function text(failure) {
    const stack = stackOf(failure);
    return stack === '' ? title(failure) : `${title(failure)}\n${stack}`;
}

function stackOf(failure) {
    try {
        const stack = failure?.stack;
        return stack === undefined ? '' : String(stack);
    } catch (broken) {
        return '';
    }
}

/** The error's class, for people. */
function nameOf(failure) {
    return failure instanceof Error ? failure.constructor?.name || failure.name : typeof failure;
}

/**
 * The innermost line in the function's folder, else the innermost that is neither Node's nor ours.
 *
 * @param {any} failure
 * @param {string} directory
 * @returns {{file: string, line: number, column: number}}
 */
function place(failure, directory) {
    const home = path.resolve(directory || '.') + path.sep;
    let anywhere = { file: '', line: 0, column: 0 };
    for (const one of stackOf(failure).split('\n')) {
        const found = LINE.exec(one);
        if (found === null) continue;
        const file = found[1].startsWith('file:') ? fileURLToPath(found[1]) : found[1];
        if (file.startsWith(__dirname + path.sep)) continue;
        const where = { file, line: Number(found[2]), column: Number(found[3]) };
        if (file.startsWith(home) && !file.includes('node_modules')) return where;
        if (anywhere.file === '') anywhere = where;
    }
    return anywhere;
}

/** `file:line`, or nothing. */
function where(failure, directory) {
    const { file, line } = place(failure, directory);
    return file === '' ? '' : `${file}:${line}`;
}

/** A value in a message. */
function shown(value) {
    return inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 200);
}

module.exports = { message, title, text, nameOf, place, where, shown };
