'use strict';
// The user's module: found, loaded, its handler and init hook taken. Every way this fails has its own words.

const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');
const { fileURLToPath, pathToFileURL } = require('node:url');

const { Fault, HANDLER_MISSING, IMPORT_FAILED, INIT_FAILED, SOURCE_INVALID, nearest } = require('./errors');
const { message, nameOf, place, text, where } = require('./traces');

// As in nuclio a name alone is one of handler.js.
const FORM = /^(?:([^:\0]+):)?([\w$]+)$/;
const USUAL_MODULE = 'handler';
const PLAIN = ['.js', '.mjs', '.cjs'];
const TYPED = ['.ts', '.mts', '.cts'];
const MAX_NAMES = 8;
// What Node puts before the stack of what it can't compile.
const PLACE = /^((?:file:\/\/)?\/.*):(\d+)$/;
const PRINT_MILLIS = 5_000;
const LARGEST = 8 << 20;
// As in nuclio, a module may set its handler later.
const WAIT_MILLIS = 10_000;
const LOOK_MILLIS = 25;
// How `require` says that a module must be imported.
const MUST_IMPORT = ['ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE'];

/**
 * What the module gave. `init` is null without a hook; `namesCallback` says that its source names a callback somewhere, so that a
 * fulfilled promise need not be the end of an event.
 *
 * @typedef {{file: string, handler: Function, init: Function|null, namesCallback: boolean}} Loaded
 */

/**
 * Loads `module:function` from the function's folder. Fault if it can't be had.
 *
 * @param {string} name
 * @param {string} directory
 * @param {{ref: () => void, unref: () => void}} socket our own, which would keep the process busy though nothing of the function's does
 * @returns {Promise<Loaded>}
 */
async function load(name, directory, socket) {
    const form = FORM.exec(name);
    if (form === null) {
        throw new Fault(
            HANDLER_MISSING,
            `handler '${name}' is not of the form module:function`,
            'spec.handler names a module and a function that it exports',
            `set spec.handler: ${guess(name, directory)}`,
        );
    }
    const [, module = USUAL_MODULE, functionName] = form;
    const file = find(module, directory);
    const exported = await importFile(file, directory);
    const handler = await exportOf(exported, functionName, socket);
    if (typeof handler !== 'function') throw missing(exported, file, module, functionName, handler !== undefined);
    const init = memberOf(exported, 'initContext');
    return { file, handler, init: typeof init === 'function' ? init : null, namesCallback: namesCallback(file, handler) };
}

/** The Fault of a hook that threw, or whose promise was rejected. */
function initFailed(failure, directory) {
    return new Fault(
        INIT_FAILED,
        `initContext threw ${nameOf(failure)}: ${message(failure)}`,
        `at ${where(failure, directory)}; a worker serves only after its init hook has returned`,
        'fix initContext, or what it needs (environment, network, files)',
        { ...place(failure, directory), detail: text(failure) },
    );
}

function interpreter() {
    const { name } = process.release;
    return `${name} ${process.versions[name]} (${process.execPath})`;
}

// Finding

function find(module, directory) {
    const base = path.resolve(directory || '.', module);
    const extensions = [...PLAIN, ...TYPED];
    const candidates = [base, ...extensions.map((one) => base + one), ...extensions.map((one) => path.join(base, `index${one}`))];
    const found = candidates.find((one) => extensions.includes(path.extname(one)) && isFile(one));
    if (found === undefined) throw noModule(module, directory);
    if (TYPED.includes(path.extname(found)) && !stripsTypes()) throw noTypes(found);
    return found;
}

