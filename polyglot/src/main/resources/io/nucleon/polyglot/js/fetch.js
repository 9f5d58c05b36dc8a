'use strict';
// `fetch` as the web has it, on the host's requests, so only where runtimeAttributes.polyglot.network allows it: every hop of a redirect is
// asked for anew. Answers are read whole; there is no stream of their body.

const http = require('node:http');

const MAX_HOPS = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const BODILESS = new Set(['GET', 'HEAD']);
// Not for another server's eyes.
const SECRETS = ['authorization', 'cookie', 'proxy-authorization'];

class Headers {
    #values = new Map();

    constructor(given = {}) {
        const pairs = typeof given[Symbol.iterator] === 'function' ? given : Object.entries(given);
        for (const [name, value] of pairs) this.append(name, value);
    }

    append(name, value) {
        const before = this.get(name);
        this.set(name, before === null ? value : `${before}, ${String(value).trim()}`);
    }

    set(name, value) {
        if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(String(name))) throw new TypeError(`Invalid header name: ${name}`);
        if (/[\0\r\n]/.test(String(value))) throw new TypeError(`Invalid value of header ${name}`);
        this.#values.set(String(name).toLowerCase(), String(value).trim());
    }

    get(name) {
        return this.#values.get(String(name).toLowerCase()) ?? null;
    }

    has(name) {
        return this.#values.has(String(name).toLowerCase());
    }

    delete(name) {
        this.#values.delete(String(name).toLowerCase());
    }

    forEach(callback, self) {
        for (const [name, value] of this) callback.call(self, value, name, this);
    }

    keys() {
        return [...this].map(([name]) => name)[Symbol.iterator]();
    }

    values() {
        return [...this].map(([, value]) => value)[Symbol.iterator]();
    }

    entries() {
        return this[Symbol.iterator]();
    }

    [Symbol.iterator]() {
        return [...this.#values].sort(([a], [b]) => (a < b ? -1 : 1))[Symbol.iterator]();
    }
}

/** A body as bytes, and the content type that it has by itself. */
function bytesOf(body) {
    if (body === null || body === undefined) return [null, ''];
    if (body instanceof URLSearchParams) return [Buffer.from(String(body)), 'application/x-www-form-urlencoded;charset=UTF-8'];
    if (body instanceof ArrayBuffer) return [Buffer.from(body.slice(0)), ''];
    if (ArrayBuffer.isView(body)) return [Buffer.from(Buffer.from(body.buffer, body.byteOffset, body.byteLength)), ''];
    return [Buffer.from(String(body)), 'text/plain;charset=UTF-8'];
}

class Body {
    #bytes;

    bodyUsed = false;

    constructor(body, headers) {
        const [bytes, type] = bytesOf(body);
        this.#bytes = bytes;
        this.headers = new Headers(headers);
        if (type !== '' && !this.headers.has('content-type')) this.headers.set('content-type', type);
    }

    static bytes(of) {
        return of.#bytes;
    }

    async #read() {
        if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
        this.bodyUsed = true;
        return this.#bytes ?? Buffer.alloc(0);
    }

    async text() {
        return (await this.#read()).toString().replace(/^\ufeff/, '');
    }

    async json() {
        return JSON.parse(await this.text());
    }

    async bytes() {
        return new Uint8Array(await this.#read());
    }

    async arrayBuffer() {
        return (await this.bytes()).buffer;
    }
}

class Request extends Body {
    constructor(input, options = {}) {
        const from = input instanceof Request ? input : null;
        super(options.body ?? (from === null ? null : Body.bytes(from)), options.headers ?? from?.headers);
        this.url = String(from?.url ?? new URL(String(input)));
        this.method = String(options.method ?? from?.method ?? 'GET').toUpperCase();
        this.redirect = options.redirect ?? from?.redirect ?? 'follow';
        this.signal = options.signal ?? from?.signal ?? null;
        if (BODILESS.has(this.method) && Body.bytes(this) !== null) throw new TypeError('Request with GET/HEAD method cannot have body.');
    }

    clone() {
        return new Request(this);
    }
}

class Response extends Body {
    constructor(body = null, options = {}) {
        super(body, options.headers);
        this.status = options.status ?? 200;
        this.statusText = options.statusText ?? '';
        this.type = 'default';
        this.url = '';
        this.redirected = false;
    }

    static json(data, options = {}) {
        const headers = new Headers(options.headers);
        if (!headers.has('content-type')) headers.set('content-type', 'application/json');
        return new Response(JSON.stringify(data), { ...options, headers });
    }

    get ok() {
        return this.status >= 200 && this.status <= 299;
    }

    clone() {
        return Object.assign(new Response(Body.bytes(this), this), { url: this.url, redirected: this.redirected });
    }
}

/** One request and its answer. */
function exchange(url, method, headers, body, signal) {
    return new Promise((resolve, reject) => {
        const failed = (cause) => reject(new TypeError('fetch failed', { cause }));
        const request = http.request(url, { method, headers: Object.fromEntries(headers) }, (answer) => {
            const parts = [];
            answer.on('data', (part) => parts.push(part));
            answer.on('end', () => resolve([answer, Buffer.concat(parts)]));
        });
        request.on('error', failed);
        request.on('timeout', () => failed(new Error('timeout')));
        signal?.addEventListener('abort', () => {
            request.destroy();
            reject(signal.reason);
        });
        request.end(body ?? undefined);
    });
}

function answered(answer, bytes, url, hops) {
    const response = new Response(bytes, { status: answer.statusCode, headers: answer.headers });
    return Object.assign(response, { type: 'basic', url: String(url), redirected: hops > 0 });
}

async function fetch(input, options) {
    const request = new Request(input, options);
    const { headers, redirect, signal } = request;
    let [url, method, body] = [new URL(request.url), request.method, Body.bytes(request)];
    for (let hops = 0; ; hops++) {
        signal?.throwIfAborted();
        if (!/^https?:$/.test(url.protocol)) throw new TypeError('fetch failed', { cause: new Error(`unknown scheme ${url.protocol}`) });
        const [answer, bytes] = await exchange(String(url), method, headers, body, signal);
        const target = answer.headers.location;
        if (!REDIRECTS.has(answer.statusCode) || target === undefined || redirect === 'manual') return answered(answer, bytes, url, hops);
        if (redirect === 'error' || hops === MAX_HOPS) throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
        const next = new URL(target, url);
        if (next.origin !== url.origin) SECRETS.forEach((name) => headers.delete(name));
        if (answer.statusCode === 303 ? method !== 'HEAD' : answer.statusCode < 303 && method === 'POST') {
            [method, body] = ['GET', null];
            ['content-type', 'content-length', 'content-encoding'].forEach((name) => headers.delete(name));
        }
        url = next;
    }
}

module.exports = { Headers, Request, Response, fetch };
