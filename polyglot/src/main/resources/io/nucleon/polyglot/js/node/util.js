'use strict';

const CUSTOM = Symbol.for('nodejs.util.inspect.custom');
const PROMISIFIED = Symbol.for('nodejs.util.promisify.custom');
const MAX_ITEMS = 100;
const LINE = 72;

const tag = (value) => Object.prototype.toString.call(value).slice(8, -1);

/** A value as people read it; close to Node.js's form, not the same in every blank. */
function inspect(value, options = {}, ...old) {
    const given = typeof options === 'object' && options !== null ? options : { showHidden: options, depth: old[0] };
    const settings = { depth: 2, breakLength: LINE, seen: [], ...given };
    if (settings.depth === null) settings.depth = Infinity;
    return shown(value, settings, 0);
}
inspect.custom = CUSTOM;
inspect.defaultOptions = { depth: 2 };

function shown(value, settings, level) {
    switch (typeof value) {
        case 'string':
            return quoted(value);
        case 'bigint':
            return `${value}n`;
        case 'number':
            return Object.is(value, -0) ? '-0' : String(value);
        case 'undefined':
        case 'boolean':
            return String(value);
        case 'symbol':
            return value.toString();
        case 'function':
            return functionName(value);
        default:
            return value === null ? 'null' : objectShown(value, settings, level);
    }
}

function quoted(text) {
    const quote = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
    const plain = text.replace(/[\\\n\r\t]/g, (one) => ({ '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' })[one]);
    return quote + (quote === "'" ? plain.replaceAll("'", "\\'") : plain) + quote;
}

function functionName(value) {
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    const kind = isClass ? 'class' : tag(value);
    return value.name === '' ? `[${kind} (anonymous)]` : `[${kind}${isClass ? ' ' : ': '}${value.name}]`;
}

function objectShown(value, settings, level) {
    if (typeof value[CUSTOM] === 'function') {
        const custom = value[CUSTOM](settings.depth - level, settings, inspect);
        return typeof custom === 'string' ? custom : shown(custom, settings, level);
    }
    if (settings.seen.includes(value)) return '[Circular *1]';
    if (value instanceof Error) return errorShown(value);
    if (value instanceof RegExp) return String(value);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
        return `[${tag(value)}: ${shown(value.valueOf(), settings, level)}]`;
    }
    if (value instanceof Promise) return 'Promise { <unknown> }';
    if (level > settings.depth) return Array.isArray(value) ? '[Array]' : `[${nameOf(value) || 'Object'}]`;
    const deeper = { ...settings, seen: [...settings.seen, value] };
    return collectionShown(value, deeper, level + 1);
}

function errorShown(value) {
    const stack = typeof value.stack === 'string' && value.stack !== '' ? value.stack : `[${value}]`;
    return value.cause === undefined ? stack : `${stack} {\n  [cause]: ${inspect(value.cause)}\n}`;
}

function nameOf(value) {
    const prototype = Object.getPrototypeOf(value);
    return prototype === null ? '[Object: null prototype]' : prototype.constructor?.name ?? '';
}

function collectionShown(value, settings, level) {
    const name = nameOf(value);
    if (Buffer.isBuffer(value)) {
        const bytes = Array.from(value.subarray(0, 50), (one) => one.toString(16).padStart(2, '0'));
        const more = value.length > 50 ? ` ... ${value.length - 50} more bytes` : '';
        return `<${['Buffer', ...bytes].join(' ')}${more}>`;
    }
    if (Array.isArray(value)) return grouped(name === 'Array' ? '' : `${name}(${value.length}) `, '[]', items(value, settings, level));
    if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
        return grouped(`${name}(${value.length}) `, '[]', items(Array.from(value), settings, level));
    }
    if (value instanceof Map) {
        const entries = [...value].map(([key, one]) => `${shown(key, settings, level)} => ${shown(one, settings, level)}`);
        return grouped(`${name}(${value.size}) `, '{}', entries);
    }
    if (value instanceof Set) return grouped(`${name}(${value.size}) `, '{}', [...value].map((one) => shown(one, settings, level)));
    const prefix = name === '' || name === 'Object' ? '' : `${name} `;
    return grouped(prefix, '{}', members(value, settings, level));
}

function items(list, settings, level) {
    const shownItems = list.slice(0, MAX_ITEMS).map((one) => shown(one, settings, level));
    const rest = list.length - shownItems.length;
    return rest > 0 ? [...shownItems, `... ${rest} more item${rest === 1 ? '' : 's'}`] : shownItems;
}