function isFile(file) {
    return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Node ≥ 22.6 with the flag that the manifest gives it, or ≥ 22.18, where it needs none. */
function stripsTypes() {
    const feature = /** @type {any} */ (process.features).typescript;
    return Boolean(feature) || process.execArgv.includes('--experimental-strip-types');
}

function noTypes(file) {
    return new Fault(
        SOURCE_INVALID,
        `${path.basename(file)} is TypeScript, which this Node.js does not read`,
        `${interpreter()}; types are stripped from 22.6 on`,
        'use Node.js 22.18 or newer, or compile it: npx tsc',
        { file },
    );
}

// Loading

async function importFile(file, directory) {
    try {
        if (isModule(file)) return await import(pathToFileURL(file).href);
        try {
            return createRequire(file)(file);
        } catch (failure) {
            if (!MUST_IMPORT.includes(failure?.code)) throw failure;
            return await import(pathToFileURL(file).href);
        }
    } catch (failure) {
        if (failure instanceof Fault) throw failure;
        if (failure instanceof SyntaxError && !isThrown(failure, directory)) throw syntax(failure, file);
        if (['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(failure?.code)) throw unimportable(failure, file, directory);
        throw raised(failure, file, directory);
    }
}

/** Whether Node is told that a file is an ES module: by its name, or by the nearest package.json. */
function isModule(file) {
    const extension = path.extname(file);
    if (['.mjs', '.mts'].includes(extension)) return true;
    if (['.cjs', '.cts'].includes(extension)) return false;
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
        try {
            return JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')).type === 'module';
        } catch (failure) {
            if (failure instanceof SyntaxError) return false; // Node itself says what is wrong with it
        }
        if (folder === path.dirname(folder)) return false;
    }
}

/** An export; of a CommonJS module that was imported also what only its `module.exports` has. */
function memberOf(exported, name) {
    return exported?.[name] ?? exported?.default?.[name];
}

/** Waits for an export that is set later, as long as anything runs that could set it. */
function exportOf(exported, name, socket) {
    return new Promise((resolve) => {
        const started = Date.now();
        socket.unref();
        const done = () => {
            socket.ref();
            process.removeListener('beforeExit', done);
            clearInterval(timer);
            resolve(memberOf(exported, name));
        };
        const look = () => {
            if (memberOf(exported, name) !== undefined || Date.now() - started > WAIT_MILLIS) done();
        };
        const timer = setInterval(look, LOOK_MILLIS);
        timer.unref();
        process.on('beforeExit', done);
        look();
    });
}

function namesCallback(file, handler) {
    if (/\bcallback\b/.test(String(handler))) return true;
    return fs.statSync(file).size > LARGEST || /\bcallback\b/.test(fs.readFileSync(file, 'utf8'));
}

// Words

/** Whether the function's own code has thrown it, as JSON.parse does: there is a line of it in the stack, and no place before that. */
function isThrown(failure, directory) {
    return !PLACE.test(String(failure.stack).split('\n', 1)[0]) && place(failure, directory).file !== '';
}

/**
 * What Node prints of an ES module that it can't compile: of these it keeps the place to itself. It compiles all modules before it runs any,
 * so nothing of the function runs.
 */
function printed(file) {
    try {
        const asked = ['--input-type=module', '--eval', `import ${JSON.stringify(pathToFileURL(file).href)}`];
        const options = { encoding: /** @type {const} */ ('utf8'), timeout: PRINT_MILLIS };
        return require('node:child_process').spawnSync(process.execPath, [...process.execArgv, ...asked], options).stderr;
    } catch (failure) {
        return ''; // no other process can be had
    }
}

/** `file:line`, the line and a caret stand before the message. */
function syntax(failure, file) {
    let lines = String(failure.stack).split('\n');
    if (!PLACE.test(lines[0])) {
        lines = String(printed(file)).split('\n');
        lines.splice(0, lines.findIndex((line) => PLACE.test(line))); // warnings
    }
    const head = PLACE.exec(lines[0]);
    const at = head === null ? { file, line: 0 } : { file: localFile(head[1]), line: Number(head[2]) };
    const source = head === null ? '' : lines[1] ?? '';
    const caret = head === null ? -1 : (lines[2] ?? '').indexOf('^');
    const column = caret + 1;
    const number = String(at.line).padStart(4);
    const detail = source.trim() === '' ? '' : `${number} | ${source}\n${' '.repeat(number.length)} | ${' '.repeat(Math.max(caret, 0))}^`;
    const isModuleSyntax = /import statement outside a module|Unexpected token 'export'/.test(failure.message);
    return new Fault(
        SOURCE_INVALID,
        `${path.basename(at.file)}${head === null ? '' : `:${at.line}:${column}`} ${failure.message}`,
        `${interpreter()} can't compile it`,
        isModuleSyntax ? 'name it .mjs, or set "type": "module" in package.json' : 'fix the line and save',
        { ...at, column, detail, source },
    );
}

function localFile(name) {
    return name.startsWith('file:') ? fileURLToPath(name) : name;
}

function unimportable(failure, file, directory) {
    const missing = /Cannot find (?:module|package) '([^']+)'/.exec(failure.message)?.[1] ?? '';
    const isOwn = missing === '' || missing.startsWith('.') || missing.startsWith('/');
    const name = missing.split('/').slice(0, missing.startsWith('@') ? 2 : 1).join('/');
    const at = requirer(failure, file, directory);
    return new Fault(
        IMPORT_FAILED,
        `${path.basename(at.file)}${at.line ? `:${at.line}` : ''} cannot import '${missing || message(failure)}'`,
        `${interpreter()} finds no such module`,
        isOwn ? 'see the stack' : `npm install ${name}, which adds it to package.json`,
        { ...at, detail: text(failure) },
    );
}

