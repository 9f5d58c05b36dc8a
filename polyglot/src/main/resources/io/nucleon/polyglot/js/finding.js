'use strict';
// Where modules are: CommonJS and ES modules alike, in the function's folder and the node_modules above, and which of Node.js's own are here.

const fs = require('node:fs');
const path = require('node:path');
const builtin = require('nucleon:builtin');
const { Fault, MODULE_NOT_IN_PROCESS } = require('./errors');
const { place } = require('./traces');

// Node.js's, without those that are internal.
const NODE = new Set(
    ('assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns ' +
        'dns/promises domain events fs fs/promises http http2 https inspector module net os path path/posix path/win32 perf_hooks ' +
        'process punycode querystring readline readline/promises repl stream stream/consumers stream/promises stream/web ' +
        'string_decoder sys test timers timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib').split(' '),
);
const EXTENSIONS = ['.js', '.cjs', '.json'];
// What a package's `exports` may be chosen by.
const REQUIRING = ['require', 'node', 'default', 'module-sync'];
const IMPORTING = ['import', 'node', 'default', 'module-sync'];
// For the wrapper alone, which calls other functions by it.
const HIDDEN = new Set(['http', 'https']);

/** What a name without its scheme says if it is one of Node.js's own, else null. */
function coreName(name) {
    if (name.startsWith('node:')) return name.slice(5);
    return NODE.has(name) ? name : null;
}

function here(core) {
    return HIDDEN.has(core) ? null : builtin(`node/${core}`);
}

/** One of Node.js's own, for ES modules; the Fault where it is not here. */
function core(name) {
    const found = here(name);
    if (found === null) throw notHere(`Node.js's module '${name}'`, name);
    return found;
}

function builtinNames() {
    return [...NODE].filter((name) => here(name) !== null);
}

/** The Fault that ends a start; thrown later, it is the event's exception, with the same words. `importer` if no line asked. */
function notHere(what, name, importer = '') {
    const line = place(new Error(), process.cwd());
    const at = line.file === '' ? { file: importer } : line;
    const where = at.file === '' ? 'the function ' : `${path.basename(at.file)}${at.line ? `:${at.line}` : ''} `;
    return new Fault(
        MODULE_NOT_IN_PROCESS,
        `${where}requires ${what} and runtime graaljs does not have it`,
        'the code runs in the processor, without Node.js around it',
        `set spec.runtime: nodejs, or do without '${name}'`,
        at,
    );
}

function parsed(text, filename) {
    try {
        return JSON.parse(text.replace(/^\ufeff/, ''));
    } catch (failure) {
        failure.message = `${filename}: ${failure.message}`;
        throw failure;
    }
}

/** The absolute path of what `name`, which is no path, means in a file, for `import`; null if there is none. */
function findFor(name, importer) {
    const folder = path.dirname(importer);
    const found = name.startsWith('#') ? findOwn(folder, name) : findPackage(folders(folder), name, IMPORTING);
    return found === null ? null : fs.realpathSync(found);
}

function folders(from) {
    const found = [];
    for (let folder = from; ; folder = path.dirname(folder)) {
        if (path.basename(folder) !== 'node_modules') found.push(path.join(folder, 'node_modules'));
        if (folder === path.dirname(folder)) return found;
    }
}

function kindOf(file) {
    return fs.statSync(file, { throwIfNoEntry: false })?.kind ?? '';
}

/** What is really looked at: outside of what is granted nothing is found, rather than refused. */
function isFile(file) {
    try {
        return kindOf(file) === 'file';
    } catch (refused) {
        return false;
    }
}

function isFolder(file) {
    try {
        return kindOf(file) === 'directory';
    } catch (refused) {
        return false;
    }
}

function asFile(file) {
    if (isFile(file)) return file;
    for (const extension of [...EXTENSIONS, '.node']) if (isFile(file + extension)) return file + extension;
    return null;
}