function members(value, settings, level) {
    const keys = [...Object.keys(value), ...Object.getOwnPropertySymbols(value)];
    return keys.map((key) => {
        const name = typeof key === 'symbol' ? `[${String(key)}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
        const property = Object.getOwnPropertyDescriptor(value, key);
        if (property?.get !== undefined) return `${name}: [Getter${property.set === undefined ? '' : '/Setter'}]`;
        return `${name}: ${shown(value[key], settings, level)}`;
    });
}

function grouped(prefix, [open, close], all) {
    if (all.length === 0) return `${prefix}${open}${close}`;
    const line = all.join(', ');
    if (line.length <= LINE && !line.includes('\n')) return `${prefix}${open} ${line} ${close}`;
    return `${prefix}${open}\n${all.map((one) => `  ${one.replaceAll('\n', '\n  ')}`).join(',\n')}\n${close}`;
}

function format(first, ...rest) {
    if (typeof first !== 'string') return [first, ...rest].map(plain).join(' ');
    const text = first.replace(/%[sdifjoOc%]/g, (mark) => {
        if (mark === '%%') return '%';
        if (rest.length === 0) return mark;
        const value = rest.shift();
        switch (mark) {
            case '%s':
                return typeof value === 'string' ? value : typeof value === 'object' ? inspect(value, { depth: 0 }) : String(value);
            case '%d':
                return typeof value === 'bigint' ? `${value}n` : String(Number(value));
            case '%i':
                return String(parseInt(value, 10));
            case '%f':
                return String(parseFloat(value));
            case '%j':
                return JSON.stringify(value);
            case '%c':
                return '';
            default:
                return inspect(value);
        }
    });
    return [text, ...rest.map(plain)].join(' ');
}

const plain = (value) => (typeof value === 'string' ? value : inspect(value));

function promisify(original) {
    if (typeof original[PROMISIFIED] === 'function') return original[PROMISIFIED];
    return function promisified(...args) {
        return new Promise((resolve, reject) => {
            original.call(this, ...args, (failure, value) => (failure ? reject(failure) : resolve(value)));
        });
    };
}
promisify.custom = PROMISIFIED;

function callbackify(original) {
    return function callbackified(...args) {
        const callback = args.pop();
        original.apply(this, args).then(
            (value) => process.nextTick(callback, null, value),
            (failure) => process.nextTick(callback, failure),
        );
    };
}

function inherits(kind, parent) {
    Object.defineProperty(kind, 'super_', { value: parent, writable: true, configurable: true });
    Object.setPrototypeOf(kind.prototype, parent.prototype);
}

function isDeepStrictEqual(left, right) {
    if (Object.is(left, right)) return true;
    if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
    if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right) || tag(left) !== tag(right)) return false;
    if (left instanceof Date) return left.getTime() === right.getTime();
    if (left instanceof RegExp) return String(left) === String(right);
    if (left instanceof Map || left instanceof Set) {
        return left.size === right.size && isDeepStrictEqual([...left], [...right]);
    }
    const keys = Object.keys(left);
    return keys.length === Object.keys(right).length
        && keys.every((key) => Object.hasOwn(right, key) && isDeepStrictEqual(left[key], right[key]));
}

function deprecate(callback, message) {
    let isTold = false;
    return function deprecated(...args) {
        if (!isTold) process.emitWarning(`DeprecationWarning: ${message}`);
        isTold = true;
        return callback.apply(this, args);
    };
}

const types = {
    isPromise: (value) => value instanceof Promise,
    isDate: (value) => value instanceof Date,
    isRegExp: (value) => value instanceof RegExp,
    isNativeError: (value) => tag(value) === 'Error',
    isMap: (value) => value instanceof Map,
    isSet: (value) => value instanceof Set,
    isTypedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
    isUint8Array: (value) => value instanceof Uint8Array,
    isArrayBuffer: (value) => value instanceof ArrayBuffer,
    isAnyArrayBuffer: (value) => value instanceof ArrayBuffer,
    isArrayBufferView: ArrayBuffer.isView,
    isAsyncFunction: (value) => tag(value) === 'AsyncFunction',
    isGeneratorFunction: (value) => tag(value) === 'GeneratorFunction',
    isGeneratorObject: (value) => tag(value) === 'Generator',
    isProxy: () => false,
};

module.exports = {
    inspect,
    format,
    promisify,
    callbackify,
    inherits,
    deprecate,
    isDeepStrictEqual,
    types,
    isArray: Array.isArray,
    debuglog: () => () => {},
    stripVTControlCharacters: (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
    TextEncoder,
    TextDecoder,
};
