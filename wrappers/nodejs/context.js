'use strict';
// The context that handlers get, wired to the connection.

const http = require('node:http');
const https = require('node:https');

const layout = require('./layout');
const { cut, encode } = require('./frame');
const { makeLogger } = require('./logger');
const { Response } = require('./response');

/** What a function may ask of the platform it runs on. nuclio's Node.js functions have none; members are named as in Python. */
class Platform {
    /**
     * @param {import('./connection').Connection} connection
     * @param {import('./hello').Hello} hello
     * @param {() => bigint} correlation
     */
    constructor(connection, hello, correlation) {
        this.kind = String(hello.platform.kind || 'local');
        this.namespace = String(hello.function.namespace || 'default');
        this._connection = connection;
        this._correlation = correlation;
        this._urls = String(hello.platform.urls || process.env.NUCLEON_FUNCTION_URLS || '');
        /** @type {(() => any)|null} */
        this._drainCallback = null;
        /** @type {(() => any)|null} */
        this._terminationCallback = null;
    }

    /**
     * Another function's answer. Connection errors and timeouts are rejections.
     *
     * @param {string} name
     * @param {{body?: any, content_type?: string, headers?: Record<string, string>, method?: string, path?: string}} [event]
     * @param {{timeoutMillis?: number, serviceNameOverride?: string}} [options]
     * @returns {Promise<any>} a Response: `status_code`, `content_type`, `headers` in lower case, `body` a Buffer or parsed JSON
     */
    callFunction(name, event = {}, options = {}) {
        const url = this._address(name, options.serviceNameOverride);
        const { body, headers } = requestOf(name, event);
        const method = event.method || (body.length === 0 ? 'GET' : 'POST');
        const target = new URL(url.origin + url.pathname.replace(/\/$/, '') + (event.path || '/'));
        const client = url.protocol === 'https:' ? https : http;
        return new Promise((resolve, reject) => {
            const request = client.request(target, { method, headers, timeout: options.timeoutMillis }, (answer) => {
                const parts = [];
                answer.on('data', (part) => parts.push(part));
                answer.on('error', reject);
                answer.on('end', () => resolve(responseOf(answer, Buffer.concat(parts))));
            });
            request.on('timeout', () => request.destroy(new Error(`'${name}' gave no answer in ${options.timeoutMillis} ms`)));
            request.on('error', reject);
            request.end(body);
        });
    }

    /** Marks a stream's event as done: an event, or its `{topic, partition, offset}`. */
    async explicitAck(place) {
        this._connection.write(
            encode({
                kind: layout.ACK,
                correlation: this._correlation(),
                epoch: this._connection.epoch,
                path: cut(String(place.topic || place.path || '')),
                shard: place.partition ?? place.shard_id,
                streamOffset: BigInt(place.offset),
            }),
        );
        this._connection.flush();
    }

    /** `callback()` runs when the worker is drained (rebalance, pause); it may return a Promise. */
    setDrainCallback(callback) {
        this._drainCallback = callback;
    }

    /** `callback()` runs when the processor stops the worker; it may return a Promise. */
    setTerminationCallback(callback) {
        this._terminationCallback = callback;
    }

    /** Below the processor's own base URL if it gave one, else the names that nuclio's services have. */
    _address(name, serviceName) {
        if (this._urls !== '' && !serviceName) {
            const base = this._urls.includes('://') ? this._urls : `http://${this._urls}`;
            return new URL(`${base.replace(/\/+$/, '')}/${name}`);
        }
        const usual = this.kind === 'local' ? `nuclio-${this.namespace}-${name}` : `nuclio-${name}`;
        return new URL(`http://${serviceName || usual}:8080`);
    }
}

function requestOf(name, event) {
    const given = event.body ?? '';
    const isPlain = typeof given === 'string' || given instanceof Uint8Array;
    const headers = {};
    for (const [key, value] of Object.entries(event.headers || {})) {
        if (!['content-length', 'content-type', 'transfer-encoding'].includes(key.toLowerCase())) headers[key] = value;
    }
    headers['Content-Type'] = isPlain ? event.content_type || 'text/plain' : 'application/json';
    if (!Object.keys(headers).some((key) => key.toLowerCase() === 'x-nuclio-target')) headers['X-Nuclio-Target'] = name;
    return { body: Buffer.from(isPlain ? given : JSON.stringify(given)), headers };
}

function responseOf(answer, content) {
    const contentType = answer.headers['content-type'] || 'text/plain';
    const response = new Response(content, answer.headers, contentType, answer.statusCode);
    if (contentType === 'application/json') response.body = JSON.parse(content.toString());
    return response;
}

/**
 * One for the worker's life, as in nuclio: what a function keeps in it is there for the next event. Each handler call sees it
 * through an `Invocation`, which has the event's own `callback` and `signal`.
 *
 * @param {import('./connection').Connection} connection
 * @param {import('./hello').Hello} hello
 * @param {() => import('./answering').Invocation|null} current the invocation in hand
 */
function makeContext(connection, hello, current) {
    const correlation = () => current()?.correlation ?? 0n;
    return {
        userData: {},
        callback: async (value) => current()?.answer(value),
        Response,
        logger: makeLogger(connection, correlation, hello.worker),
        platform: new Platform(connection, hello, correlation),
        workerId: hello.worker,
        trigger: { kind: hello.trigger.kind, name: hello.trigger.name },
    };
}

module.exports = { Platform, makeContext };
