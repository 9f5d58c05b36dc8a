'use strict';
// Node.js's Buffer on the engine's own arrays. Text goes through the engine's encoder and decoder, which are compiled.

const encoder = new TextEncoder();
// A byte order mark is a character like others here.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const decoder16 = new TextDecoder('utf-16le', { ignoreBOM: true });

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const FROM_BASE64 = new Int8Array(128).fill(-1);
for (let i = 0; i < 64; i++) FROM_BASE64[BASE64.charCodeAt(i)] = i;
FROM_BASE64[0x2d] = 62; // the alphabet for addresses
FROM_BASE64[0x5f] = 63;
const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'));
// As many arguments as a call takes safely.
const PIECE = 8192;
const MAX_LENGTH = 2 ** 31 - 1;

class FastBuffer extends Uint8Array {}

function Buffer(value, encoding, length) {
    return typeof value === 'number' ? Buffer.alloc(value) : Buffer.from(value, encoding, length);
}
Buffer.prototype = FastBuffer.prototype;
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(FastBuffer.prototype, 'constructor', { value: Buffer, writable: true, configurable: true });

function over(bytes) {
    return new FastBuffer(bytes.buffer, bytes.byteOffset, bytes.length);
}

function normal(encoding) {
    const name = encoding === undefined || encoding === null || encoding === '' ? 'utf8' : String(encoding).toLowerCase();
    switch (name) {
        case 'utf8':
        case 'utf-8':
            return 'utf8';
        case 'binary':
        case 'latin1':
            return 'latin1';
        case 'ucs2':
        case 'ucs-2':
        case 'utf16le':
        case 'utf-16le':
            return 'utf16le';
        case 'ascii':
        case 'hex':
        case 'base64':
        case 'base64url':
            return name;
        default:
            throw error(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
    }
}

function error(kind, code, message) {
    const failure = new kind(message);
    failure.code = code;
    return failure;
}

function fromText(text, encoding) {
    switch (normal(encoding)) {
        case 'utf8':
            return over(encoder.encode(text));
        case 'latin1':
        case 'ascii': {
            const bytes = new FastBuffer(text.length);
            for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
            return bytes;
        }
        case 'utf16le': {
            const bytes = new FastBuffer(text.length * 2);
            for (let i = 0; i < text.length; i++) {
                const unit = text.charCodeAt(i);
                bytes[2 * i] = unit;
                bytes[2 * i + 1] = unit >> 8;
            }
            return bytes;
        }
        case 'hex':
            return fromHex(text);
        default:
            return fromBase64(text);
    }
}

/** Up to the first pair that is no number, as Node.js does. */
function fromHex(text) {
    const bytes = new FastBuffer(text.length >> 1);
    let length = 0;
    for (; length < bytes.length; length++) {
        const pair = text.slice(2 * length, 2 * length + 2);
        if (!/^[0-9a-fA-F]{2}$/.test(pair)) break;
        bytes[length] = parseInt(pair, 16);
    }
    return bytes.subarray(0, length);
}

/** Both alphabets; what belongs to none is passed over. */
function fromBase64(text) {
    const bytes = new FastBuffer(Math.ceil((text.length * 3) / 4));
    let [length, bits, count] = [0, 0, 0];
    for (let i = 0; i < text.length; i++) {
        const unit = text.charCodeAt(i);
        if (unit === 0x3d) break;
        const value = unit < 128 ? FROM_BASE64[unit] : -1;
        if (value < 0) continue;
        bits = (bits << 6) | value;
        count += 6;
        if (count >= 8) {
            count -= 8;
            bytes[length++] = bits >> count;
        }
    }
    return bytes.subarray(0, length);
}

function toBase64(bytes, isUrl) {
    let text = '';
    for (let i = 0; i < bytes.length; i += 3) {
        const three = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
        text += BASE64[three >> 18] + BASE64[(three >> 12) & 63];
        text += i + 1 < bytes.length ? BASE64[(three >> 6) & 63] : '=';
        text += i + 2 < bytes.length ? BASE64[three & 63] : '=';
    }
    return isUrl ? text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') : text;
}

function toUnits(bytes, mask) {
    let text = '';
    for (let from = 0; from < bytes.length; from += PIECE) {
        const piece = bytes.subarray(from, from + PIECE);
        text += String.fromCharCode.apply(null, mask === 0xff ? piece : piece.map((one) => one & mask));
    }
    return text;
}

function toText(bytes, encoding) {
    switch (normal(encoding)) {
        case 'utf8':
            return decoder.decode(bytes);
        case 'latin1':
            return toUnits(bytes, 0xff);
        case 'ascii':
            return toUnits(bytes, 0x7f);
        case 'utf16le':
            return decoder16.decode(bytes.subarray(0, bytes.length & ~1));
        case 'hex':
            return Array.from(bytes, (one) => HEX[one]).join('');
        case 'base64':
            return toBase64(bytes, false);
        default:
            return toBase64(bytes, true);
    }
}

function isArrayBuffer(value) {
    return value instanceof ArrayBuffer || (typeof SharedArrayBuffer === 'function' && value instanceof SharedArrayBuffer);
}

function size(length) {
    if (typeof length !== 'number') throw error(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "size" argument must be of type number.');
    if (!(length >= 0 && length <= MAX_LENGTH)) {
        throw error(RangeError, 'ERR_OUT_OF_RANGE', `The value of "size" is out of range. Received ${length}`);
    }
    return length;
}

Object.assign(Buffer, {
    poolSize: 8192,

    from(value, encoding, length) {
        if (typeof value === 'string') return fromText(value, encoding);
        if (isArrayBuffer(value)) return new FastBuffer(value, encoding ?? 0, length ?? value.byteLength - (encoding ?? 0));
        if (ArrayBuffer.isView(value) || Array.isArray(value)) return new FastBuffer(value);
        if (value !== null && typeof value === 'object') {
            const primitive = value.valueOf?.();
            if (primitive !== undefined && primitive !== null && primitive !== value) return Buffer.from(primitive, encoding, length);
            if (value.type === 'Buffer' && Array.isArray(value.data)) return new FastBuffer(value.data);
            if (typeof value.length === 'number') return new FastBuffer(Array.from(value));
            if (typeof value[Symbol.toPrimitive] === 'function') return fromText(value[Symbol.toPrimitive]('string'), encoding);
        }
        throw error(
            TypeError,
            'ERR_INVALID_ARG_TYPE',
            'The first argument must be of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.',
        );
    },

    alloc(length, fill, encoding) {
        const bytes = new FastBuffer(size(length));
        return fill === undefined || fill === 0 ? bytes : bytes.fill(fill, encoding);
    },

    allocUnsafe: (length) => new FastBuffer(size(length)),
    allocUnsafeSlow: (length) => new FastBuffer(size(length)),

    concat(list, length = list.reduce((sum, one) => sum + one.length, 0)) {
        const all = new FastBuffer(length);
        let at = 0;
        for (const one of list) {
            const part = at + one.length > length ? one.subarray(0, length - at) : one;
            all.set(part, at);
            at += part.length;
        }
        return all;
    },

    byteLength(value, encoding) {
        if (typeof value !== 'string') return value.byteLength ?? value.length;
        switch (normal(encoding)) {
            case 'latin1':
            case 'ascii':
                return value.length;
            case 'utf16le':
                return value.length * 2;
            case 'hex':
                return value.length >> 1;
            default:
                return fromText(value, encoding).length;
        }
    },

    isBuffer: (value) => value instanceof FastBuffer,

    isEncoding(name) {
        try {
            return typeof name === 'string' && name !== '' && normal(name) !== '';
        } catch (unknown) {
            return false;
        }
    },

    compare(left, right) {
        const shorter = Math.min(left.length, right.length);
        for (let i = 0; i < shorter; i++) {
            if (left[i] !== right[i]) return left[i] < right[i] ? -1 : 1;
        }
        return Math.sign(left.length - right.length);
    },
});

function bytesOf(value, encoding) {
    if (typeof value === 'number') return new FastBuffer([value & 0xff]);
    return typeof value === 'string' ? fromText(value, encoding) : value;
}

function find(bytes, value, from, encoding, isLast) {
    if (typeof from === 'string') [from, encoding] = [undefined, from];
    const wanted = bytesOf(value, encoding);
    const last = bytes.length - wanted.length;
    let at = Number.isNaN(Number(from)) || from === undefined ? (isLast ? last : 0) : Math.trunc(from);
    if (at < 0) at = Math.max(isLast ? -1 : 0, bytes.length + at);
    if (isLast) at = Math.min(at, last);
    const isHere = (place) => {
        for (let i = 0; i < wanted.length; i++) if (bytes[place + i] !== wanted[i]) return false;
        return true;
    };
    if (isLast) {
        for (; at >= 0; at--) if (isHere(at)) return at;
    } else {
        for (; at <= last; at++) if (isHere(at)) return at;
    }
    return -1;
}

const methods = {
    toString(encoding, start = 0, end = this.length) {
        const [from, to] = [Math.max(0, start | 0), Math.min(this.length, end)];
        if (to <= from) return '';
        return toText(from === 0 && to === this.length ? this : this.subarray(from, to), encoding);
    },

    toLocaleString(encoding, start, end) {
        return this.toString(encoding, start, end);
    },

    toJSON() {
        return { type: 'Buffer', data: Array.from(this) };
    },

    equals(other) {
        return this.length === other.length && Buffer.compare(this, other) === 0;
    },

    compare(other, start = 0, end = other.length, from = 0, to = this.length) {
        return Buffer.compare(this.subarray(from, to), other.subarray(start, end));
    },

    slice(start, end) {
        return this.subarray(start, end);
    },

    copy(target, at = 0, from = 0, to = this.length) {
        const part = this.subarray(from, Math.min(to, from + Math.max(0, target.length - at)));
        target.set(part, at);
        return part.length;
    },

    write(text, offset, length, encoding) {
        if (typeof offset === 'string') [offset, length, encoding] = [0, undefined, offset];
        else if (typeof length === 'string') [length, encoding] = [undefined, length];
        const at = offset ?? 0;
        let bytes = fromText(text, encoding);
        const room = Math.min(length ?? this.length - at, this.length - at);
        if (bytes.length > room) {
            let end = room;
            // No half characters.
            if (normal(encoding) === 'utf8') while (end > 0 && (bytes[end] & 0xc0) === 0x80) end--;
            bytes = bytes.subarray(0, end);
        }
        this.set(bytes, at);
        return bytes.length;
    },

    fill(value, start, end, encoding) {
        if (typeof start === 'string') [start, end, encoding] = [undefined, undefined, start];
        else if (typeof end === 'string') [end, encoding] = [undefined, end];
        const bytes = bytesOf(value, encoding);
        const [from, to] = [start ?? 0, end ?? this.length];
        if (bytes.length === 1) return Uint8Array.prototype.fill.call(this, bytes[0], from, to);
        if (bytes.length === 0) return Uint8Array.prototype.fill.call(this, 0, from, to);
        for (let at = from; at < to; at++) this[at] = bytes[(at - from) % bytes.length];
        return this;
    },

    indexOf(value, from, encoding) {
        return find(this, value, from, encoding, false);
    },

    lastIndexOf(value, from, encoding) {
        return find(this, value, from, encoding, true);
    },

    includes(value, from, encoding) {
        return find(this, value, from, encoding, false) >= 0;
    },

    swap16() {
        return swap(this, 2);
    },

    swap32() {
        return swap(this, 4);
    },

    swap64() {
        return swap(this, 8);
    },

    readUIntBE(at, length) {
        let value = 0;
        for (let i = 0; i < length; i++) value = value * 256 + this[at + i];
        return value;
    },

    readUIntLE(at, length) {
        let value = 0;
        for (let i = length - 1; i >= 0; i--) value = value * 256 + this[at + i];
        return value;
    },

    readIntBE(at, length) {
        return signed(this.readUIntBE(at, length), length);
    },

    readIntLE(at, length) {
        return signed(this.readUIntLE(at, length), length);
    },

    writeUIntBE(value, at, length) {
        for (let i = length - 1; i >= 0; i--) {
            this[at + i] = value % 256;
            value = Math.floor(value / 256);
        }
        return at + length;
    },

    writeUIntLE(value, at, length) {
        for (let i = 0; i < length; i++) {
            this[at + i] = value % 256;
            value = Math.floor(value / 256);
        }
        return at + length;
    },

    writeIntBE(value, at, length) {
        return this.writeUIntBE(value < 0 ? value + 2 ** (8 * length) : value, at, length);
    },

    writeIntLE(value, at, length) {
        return this.writeUIntLE(value < 0 ? value + 2 ** (8 * length) : value, at, length);
    },
};

function signed(value, length) {
    const limit = 2 ** (8 * length - 1);
    return value >= limit ? value - 2 * limit : value;
}

function swap(bytes, width) {
    if (bytes.length % width !== 0) {
        throw error(RangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${8 * width}-bits`);
    }
    for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
    return bytes;
}

// The numbers of fixed width, by way of a DataView of the same bytes.
const NUMBERS = [
    ['UInt8', 'Uint8', 1, ['']],
    ['Int8', 'Int8', 1, ['']],
    ['UInt16', 'Uint16', 2, ['LE', 'BE']],
    ['Int16', 'Int16', 2, ['LE', 'BE']],
    ['UInt32', 'Uint32', 4, ['LE', 'BE']],
    ['Int32', 'Int32', 4, ['LE', 'BE']],
    ['Float', 'Float32', 4, ['LE', 'BE']],
    ['Double', 'Float64', 8, ['LE', 'BE']],
    ['BigInt64', 'BigInt64', 8, ['LE', 'BE']],
    ['BigUInt64', 'BigUint64', 8, ['LE', 'BE']],
];

function place(bytes, at, width) {
    if (!Number.isInteger(at)) throw error(TypeError, 'ERR_INVALID_ARG_TYPE', 'The "offset" argument must be of type number.');
    if (at < 0 || at + width > bytes.length) {
        throw error(RangeError, 'ERR_OUT_OF_RANGE', `The value of "offset" is out of range. Received ${at}`);
    }
    return new DataView(bytes.buffer, bytes.byteOffset + at, width);
}

for (const [name, view, width, orders] of NUMBERS) {
    for (const order of orders) {
        const isLittle = order !== 'BE';
        const read = function read(at = 0) {
            return place(this, at, width)[`get${view}`](0, isLittle);
        };
        const write = function write(value, at = 0) {
            place(this, at, width)[`set${view}`](0, value, isLittle);
            return at + width;
        };
        methods[`read${name}${order}`] = read;
        methods[`write${name}${order}`] = write;
        const other = name.replace('UInt', 'Uint');
        if (other !== name) [methods[`read${other}${order}`], methods[`write${other}${order}`]] = [read, write];
    }
}
for (const kind of ['readUInt', 'writeUInt']) {
    for (const order of ['LE', 'BE']) methods[`${kind.replace('UInt', 'Uint')}${order}`] = methods[kind + order];
}

for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(FastBuffer.prototype, name, { value, writable: true, configurable: true, enumerable: false });
}
Object.defineProperty(FastBuffer.prototype, 'parent', { get() { return this.buffer; }, configurable: true });

module.exports = {
    Buffer,
    SlowBuffer: Buffer,
    kMaxLength: MAX_LENGTH,
    constants: { MAX_LENGTH, MAX_STRING_LENGTH: 2 ** 29 },
    atob: (text) => fromText(String(text), 'base64').toString('latin1'),
    btoa: (text) => fromText(String(text), 'latin1').toString('base64'),
    isUtf8(bytes) {
        try {
            new TextDecoder('utf-8', { fatal: true }).decode(bytes);
            return true;
        } catch (invalid) {
            return false;
        }
    },
};
