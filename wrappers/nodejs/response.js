'use strict';
// What a handler answered, as the parts of a RESPONSE. The table is nuclio's, its oddities included; see `convert`.

const layout = require('./layout');
const { EMPTY } = require('./frame');

const NO_ACK = 'x-nuclio-stream-no-ack';
const MAX_HEADERS = 64 * 1024;
const MAX_CONTENT_TYPES = 256; // a bound, should a function make a new one for each event
const TEXT = Buffer.from('text/plain');
const JSON_TYPE = Buffer.from('application/json');
const contentTypes = new Map([
    ['text/plain', TEXT],
    ['application/json', JSON_TYPE],
    ['', EMPTY],
]);

/**
 * What nuclio calls by this name: `new context.Response(body, headers, contentType, statusCode, bodyEncoding)`. Bytes and streams
 * stay what they are, which in nuclio become the JSON of an object. `event_id` names the member of a batch that is answered.
 *
 * @param {any} [body]
 * @param {Record<string, any>|null} [headers]
 * @param {string} [contentType]
 * @param {number} [statusCode]
 * @param {'text'|'base64'} [bodyEncoding]
 */
function Response(body = null, headers = null, contentType = 'text/plain', statusCode = 200, bodyEncoding = 'text') {
    this.body = body;
    this.headers = headers;
    this.content_type = contentType;
    this.status_code = statusCode;
    this.body_encoding = bodyEncoding;
    if (!isText(body) && !isBytes(body) && !isStream(body)) {
        this.body = JSON.stringify(body);
        this.content_type = 'application/json';
    }
}

/** Asks the trigger not to ack the event that this answers. */
Response.prototype.ensureNoAck = function ensureNoAck() {
    this.headers = { ...this.headers, [NO_ACK]: true };
    return this;
};

/** What was answered is no response; the message is what nuclio's caller reads. */
class Unanswerable extends Error {}

/**
 * The parts of a RESPONSE. `stream` is null, or an iterator whose items are the body; `eventId` names a batch member.
 *
 * @typedef {{code: number, contentType: Buffer, headers: Buffer, body: Uint8Array|string, flags: number, stream: any,
 *   eventId: any}} Converted
 */

/**
 * The answer that nuclio gives for this value.
 *
 * @param {any} value
 * @returns {Converted}
 */
function convert(value) {
    if (typeof value === 'string') return plain(200, TEXT, value);
    if (isBytes(value)) return plain(200, TEXT, value);
    if (value instanceof Response) return ofResponse(value);
    if (Array.isArray(value) && value.length === 2 && typeof value[0] === 'number') return ofPair(value[0], value[1]);
    if (isText(value)) return plain(200, TEXT, String(value));
    if (isStream(value)) return { ...plain(200, TEXT, ''), stream: iterator(value) };
    return plain(200, JSON_TYPE, json(value));
}

function plain(code, contentType, body) {
    return { code, contentType, headers: EMPTY, body, flags: 0, stream: null, eventId: undefined };
}

function ofPair(code, value) {
    const converted = isText(value) || isBytes(value) || isStream(value) ? convert(value) : plain(200, JSON_TYPE, json(value));
    converted.code = status(code);
    return converted;
}

/** @param {any} response */
function ofResponse(response) {
    const converted = plain(status(response.status_code), typeBytes(response.content_type), '');
    const { body } = response;
    if (isText(body)) converted.body = decoded(String(body), response.body_encoding);
    else if (isBytes(body)) converted.body = body;
    else if (isStream(body)) converted.stream = iterator(body);
    else if (body !== undefined && body !== null) [converted.body, converted.contentType] = [json(body), JSON_TYPE];
    if (response.headers !== null && response.headers !== undefined) {
        [converted.headers, converted.flags] = headerBlock(response.headers);
    }
    converted.eventId = response.event_id;
    return converted;
}

function decoded(body, encoding) {
    if (encoding === 'text') return body;
    if (encoding === 'base64') return Buffer.from(body, 'base64');
    throw new Unanswerable(`Unknown body encoding - "${encoding ?? ''}"`);
}

function isText(value) {
    return typeof value === 'string' || value instanceof String;
}

function isBytes(value) {
    return value instanceof Uint8Array;
}

/** An asynchronous iterable (streams are), or a generator: not an array or map, which is data. */
function isStream(value) {
    if (value === null || typeof value !== 'object') return false;
    if (typeof value[Symbol.asyncIterator] === 'function') return true;
    return typeof value[Symbol.iterator] === 'function' && typeof value.next === 'function';
}

function iterator(value) {
    return typeof value[Symbol.asyncIterator] === 'function' ? value[Symbol.asyncIterator]() : value[Symbol.iterator]();
}

/** An item of a stream. */
function itemBytes(item) {
    if (isBytes(item)) return item;
    return isText(item) ? String(item) : json(item);
}

/** JSON has no form for `undefined` and functions: nuclio's body is empty then. */
function json(value) {
    return JSON.stringify(value) ?? '';
}

function status(value) {
    if (value === undefined || value === null || value === 0 || Number.isNaN(value)) return 200;
    if (!Number.isInteger(value)) throw new Unanswerable(mismatch(value, 'status_code', 'int'));
    if (value < 0 || value > layout.MAX_SHORT) throw new Unanswerable(`status code ${value} is out of range`);
    return value;
}

function typeBytes(value) {
    const known = contentTypes.get(value);
    if (known !== undefined) return known;
    if (value === undefined || value === null) return EMPTY;
    if (!isText(value)) throw new Unanswerable(mismatch(value, 'content_type', 'string'));
    const bytes = Buffer.from(String(value));
    if (bytes.length > layout.MAX_SHORT || bytes.includes(0)) {
        throw new Unanswerable("the response's content type is too long or holds a NUL character");
    }
    if (contentTypes.size < MAX_CONTENT_TYPES) contentTypes.set(value, bytes);
    return bytes;
}

/** The pairs block, and the flag that a header stands for. nuclio drops values that are no text. */
function headerBlock(headers) {
    if (typeof headers !== 'object' || Array.isArray(headers)) {
        throw new Unanswerable(mismatch(headers, 'headers', 'map[string]interface {}'));
    }
    const parts = [];
    let flags = 0;
    for (const [name, value] of Object.entries(headers)) {
        if (isText(value)) parts.push(name, String(value));
        else if (value === true && name.toLowerCase() === NO_ACK) flags = layout.NO_ACK;
    }
    if (parts.length === 0) return [EMPTY, flags];
    if (parts.some((part) => part.includes('\0'))) {
        throw new Unanswerable("a header's name or value holds a NUL character");
    }
    const block = Buffer.from(parts.join('\0'));
    if (block.length > MAX_HEADERS) {
        throw new Unanswerable(`the response's headers take ${block.length} bytes, ${MAX_HEADERS} are possible`);
    }
    return [block, flags];
}

/** The words of the JSON decoder that reads answers in nuclio. */
function mismatch(value, key, wanted) {
    return `json: cannot unmarshal ${goWord(value, wanted)} into Go struct field Result.${key} of type ${wanted}`;
}

function goWord(value, wanted) {
    if (typeof value === 'boolean') return 'bool';
    if (typeof value === 'number') return wanted === 'int' ? `number ${value}` : 'number';
    if (Array.isArray(value)) return 'array';
    return typeof value === 'object' ? 'object' : 'string';
}

module.exports = { Response, Unanswerable, TEXT, convert, itemBytes };
