'use strict';
// ES modules: where `import` finds what is named, and modules that no file has, which stand for what is no ES module: `core/NAME` for one
// of Node.js's own, `commonjs/PATH` for a CommonJS file, `failed/NUMBER` for what there is not. The last throws when it is evaluated: what is
// thrown before, while the engine looks for a module, would reach the code as an exception of Java's.

const fs = require('node:fs');
const path = require('node:path');
const host = require('nucleon:host');
const Module = require('node:module');
const { core, coreName, findFor, here, homeOf, notHere, packageOf } = require('nucleon:finding');

/** Files of ES modules. @type {Set<string>} */
const seen = new Set();
/** What throws, by its name: the failure, and the names that are imported of it. @type {Map<string, {failure: any, names: string[]}>} */
const failures = new Map();

const madeFile = (name) => `${host.madeModules}/${name}.mjs`;

/** The file that an import reads: by a name that is no path, or by an absolute path. */
function placeOf(name, importer) {
    try {
        return path.isAbsolute(name) ? fileOf(name, importer) : fileOf(found(name, importer), importer);
    } catch (failure) {
        return madeFile(failed(failure, path.isAbsolute(name) ? path.basename(name) : name));
    }
}

/** A file, or the name of one of Node.js's modules. */
function found(name, importer) {
    const own = coreName(name);
    if (own !== null && here(own) !== null) return own;
    const file = name.startsWith('node:') ? null : findFor(name, importer || path.join(process.cwd(), 'handler'));
    if (file !== null) return file;
    if (own !== null) throw notHere(`Node.js's module '${own}'`, own, importer);
    const failure = new Error(`Cannot find package '${name}' imported from ${importer}`);
    throw Object.assign(failure, { code: 'ERR_MODULE_NOT_FOUND' });
}

function fileOf(file, importer) {
    if (!path.isAbsolute(file)) return madeFile(`core/${file}`);
    const name = path.basename(file);
    if (name.endsWith('.node')) throw notHere(`'${name}', which is native code,`, name, importer);
    if (isCommonJs(file)) return madeFile(`commonjs${file}`);
    seen.add(file);
    return file;
}

/** By its name, by the nearest package.json, else by its syntax. */
function isCommonJs(file) {
    if (file.endsWith('.cjs')) return true;
    if (!file.endsWith('.js')) return false;
    const home = homeOf(path.dirname(file));
    const { type } = home === null ? {} : packageOf(home);
    if (type === 'module' || type === 'commonjs') return type === 'commonjs';
    try {
        host.compile(fs.readFileSync(file, 'utf8'), file);
        return true;
    } catch (failure) {
        return false;
    }
}

function failed(failure, asked) {
    const name = `failed/${failures.size}`;
    failures.set(name, { failure, names: namesOf(asked) });
    return name;
}

/** What the modules so far import by name of one that is named so, or whose path ends so: a module must have it to be evaluated at all. */
function namesOf(asked) {
    const statement = /\b(?:import|export)\b([^'"();]*?)\bfrom\s*(['"])([^'"]+)\2/g;
    const names = new Set();
    for (const file of seen) {
        for (const [, clause, , from] of fs.readFileSync(file, 'utf8').matchAll(statement)) {
            const listed = from === asked || from.endsWith(`/${asked}`) ? /\{([^}]*)\}/.exec(clause) : null;
            for (const one of listed === null ? [] : listed[1].split(',')) names.add(one.trim().split(/\s/)[0]);
        }
    }
    return [...names].filter(isName);
}

const isName = (one) => /^[A-Za-z_$][\w$]*$/.test(one) && one !== 'default';

/** What stands behind a module that no file has. */
function made(name) {
    if (failures.has(name)) throw failures.get(name).failure;
    if (name.startsWith('core/')) return core(name.slice('core/'.length));
    const file = name.slice('commonjs'.length);
    return Module.createRequire(file)(file);
}

/** Its text, whose exports are the names that it has when it is first imported. */
function textOf(name) {
    try {
        return text(name, failures.get(name)?.names ?? Object.keys(Object(made(name))).filter(isName));
    } catch (failure) {
        const other = failed(failure, path.basename(name));
        return text(other, failures.get(other).names);
    }
}

function text(name, names) {
    const values = names.map((one, i) => `const v${i} = own.${one};\n`).join('');
    const exported = names.map((one, i) => `v${i} as ${one}`).join(', ');
    return `const own = globalThis[Symbol.for('nucleon.module')](${JSON.stringify(name)});\nexport default own;\n${values}export { ${exported} };\n`;
}

module.exports = { made, placeOf, textOf };
