'use strict';
// `require` for the function's own files: CommonJS, as in Node.js, from its folder and the node_modules above.

const fs = require('node:fs');
const path = require('node:path');
const host = require('nucleon:host');
const { builtinNames, coreName, findPackage, folders, here, notHere, parsed, resolve } = require('nucleon:finding');

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

function requireFor(module) {
    const require = (name) => requireFrom(module, String(name));
    require.resolve = (name) => (coreName(name) === null ? resolve(module, String(name)) : name);
    require.resolve.paths = () => module.paths;
    require.cache = cache;
    require.main = undefined;
    require.extensions = {};
    return require;
}

function requireFrom(module, name) {
    const core = coreName(name);
    if (core !== null) {
        // A package of that name in the function's folder takes the place of what is not here.
        const found = here(core);
        if (found !== null) return found;
        if (name.startsWith('node:') || findPackage(module.paths, name) === null) throw notHere(`Node.js's module '${name}'`, core);
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

/** A `require` as a file of that name has it. */
function createRequire(from) {
    const filename = from instanceof URL || String(from).startsWith('file:') ? require('node:url').fileURLToPath(from) : String(from);
    return requireFor(new Module(filename, undefined));
}

Object.assign(Module, {
    createRequire,
    Module,
    isBuiltin: (name) => coreName(name) !== null,
    _cache: cache,
});
Object.defineProperty(Module, 'builtinModules', { get: builtinNames, enumerable: true });
module.exports = Module;
