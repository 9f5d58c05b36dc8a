'use strict';

function unescape(text) {
    try {
        return decodeURIComponent(text.replaceAll('+', ' '));
    } catch (broken) {
        return text;
    }
}

function parse(text, separator = '&', equals = '=') {
    const found = Object.create(null);
    for (const part of String(text).split(separator)) {
        if (part === '') continue;
        const at = part.indexOf(equals);
        const [name, value] = at < 0 ? [unescape(part), ''] : [unescape(part.slice(0, at)), unescape(part.slice(at + equals.length))];
        if (!(name in found)) found[name] = value;
        else if (Array.isArray(found[name])) found[name].push(value);
        else found[name] = [found[name], value];
    }
    return found;
}

function stringify(values, separator = '&', equals = '=') {
    return Object.entries(values ?? {})
        .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one ?? '']))
        .map(([name, value]) => `${encodeURIComponent(name)}${equals}${encodeURIComponent(value)}`)
        .join(separator);
}

module.exports = { parse, stringify, decode: parse, encode: stringify, escape: encodeURIComponent, unescape };
