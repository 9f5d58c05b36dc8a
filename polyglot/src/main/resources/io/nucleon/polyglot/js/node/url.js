'use strict';
// Addresses: what functions mostly need of the web's URL, for schemes with a host and for file:.

const { parse: parseQuery, stringify } = require('node:querystring');

const PORTS = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21' };
const FORM = /^([a-zA-Z][a-zA-Z0-9+.-]*:)(?:\/\/(?:([^/?#@]*)@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?)?([^?#]*)(\?[^#]*)?(#.*)?$/s;

function invalid(text) {
    return Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: text });
}

function escaped(text, set) {
    return text.replace(set, (one) => encodeURIComponent(one).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`));
}

function normalPath(path) {
    const kept = [];
    const parts = path.split('/').slice(1);
    parts.forEach((part, i) => {
        if (part === '..') kept.pop();
        else if (part !== '.') kept.push(part);
        if ((part === '..' || part === '.') && i === parts.length - 1) kept.push('');
    });
    return `/${kept.join('/')}`;
}

class URLSearchParams {
    #pairs = [];
    #changed = () => {};

    constructor(given = '', changed = () => {}) {
        if (typeof given === 'string') this.#pairs = pairsOf(given.replace(/^\?/, ''));
        else if (typeof given[Symbol.iterator] === 'function') this.#pairs = [...given].map(([name, value]) => [String(name), String(value)]);
        else this.#pairs = Object.entries(given).map(([name, value]) => [name, String(value)]);
        this.#changed = changed;
    }

    append(name, value) {
        this.#pairs.push([String(name), String(value)]);
        this.#changed();
    }

    delete(name) {
        this.#pairs = this.#pairs.filter(([one]) => one !== name);
        this.#changed();
    }

    get(name) {
        return this.#pairs.find(([one]) => one === name)?.[1] ?? null;
    }

    getAll(name) {
        return this.#pairs.filter(([one]) => one === name).map(([, value]) => value);
    }

    has(name) {
        return this.#pairs.some(([one]) => one === name);
    }

    set(name, value) {
        const at = this.#pairs.findIndex(([one]) => one === name);
        this.#pairs = this.#pairs.filter(([one], i) => one !== name || i === at);
        if (at < 0) this.#pairs.push([String(name), String(value)]);
        else this.#pairs.find(([one]) => one === name)[1] = String(value);
        this.#changed();
    }

    sort() {
        this.#pairs.sort(([left], [right]) => (left < right ? -1 : Number(left > right)));
        this.#changed();
    }

    forEach(callback) {
        for (const [name, value] of this.#pairs) callback(value, name, this);
    }

    keys() {
        return this.#pairs.map(([name]) => name).values();
    }

    values() {
        return this.#pairs.map(([, value]) => value).values();
    }

    entries() {
        return this.#pairs.map((pair) => [...pair]).values();
    }

    [Symbol.iterator]() {
        return this.entries();
    }

    get size() {
        return this.#pairs.length;
    }

    toString() {
        return this.#pairs.map(([name, value]) => `${formText(name)}=${formText(value)}`).join('&');
    }
}

function formText(text) {
    return escaped(text, /[^A-Za-z0-9*\-._ ]/gu).replaceAll(' ', '+');
}

function pairsOf(query) {
    const unquote = (text) => {
        const spaced = text.replaceAll('+', ' ');
        try {
            return decodeURIComponent(spaced);
        } catch (broken) {
            return spaced;
        }
    };
    return query.split('&').filter((part) => part !== '').map((part) => {
        const at = part.indexOf('=');
        return at < 0 ? [unquote(part), ''] : [unquote(part.slice(0, at)), unquote(part.slice(at + 1))];
    });
}

class URL {
    constructor(given, base) {
        const text = String(given).trim();
        const found = FORM.exec(text) ?? FORM.exec(resolved(text, base));
        if (found === null) throw invalid(text);
        const [, scheme, user = '', host = '', port = '', path, search = '', hash = ''] = found;
        this.protocol = scheme.toLowerCase();
        const hasHost = this.protocol in PORTS;
        if (hasHost && host === '') throw invalid(text);
        if (Number(port) > 65535) throw invalid(text);
        [this.username, this.password] = [user.split(':')[0], user.split(':').slice(1).join(':')];
        this.hostname = host.toLowerCase();
        this.port = port === PORTS[this.protocol] ? '' : port;
        const isFlat = hasHost || this.protocol === 'file:' || path.startsWith('/');
        this.pathname = isFlat ? escaped(normalPath(path === '' ? '/' : path), /[ "<>`{}]|[^\x21-\x7e]/gu) : path;
        this.hash = hash === '#' ? '' : escaped(hash, /[ "<>`]|[^\x21-\x7e]/gu);
        let query = search === '?' ? '' : escaped(search, /[ "<>']|[^\x21-\x7e]/gu);
        this.searchParams = new URLSearchParams(query, () => {
            const now = this.searchParams.toString();
            query = now === '' ? '' : `?${now}`;
        });
        Object.defineProperty(this, 'search', {
            get: () => query,
            set: (next) => {
                query = next === '' || next.startsWith('?') ? next : `?${next}`;
                const params = new URLSearchParams(query);
                for (const name of [...this.searchParams.keys()]) this.searchParams.delete(name);
                for (const [name, value] of params) this.searchParams.append(name, value);
            },
            enumerable: true,
        });
    }

    get host() {
        return this.port === '' ? this.hostname : `${this.hostname}:${this.port}`;
    }

    get origin() {
        return this.protocol in PORTS ? `${this.protocol}//${this.host}` : 'null';
    }

    get href() {
        const user = this.username === '' ? '' : `${this.username}${this.password === '' ? '' : `:${this.password}`}@`;
        const authority = this.hostname !== '' || this.protocol === 'file:' ? `//${user}${this.host}` : '';
        return `${this.protocol}${authority}${this.pathname}${this.search}${this.hash}`;
    }

    toString() {
        return this.href;
    }

    toJSON() {
        return this.href;
    }

    static canParse(given, base) {
        try {
            return Boolean(new URL(given, base));
        } catch (broken) {
            return false;
        }
    }
}

/** A relative address, made absolute. */
function resolved(text, base) {
    if (base === undefined) return '';
    const { protocol, host, origin, pathname, search, username } = new URL(base);
    const start = origin === 'null' ? `${protocol}//${host}` : origin.replace('//', `//${username === '' ? '' : `${username}@`}`);
    if (text.startsWith('//')) return protocol + text;
    if (text.startsWith('/')) return start + text;
    if (text.startsWith('?')) return start + pathname + text;
    if (text.startsWith('#') || text === '') return start + pathname + search + text;
    return start + pathname.slice(0, pathname.lastIndexOf('/') + 1) + text;
}

function fileURLToPath(given) {
    const url = given instanceof URL ? given : new URL(given);
    if (url.protocol !== 'file:') throw Object.assign(new TypeError('The URL must be of scheme file'), { code: 'ERR_INVALID_URL_SCHEME' });
    return decodeURIComponent(url.pathname);
}

function pathToFileURL(path) {
    const whole = require('node:path').resolve(path);
    return new URL(`file://${escaped(whole, /[%?#\\]/g)}`);
}

/** The old form. */
function parse(text, readsQuery) {
    const url = new URL(text, 'relative://');
    const isRelative = url.protocol === 'relative:';
    const part = (value) => (value === '' || isRelative ? null : value);
    return {
        protocol: part(url.protocol),
        host: part(url.host),
        hostname: part(url.hostname),
        port: part(url.port),
        pathname: url.pathname,
        search: url.search === '' ? null : url.search,
        query: readsQuery ? parseQuery(url.search.slice(1)) : url.search.slice(1) || null,
        hash: url.hash === '' ? null : url.hash,
        path: url.pathname + url.search,
        href: isRelative ? text : url.href,
    };
}

function format(url) {
    if (url instanceof URL) return url.href;
    const query = url.search ?? (url.query ? `?${stringify(url.query)}` : '');
    const host = url.host ?? `${url.hostname ?? ''}${url.port ? `:${url.port}` : ''}`;
    const protocol = url.protocol ? `${url.protocol.replace(/:$/, '')}:` : '';
    return `${protocol}${host === '' ? '' : `//${host}`}${url.pathname ?? ''}${query}${url.hash ?? ''}`;
}

module.exports = { URL, URLSearchParams, fileURLToPath, pathToFileURL, parse, format, resolve: (from, to) => new URL(to, from).href };
