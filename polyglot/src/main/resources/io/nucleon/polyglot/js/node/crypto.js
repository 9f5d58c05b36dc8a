'use strict';
// Digests and random numbers, the host's.

const { digests, uuid } = require('nucleon:host');

const ALGORITHMS = { md5: 'MD5', sha1: 'SHA-1', sha224: 'SHA-224', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' };

function algorithm(name) {
    const found = ALGORITHMS[String(name).toLowerCase().replace('-', '')];
    if (found === undefined) throw new Error('Digest method not supported');
    return found;
}

const bytesOf = (data, encoding) => (typeof data === 'string' ? Buffer.from(data, encoding) : Buffer.from(data.buffer, data.byteOffset, data.byteLength));

class Digest {
    constructor(finish) {
        this.finish = finish;
        this.parts = [];
    }

    update(data, encoding) {
        // The caller may change its bytes.
        this.parts.push(Buffer.from(bytesOf(data, encoding)));
        return this;
    }

    digest(encoding) {
        const all = Buffer.concat(this.parts);
        const result = Buffer.from(new ArrayBuffer(this.finish(all)));
        return encoding ? result.toString(encoding) : result;
    }
}

function createHash(name) {
    const java = algorithm(name);
    return new Digest(({ buffer, byteOffset, length }) => digests.hash(java, buffer, byteOffset, length));
}

function createHmac(name, key) {
    const java = algorithm(name);
    const secret = Buffer.from(bytesOf(key));
    return new Digest(({ buffer, byteOffset, length }) =>
        digests.hmac(java, secret.buffer, secret.byteOffset, secret.length, buffer, byteOffset, length));
}

function randomBytes(length, callback) {
    const bytes = Buffer.from(new ArrayBuffer(digests.random(length)));
    if (callback === undefined) return bytes;
    process.nextTick(callback, null, bytes);
    return undefined;
}

function fill(array) {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(randomBytes(array.byteLength));
    return array;
}

function randomInt(least, most) {
    const [from, to] = most === undefined ? [0, least] : [least, most];
    return from + Math.floor((randomBytes(6).readUIntBE(0, 6) / 2 ** 48) * (to - from));
}

function timingSafeEqual(left, right) {
    if (left.byteLength !== right.byteLength) throw new RangeError('Input buffers must have the same byte length');
    let differs = 0;
    for (let i = 0; i < left.length; i++) differs |= left[i] ^ right[i];
    return differs === 0;
}

const randomUUID = () => uuid();

module.exports = {
    createHash,
    createHmac,
    getHashes: () => Object.keys(ALGORITHMS),
    randomBytes,
    randomFillSync: fill,
    randomInt,
    randomUUID,
    timingSafeEqual,
    webcrypto: { getRandomValues: fill, randomUUID },
};
