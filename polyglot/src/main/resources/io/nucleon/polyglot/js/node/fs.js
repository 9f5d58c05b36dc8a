'use strict';
// The files of the function's folder, as far as they are granted. Every call asks the host, which says where a path may lead.

const { files } = require('nucleon:host');

const { errno } = require('node:os').constants;

/** What went wrong as Node.js tells it; the host gives `CODE message`. */
function failed(told, call, path) {
    const at = told.indexOf(' ');
    const [code, words] = [told.slice(0, at), told.slice(at + 1)];
    const failure = new Error(`${code}: ${words}, ${call} '${path}'`);
    return Object.assign(failure, { code, errno: -(errno[code] ?? 5), syscall: call, path });
}

function checked(answer, call, path) {
    if (answer.failure !== '') throw failed(answer.failure, call, path);
    return answer.value;
}

function text(path) {
    if (path instanceof URL) return require('node:url').fileURLToPath(path);
    return Buffer.isBuffer(path) ? path.toString() : String(path);
}

function encodingOf(options) {
    return typeof options === 'string' ? options : options?.encoding;
}

class Stats {
    constructor([kind, size, millis]) {
        this.kind = kind;
        this.size = size;
        this.mode = kind === 'directory' ? 0o40755 : 0o100644;
        [this.mtimeMs, this.atimeMs, this.ctimeMs, this.birthtimeMs] = [millis, millis, millis, millis];
        this.mtime = new Date(millis);
        [this.atime, this.ctime, this.birthtime] = [this.mtime, this.mtime, this.mtime];
    }

    isFile() {
        return this.kind === 'file';
    }

    isDirectory() {
        return this.kind === 'directory';
    }

    isSymbolicLink() {
        return this.kind === 'link';
    }
}

class Dirent extends Stats {
    constructor(name, parentPath, kind) {
        super([kind, 0, 0]);
        Object.assign(this, { name, parentPath, path: parentPath });
    }
}

function stat(call, path, options, follows) {
    const answer = files.stat(text(path), follows);
    if (answer.failure.startsWith('ENOENT') && options?.throwIfNoEntry === false) return undefined;
    return new Stats([...checked(answer, call, path)]);
}

function bytesOf(data, options) {
    return typeof data === 'string' ? Buffer.from(data, encodingOf(options)) : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function write(path, data, options, appends) {
    const bytes = bytesOf(data, options);
    const flag = options?.flag ?? (appends ? 'a' : 'w');
    checked(files.write(text(path), flag, bytes.buffer, bytes.byteOffset, bytes.length), 'open', path);
}

const sync = {
    readFileSync(path, options) {
        const bytes = Buffer.from(new ArrayBuffer(checked(files.read(text(path)), 'open', path)));
        const encoding = encodingOf(options);
        return encoding ? bytes.toString(encoding) : bytes;
    },
    writeFileSync: (path, data, options) => write(path, data, options, false),
    appendFileSync: (path, data, options) => write(path, data, options, true),
    existsSync(path) {
        try {
            return files.stat(text(path), true).failure === '';
        } catch (noPath) {
            return false;
        }
    },
    accessSync: (path) => void checked(files.stat(text(path), true), 'access', path),
    statSync: (path, options) => stat('stat', path, options, true),
    lstatSync: (path, options) => stat('lstat', path, options, false),
    readdirSync(path, options) {
        const names = [...checked(files.list(text(path)), 'scandir', path)];
        if (!options?.withFileTypes) return names;
        return names.map((name) => new Dirent(name, path, sync.statSync(`${path}/${name}`).kind));
    },
    realpathSync: (path) => checked(files.real(text(path)), 'realpath', path),
    mkdirSync: (path, options) => void checked(files.makeFolder(text(path), Boolean(options?.recursive)), 'mkdir', path),
    unlinkSync: (path) => void checked(files.remove(text(path), false), 'unlink', path),
    rmdirSync: (path) => void checked(files.remove(text(path), false), 'rmdir', path),
    rmSync(path, options) {
        const answer = files.remove(text(path), Boolean(options?.recursive));
        if (!(options?.force && answer.failure.startsWith('ENOENT'))) checked(answer, 'rm', path);
    },
    renameSync: (from, to) => void checked(files.move(text(from), text(to)), 'rename', from),
    copyFileSync: (from, to) => void write(to, sync.readFileSync(from), undefined, false),
};
sync.realpathSync.native = sync.realpathSync;

const promises = {};
const callbacks = {};
for (const [name, call] of Object.entries(sync)) {
    const plain = name.slice(0, -'Sync'.length);
    promises[plain] = async (...args) => call(...args);
    callbacks[plain] = (...args) => {
        const callback = args.pop();
        promises[plain](...args).then(
            (value) => process.nextTick(callback, null, value),
            (failure) => process.nextTick(callback, failure),
        );
    };
}
callbacks.exists = (path, callback) => process.nextTick(callback, sync.existsSync(path));

module.exports = { ...sync, ...callbacks, promises, Stats, Dirent, constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 } };
