'use strict';
// Requests, for the wrapper's calls of other functions and for `fetch`. The host sends them, if the function may.

const EventEmitter = require('node:events');
const host = require('nucleon:host');
const loop = require('nucleon:loop');

/** Requests that are under way, by their number. @type {Map<number, ClientRequest>} */
const open = new Map();
let last = 0;

loop.setAnswers(() => {
    for (const answer of open.size === 0 ? [] : [...host.answers()]) {
        const request = open.get(answer.number);
        open.delete(answer.number);
        request?.ended(answer);
    }
});

class ClientRequest extends EventEmitter {
    constructor(target, options, callback) {
        super();
        this.target = String(target);
        this.options = options;
        this.number = ++last;
        this.parts = [];
        if (callback !== undefined) this.once('response', callback);
    }

    write(part) {
        this.parts.push(Buffer.from(part));
        return true;
    }

    end(part) {
        if (part !== undefined) this.write(part);
        const body = Buffer.concat(this.parts);
        const { method = 'GET', headers = {}, timeout = 0 } = this.options;
        const flat = Object.entries(headers).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).flatMap((one) => [name, String(one)]));
        open.set(this.number, this);
        host.request(this.number, method, this.target, flat, body.buffer, body.byteOffset, body.length, timeout ?? 0);
        return this;
    }

    ended({ failure, status, headers, body }) {
        if (failure === 'timeout') {
            this.emit('timeout');
        } else if (failure !== '') {
            this.emit('error', Object.assign(new Error(failure), { code: failure.split(' ')[0].replace(/:$/, '') }));
        } else {
            const answer = new IncomingMessage(status, [...headers]);
            this.emit('response', answer);
            const bytes = Buffer.from(new ArrayBuffer(body));
            if (bytes.length !== 0) answer.emit('data', bytes);
            answer.emit('end');
        }
    }

    destroy(failure) {
        open.delete(this.number);
        if (failure !== undefined) this.emit('error', failure);
        return this;
    }
}

class IncomingMessage extends EventEmitter {
    constructor(status, flat) {
        super();
        this.statusCode = status;
        this.headers = {};
        for (let i = 0; i < flat.length; i += 2) {
            const before = this.headers[flat[i]];
            this.headers[flat[i]] = before === undefined ? flat[i + 1] : `${before}, ${flat[i + 1]}`;
        }
    }

    setEncoding() {
        return this;
    }
}

module.exports = { request: (target, options, callback) => new ClientRequest(target, options, callback), ClientRequest, IncomingMessage };
