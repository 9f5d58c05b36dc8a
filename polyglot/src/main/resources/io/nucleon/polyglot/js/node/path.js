'use strict';
// Paths of POSIX, the only ones there are here.

function parts(path, mayRise) {
    const kept = [];
    for (const part of path.split('/')) {
        if (part === '' || part === '.') continue;
        if (part !== '..') kept.push(part);
        else if (kept.length !== 0 && kept[kept.length - 1] !== '..') kept.pop();
        else if (mayRise) kept.push('..');
    }
    return kept.join('/');
}

function text(path) {
    if (typeof path !== 'string') {
        const failure = new TypeError(`The "path" argument must be of type string. Received ${path === null ? 'null' : typeof path}`);
        failure.code = 'ERR_INVALID_ARG_TYPE';
        throw failure;
    }
    return path;
}

const path = {
    sep: '/',
    delimiter: ':',

    normalize(given) {
        if (text(given) === '') return '.';
        const isAbsolute = given.startsWith('/');
        let normal = parts(given, !isAbsolute);
        if (normal === '' && !isAbsolute) normal = '.';
        if (normal !== '' && given.endsWith('/')) normal += '/';
        return isAbsolute ? `/${normal}` : normal;
    },

    isAbsolute: (given) => text(given).startsWith('/'),

    join(...given) {
        const joined = given.filter((one) => text(one) !== '').join('/');
        return joined === '' ? '.' : path.normalize(joined);
    },

    resolve(...given) {
        let whole = '';
        for (let i = given.length - 1; i >= 0 && !whole.startsWith('/'); i--) {
            if (text(given[i]) !== '') whole = whole === '' ? given[i] : `${given[i]}/${whole}`;
        }
        if (!whole.startsWith('/')) whole = `${process.cwd()}/${whole}`;
        return `/${parts(whole, false)}`;
    },

    relative(from, to) {
        const start = path.resolve(from).split('/').filter(Boolean);
        const end = path.resolve(to).split('/').filter(Boolean);
        let same = 0;
        while (same < Math.min(start.length, end.length) && start[same] === end[same]) same++;
        return [...start.slice(same).map(() => '..'), ...end.slice(same)].join('/');
    },

    dirname(given) {
        const bare = text(given).replace(/(?<=.)\/+$/, '');
        const at = bare.lastIndexOf('/');
        if (at < 0) return '.';
        return at === 0 ? '/' : bare.slice(0, at).replace(/(?<=.)\/+$/, '');
    },

    basename(given, suffix) {
        const bare = text(given).replace(/\/+$/, '');
        const name = bare.slice(bare.lastIndexOf('/') + 1);
        return suffix !== undefined && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
    },

    extname(given) {
        const name = path.basename(given);
        const at = name.lastIndexOf('.');
        return at <= 0 || /^\.+$/.test(name) ? '' : name.slice(at);
    },

    parse(given) {
        const base = path.basename(given);
        const ext = path.extname(base);
        const root = text(given).startsWith('/') ? '/' : '';
        const dir = given.includes('/') ? path.dirname(given) : '';
        return { root, dir, base, ext, name: base.slice(0, base.length - ext.length) };
    },

    format({ dir, root = '', base, name = '', ext = '' }) {
        const file = base ?? `${name}${ext === '' || ext.startsWith('.') ? ext : `.${ext}`}`;
        if (!dir) return `${root}${file}`;
        return dir === root ? `${dir}${file}` : `${dir}/${file}`;
    },

    toNamespacedPath: (given) => given,
};
path.posix = path;

module.exports = path;
