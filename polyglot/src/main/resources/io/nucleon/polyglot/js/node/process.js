'use strict';

const host = require('nucleon:host');
const graal = require('nucleon:graal');
const loop = require('nucleon:loop');
const EventEmitter = require('node:events');

const { settings } = host;
const started = host.nanos();

/** Standard output or error: whole lines, as the host gives them on. */
class Stream extends EventEmitter {
    constructor(fd, print) {
        super();
        this.fd = fd;
        this.isTTY = false;
        this.writable = true;
        this.print = print;
    }

    write(data, encoding, callback) {
        this.print(typeof data === 'string' ? data : Buffer.from(data).toString());
        const done = typeof encoding === 'function' ? encoding : callback;
        if (typeof done === 'function') loop.nextTick(done);
        return true;
    }

    end(data) {
        if (data !== undefined) this.write(data);
        return this;
    }
}

function hrtime(since) {
    const now = host.nanos();
    const nanos = since === undefined ? now : now - (since[0] * 1e9 + since[1]);
    return [Math.floor(nanos / 1e9), nanos % 1e9];
}
hrtime.bigint = () => BigInt(host.nanos());

const process = new EventEmitter();
const environment = {};
for (const name of settings.names) environment[name] = settings.environment[name];

Object.assign(process, {
    title: 'graaljs',
    // The level of what is here; no library should mistake it for the real one.
    version: 'v22.0.0',
    versions: { node: '22.0.0', graaljs: settings.version },
    release: { name: 'graaljs' },
    arch: 'x64',
    platform: 'linux',
    pid: settings.pid,
    ppid: 0,
    argv: ['graaljs'],
    argv0: 'graaljs',
    execArgv: [],
    execPath: 'in process',
    exitCode: undefined,
    features: {},
    config: {},
    env: environment,
    stdout: new Stream(1, (text) => host.print(false, text)),
    stderr: new Stream(2, (text) => host.print(true, text)),
    hrtime,
    nextTick: loop.nextTick,
    cwd: () => settings.directory,
    uptime: () => (host.nanos() - started) / 1e9,
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
    emitWarning: (warning) => process.stderr.write(`(graaljs) ${warning?.stack ?? warning}\n`),
    exit: (code = process.exitCode ?? 0) => {
        process.emit('exit', code);
        host.exit(Number(code) || 0);
    },
    abort: () => host.exit(134),
    umask: () => 0o22,
    getuid: () => 0,
    kill: () => {
        throw new Error('process.kill is not there: the code runs in its processor');
    },
    chdir: () => {
        throw new Error('process.chdir is not there: the folder is the function\'s');
    },
});

loop.setStray((failure) => process.emit('uncaughtException', failure));
loop.setIdle(() => process.emit('beforeExit', 0));
graal.setUnhandledPromiseRejectionHandler((reason) => {
    if (!process.emit('unhandledRejection', reason)) process.emit('uncaughtException', reason);
});

module.exports = process;