/** The line that asked for a module; where an import tells no line, the file that has it. */
function requirer(failure, file, directory) {
    const found = place(failure, directory);
    if (found.file !== '') return found;
    const importer = /imported from (.+)$/m.exec(failure.message)?.[1] ?? file;
    return { file: localFile(importer), line: 0, column: 0 };
}

function raised(failure, file, directory) {
    const at = place(failure, directory);
    return new Fault(
        IMPORT_FAILED,
        `loading '${path.basename(file)}' threw ${nameOf(failure)}: ${message(failure)}`,
        `at ${at.file === '' ? file : `${at.file}:${at.line}`}, while ${interpreter()} loaded it`,
        'fix what runs when the module is loaded, or move it into initContext',
        { ...at, detail: text(failure) },
    );
}

function noModule(module, directory) {
    const modules = modulesOf(directory);
    const likely = nearest(module, modules);
    return new Fault(
        HANDLER_MISSING,
        `no module '${module}' in ${directory}`,
        `spec.handler names module '${module}'; the folder has: ${modules.slice(0, MAX_NAMES).join(', ') || 'none'}`,
        likely === '' ? 'name one of these in spec.handler as module:function' : `did you mean '${likely}'?`,
        { detail: interpreter() },
    );
}

function missing(exported, file, module, name, isThere) {
    const all = { ...exported?.default, ...exported };
    const names = Object.keys(all).filter((other) => typeof all[other] === 'function' && !['default', 'initContext'].includes(other));
    const likely = nearest(name, names.filter((other) => other !== name));
    return new Fault(
        HANDLER_MISSING,
        isThere ? `${path.basename(file)}: '${name}' can't be called` : `${path.basename(file)} exports no function '${name}'`,
        `spec.handler is ${module}:${name}; ${module} exports: ${names.slice(0, MAX_NAMES).join(', ') || 'no function'}`,
        likely === ''
            ? `write 'exports.${name} = (context, event) => …', or name another one in spec.handler`
            : `did you mean '${likely}'? set spec.handler: ${module}:${likely}`,
        { file },
    );
}

function guess(name, directory) {
    const modules = modulesOf(directory);
    let module = name.split(':')[0].replace(/\.[cm]?[jt]s$/, '');
    if (!modules.includes(module)) module = nearest(module, modules) || (modules.length === 1 ? modules[0] : 'main');
    return `${module}:handler`;
}

function modulesOf(directory) {
    try {
        const files = fs.readdirSync(directory || '.').filter((file) => [...PLAIN, ...TYPED].includes(path.extname(file)));
        return [...new Set(files.map((file) => path.basename(file, path.extname(file))))].sort();
    } catch (failure) {
        return [];
    }
}

module.exports = { load, initFailed };
