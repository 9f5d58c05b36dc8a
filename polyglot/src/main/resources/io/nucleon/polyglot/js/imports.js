'use strict';
// ES modules: where `import` finds what is named, and modules that no file has. Those are `core/NAME` for one of Node.js's own,
// `commonjs/PATH` for a CommonJS file, `failed/NUMBER` for what there is not, so that the import fails as it does in Node.js.

const path = require('node:path');
const host = require('nucleon:host');
const Module = require('node:module');

const { core, coreName, findFor, here, homeOf, notHere, packageOf } = require('nucleon:finding');

/** What threw before its import was evaluated, by the module's name. */
const failures = new Map();
let count = 0;

function madeFile(name) {
    return `${host.madeModules}/${name}.mjs`;
}

function failed(failure) {
    const name = `failed/${count++}`;
    failures.set(name, failure);
    return madeFile(name);
}

/** The file that an import reads: by a name that is no path, or by an absolute path. */
function placeOf(name, importer) {
    try {
        if (path.isAbsolute(name)) return fileOf(name);
        const own = coreName(name);
        const found = name.startsWith('node:') ? null : findFor(name, importer || path.join(process.cwd(), 'handler'));
        if (own !== null && (here(own) !== null || found === null)) return madeFile(`core/${own}`);
        return found === null ? failed(notFound(name, importer)) : fileOf(found);
    } catch (failure) {
        return failed(failure);
    }
}

function notFound(name, importer) {
    const failure = new Error(`Cannot find package '${name}' imported from ${importer}`);
    return Object.assign(failure, { code: 'ERR_MODULE_NOT_FOUND' });
}

function fileOf(file) {
    if (file.endsWith('.node')) throw notHere(`'${path.basename(file)}', which is native code,`, path.basename(file));
    return isCommonJs(file) ? madeFile(`commonjs${file}`) : file;
}

/** By its name, by the nearest package.json, else by its syntax. */
function isCommonJs(file) {
    if (file.endsWith('.cjs')) return true;
    if (!file.endsWith('.js')) return false;
    const home = homeOf(path.dirname(file));
    const { type } = home === null ? {} : packageOf(home);
    if (type === 'module' || type === 'commonjs') return type === 'commonjs';
    try {
        host.compile(require('node:fs').readFileSync(file, 'utf8'), file);
        return true;
    } catch (failure) {
        return false;
    }
}

/** What stands behind a module that no file has; throws what its import is to throw. */
function made(name) {
    const failure = failures.get(name);
    if (failure !== undefined) {
        failures.delete(name);
        throw failure;
    }
    if (name.startsWith('core/')) return core(name.slice('core/'.length));
    const file = name.slice('commonjs'.length);
    return Module.createRequire(file)(file);
}

function textOf(name) {
    const call = `globalThis[Symbol.for('nucleon.module')](${JSON.stringify(name)})`;
    if (failures.has(name)) return `${call};`;
    let found;
    try {
        found = made(name);
    } catch (failure) {
        failures.set(name, failure);
        return `${call};`;
    }
    const names = Object.keys(Object(found)).filter((one) => /^[A-Za-z_$][\w$]*$/.test(one) && one !== 'default');
    const values = names.map((one, i) => `const v${i} = own.${one};`).join('\n');
    return `const own = ${call};\nexport default own;\n${values}\nexport { ${names.map((one, i) => `v${i} as ${one}`).join(', ')} };\n`;
}

module.exports = { made, placeOf, textOf };
