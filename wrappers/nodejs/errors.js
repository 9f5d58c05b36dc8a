'use strict';
// What ends a worker, as the processor shows it to the user: code, title, why, what to do, where.

const PROTOCOL_VERSION = 'NUC-2002';
const PROTOCOL_VIOLATION = 'NUC-2010';
const HANDLER_MISSING = 'NUC-4021';
const SOURCE_INVALID = 'NUC-4022';
const IMPORT_FAILED = 'NUC-4023';
const INIT_FAILED = 'NUC-4024';
const MODULE_NOT_IN_PROCESS = 'NUC-4035';
const INTERNAL = 'NUC-9001';

/** The worker can't go on. Becomes a FAULT frame and exit status 1. */
class Fault extends Error {
    /**
     * @param {string} code
     * @param {string} title what was tried and failed
     * @param {string} why
     * @param {string} fix what to do
     * @param {{file?: string, line?: number, column?: number, detail?: string, source?: string}} [place]
     */
    constructor(code, title, why, fix, place = {}) {
        super(`${code} ${title}: ${why}; fix: ${fix}`);
        this.members = {
            code,
            title,
            why,
            fix,
            file: place.file || '',
            line: place.line || 0,
            column: place.column || 0,
            detail: place.detail || '',
            source: place.source || '',
        };
    }
}

/** The other side broke PROTOCOL.md; nothing that it sends is believed any more. */
class Violation extends Fault {
    /** @param {string} why @param {string} [code] */
    constructor(why, code = PROTOCOL_VIOLATION) {
        super(
            code,
            'the processor broke the protocol',
            why,
            'use processor and wrapper of one Nucleon version; if they are, report it with this text',
        );
    }
}

/** The processor is gone: leave at once, there is nobody to tell. */
class EndOfConnection extends Error {}

/**
 * The candidate that `name` was probably meant to be: at most max(2, len/3) edits away; '' for none.
 *
 * @param {string} name
 * @param {Iterable<string>} candidates
 */
function nearest(name, candidates) {
    let best = '';
    let least = Math.max(2, Math.floor(name.length / 3)) + 1;
    for (const other of candidates) {
        const edits = distance(name, other);
        if (edits < least) {
            best = other;
            least = edits;
        }
    }
    return best;
}

/**
 * Damerau–Levenshtein (optimal string alignment): edits and swaps of neighbours between two names.
 *
 * @param {string} left
 * @param {string} right
 */
function distance(left, right) {
    let older = [];
    let before = [];
    let row = Array.from({ length: right.length + 1 }, (_, i) => i);
    for (let i = 1; i <= left.length; i++) {
        [older, before, row] = [before, row, [i]];
        for (let j = 1; j <= right.length; j++) {
            const differs = left[i - 1] === right[j - 1] ? 0 : 1;
            let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + differs);
            if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) {
                cost = Math.min(cost, older[j - 2] + 1);
            }
            row.push(cost);
        }
    }
    return row[right.length];
}

module.exports = {
    PROTOCOL_VERSION,
    PROTOCOL_VIOLATION,
    HANDLER_MISSING,
    SOURCE_INVALID,
    IMPORT_FAILED,
    INIT_FAILED,
    MODULE_NOT_IN_PROCESS,
    INTERNAL,
    Fault,
    Violation,
    EndOfConnection,
    nearest,
    distance,
};
