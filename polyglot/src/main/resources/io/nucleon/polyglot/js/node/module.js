'use strict';
// `require` for the function's own files: CommonJS, as in Node.js, from its folder and the node_modules above.

const fs = require('node:fs');
const path = require('node:path');
const host = require('nucleon:host');
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
// For the wrapper alone, which calls other functions by it.
const HIDDEN = new Set(['http', 'https']);

const cache = Object.create(null);

class Module {
    constructor(filename, parent) {
        this.id = filename;
        this.filename = filename;
        this.path = path.dirname(filename);
        this.exports = {};
        this.parent = parent;
        this.children = [];
        this.loaded = false;
        this.paths = folders(this.path);
    }

    load() {
        const text = fs.readFileSync(this.filename, 'utf8');
        if (this.filename.endsWith('.json')) {
            this.exports = parsed(text, this.filename);
        } else {
            const run = host.compile(text, this.filename);
            run.call(this.exports, this.exports, requireFor(this), this, this.filename, this.path);
        }
        this.loaded = true;
    }
}

function parsed(text, filename) {
    try {
        return JSON.parse(text.replace(/^\ufeff/, ''));
    } catch (failure) {
        failure.message = `${filename}: ${failure.message}`;
        throw failure;
    }
}

function requireFor(module) {
    const require = (name) => requireFrom(module, String(name));
    require.resolve = (name) => (coreName(name) === null ? resolve(module, String(name)) : name);
    require.resolve.paths = () => module.paths;
    require.cache = cache;
    require.main = undefined;
    require.extensions = {};
    return require;
}

/** What a name without its scheme says if it is one of Node.js's own, else null. */
function coreName(name) {
    if (name.startsWith('node:')) return name.slice(5);
    return NODE.has(name) ? name : null;
}

function requireFrom(module, name) {
    const core = coreName(name);
    if (core !== null) {
        // A package of that name in the function's folder takes the place of what is not here.
        const found = here(core);
        if (found !== null) return found;
        if (name.startsWith('node:') || findPackage(module, name) === null) throw notHere(`Node.js's module '${name}'`, core);
    }
    const filename = resolve(module, name);
    const known = cache[filename];
    if (known !== undefined) return known.exports;
    if (filename.endsWith('.node')) throw notHere(`'${name}', which is native code (${path.basename(filename)}),`, name);
    const made = new Module(filename, module);
    cache[filename] = made;
    try {
        made.load();
    } catch (failure) {
        delete cache[filename];
        throw failure;
    }
    return made.exports;
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

/** The ES module that stands for one of Node.js's own. */
function textOf(name) {
    const module = `globalThis[Symbol.for('nucleon.module')](${JSON.stringify(name)})`;
    const found = here(name);
    if (found === null) return `${module};`;
    const names = Object.keys(found).filter((one) => /^[A-Za-z_$][\w$]*$/.test(one) && one !== 'default');
    return `const own = ${module};\nexport default own;\nexport const { ${names.join(', ')} } = own;\n`;
}

/** The Fault that ends a start; thrown later, it is the event's exception, with the same words. */
function notHere(what, name) {
    const at = place(new Error(), process.cwd());
    const where = at.file === '' ? '' : `${path.basename(at.file)}:${at.line} `;
    return new Fault(
        MODULE_NOT_IN_PROCESS,
        `${where}requires ${what} and runtime graaljs does not have it`,
        'the code runs in the processor, without Node.js around it',
        `set spec.runtime: nodejs, or do without '${name}'`,
        at,
    );
}

// Finding

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

function findPackage(module, name) {
    const parts = name.split('/');
    const own = parts.splice(0, name.startsWith('@') ? 2 : 1).join('/');
    for (const folder of module.paths) {
        const home = path.join(folder, own);
        if (!isFolder(home)) {
            const single = parts.length === 0 ? asFile(home) : null;
            if (single !== null) return single;
            continue;
        }
        const { exports } = packageOf(home);
        if (exports !== undefined && exports !== null) {
            const target = exported(exports, parts.length === 0 ? '.' : `./${parts.join('/')}`);
            if (target !== null) return path.resolve(home, target);
        }
        const inside = path.join(home, ...parts);
        const found = (parts.length === 0 ? null : asFile(inside)) ?? asFolder(inside);
        if (found !== null) return found;
    }
    return null;
}

/** What a package's `exports` names for a path in it, by the conditions that hold here. */
function exported(exports, wanted) {
    const isMap = typeof exports === 'object' && !Array.isArray(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
    if (!isMap) return wanted === '.' ? chosen(exports) : null;
    if (Object.hasOwn(exports, wanted)) return chosen(exports[wanted]);
    for (const [pattern, target] of Object.entries(exports)) {
        const star = pattern.indexOf('*');
        if (star < 0) continue;
        const [start, end] = [pattern.slice(0, star), pattern.slice(star + 1)];
        if (wanted.startsWith(start) && wanted.endsWith(end) && wanted.length >= start.length + end.length) {
            return chosen(target)?.replaceAll('*', wanted.slice(start.length, wanted.length - end.length)) ?? null;
        }
    }
    return null;
}

function chosen(target) {
    if (typeof target === 'string') return target;
    if (Array.isArray(target)) return target.map(chosen).find((one) => one !== null) ?? null;
    if (target === null || typeof target !== 'object') return null;
    for (const [condition, one] of Object.entries(target)) {
        if (!['require', 'node', 'default', 'module-sync'].includes(condition)) continue;
        const found = chosen(one);
        if (found !== null) return found;
    }
    return null;
}

function resolve(module, name) {
    const isPath = /^(\.{0,2}\/|\.{1,2}$)/.test(name);
    const base = isPath ? path.resolve(module.path, name) : '';
    const found = isPath ? (name.endsWith('/') ? null : asFile(base)) ?? asFolder(base) : findPackage(module, name);
    if (found !== null) return fs.realpathSync(found);
    const failure = new Error(`Cannot find module '${name}'\nRequire stack:\n- ${module.filename}`);
    throw Object.assign(failure, { code: 'MODULE_NOT_FOUND', requireStack: [module.filename] });
}

/** A `require` as a file of that name has it. */
function createRequire(from) {
    const filename = from instanceof URL || String(from).startsWith('file:') ? require('node:url').fileURLToPath(from) : String(from);
    return requireFor(new Module(filename, undefined));
}

Object.assign(Module, {
    createRequire,
    core,
    textOf,
    Module,
    builtinModules: [...NODE].filter((name) => !HIDDEN.has(name) && builtin(`node/${name}`) !== null),
    isBuiltin: (name) => coreName(name) !== null,
    _cache: cache,
});
module.exports = Module;