function asFolder(folder) {
    if (!isFolder(folder)) return null;
    const { main } = packageOf(folder);
    if (typeof main === 'string' && main !== '') {
        const file = path.resolve(folder, main);
        const found = asFile(file) ?? asFile(path.join(file, 'index'));
        if (found !== null) return found;
    }
    return asFile(path.join(folder, 'index'));
}

function packageOf(folder) {
    const file = path.join(folder, 'package.json');
    return isFile(file) ? parsed(fs.readFileSync(file, 'utf8'), file) ?? {} : {};
}

/** What the `imports` of the package that a file belongs to name. */
function findOwn(folder, name) {
    const home = homeOf(folder);
    const { imports = {} } = home === null ? {} : packageOf(home);
    const target = Object.hasOwn(imports, name) ? chosen(imports[name], IMPORTING) : null;
    if (target === null) return null;
    return target.startsWith('.') ? path.resolve(home, target) : findPackage(folders(home), target, IMPORTING);
}

/** The folder of the nearest package.json, or null: what lies in node_modules belongs to nobody above. */
function homeOf(folder) {
    if (path.basename(folder) === 'node_modules') return null;
    if (isFile(path.join(folder, 'package.json'))) return folder;
    const above = path.dirname(folder);
    return above === folder ? null : homeOf(above);
}

/** In those folders, each a node_modules. */
function findPackage(places, name, conditions = REQUIRING) {
    const parts = name.split('/');
    const own = parts.splice(0, name.startsWith('@') ? 2 : 1).join('/');
    for (const folder of places) {
        const home = path.join(folder, own);
        if (!isFolder(home)) {
            const single = parts.length === 0 ? asFile(home) : null;
            if (single !== null) return single;
            continue;
        }
        const { exports } = packageOf(home);
        if (exports !== undefined && exports !== null) {
            const target = exported(exports, parts.length === 0 ? '.' : `./${parts.join('/')}`, conditions);
            if (target !== null) return path.resolve(home, target);
        }
        const inside = path.join(home, ...parts);
        const found = (parts.length === 0 ? null : asFile(inside)) ?? asFolder(inside);
        if (found !== null) return found;
    }
    return null;
}

/** What a package's `exports` names for a path in it, by the conditions that hold here. */
function exported(exports, wanted, conditions) {
    const isMap = typeof exports === 'object' && !Array.isArray(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
    if (!isMap) return wanted === '.' ? chosen(exports, conditions) : null;
    if (Object.hasOwn(exports, wanted)) return chosen(exports[wanted], conditions);
    for (const [pattern, target] of Object.entries(exports)) {
        const star = pattern.indexOf('*');
        if (star < 0) continue;
        const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
        if (wanted.startsWith(start) && wanted.endsWith(end) && wanted.length >= start.length + end.length) {
            return chosen(target, conditions)?.replaceAll('*', wanted.slice(start.length, wanted.length - end.length)) ?? null;
        }
    }
    return null;
}

function chosen(target, conditions) {
    if (typeof target === 'string') return target;
    if (Array.isArray(target)) return target.map((one) => chosen(one, conditions)).find((one) => one !== null) ?? null;
    if (target === null || typeof target !== 'object') return null;
    for (const [condition, one] of Object.entries(target)) {
        if (!conditions.includes(condition)) continue;
        const found = chosen(one, conditions);
        if (found !== null) return found;
    }
    return null;
}

function resolve(module, name) {
    const isPath = /^(\.{0,2}\/|\.{1,2}$)/.test(name);
    const base = isPath ? path.resolve(module.path, name) : '';
    const found = isPath ? (name.endsWith('/') ? null : asFile(base)) ?? asFolder(base) : findPackage(module.paths, name);
    if (found !== null) return fs.realpathSync(found);
    const failure = new Error(`Cannot find module '${name}'\nRequire stack:\n- ${module.filename}`);
    throw Object.assign(failure, { code: 'MODULE_NOT_FOUND', requireStack: [module.filename] });
}

module.exports = { builtinNames, core, coreName, findFor, findPackage, folders, here, homeOf, notHere, packageOf, parsed, resolve };
