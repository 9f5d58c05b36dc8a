'use strict';
// The worker process: hand-shake, load, init hook, READY, serve, leave. Started as `node wrapper.js`, environment as in README.md.

const layout = require('./layout');
const { connect } = require('./connection');
const { makeContext } = require('./context');
const { endWithParent, installSignals } = require('./control');
const { EndOfConnection, Fault, INTERNAL } = require('./errors');
const { encode } = require('./frame');
const { initFailed, load } = require('./loader');
const { Server } = require('./server');
const { loadedFiles } = require('./sources');
const { message, nameOf, text } = require('./traces');

/** Ends with status 0 after STOP, SIGTERM or the processor's end, 1 after FAULT, 2 when started by hand. */
async function main() {
    const { NUCLEON_SOCKET: address, NUCLEON_TOKEN: token, NUCLEON_WORKER: worker, NUCLEON_PARENT: parent } = process.env;
    delete process.env.NUCLEON_TOKEN;
    delete process.env.NUCLEON_PARENT;
    if (!address || !token || !/^\d+$/.test(worker ?? '')) {
        process.stderr.write('wrapper.js is started by the processor, with NUCLEON_SOCKET, NUCLEON_TOKEN and NUCLEON_WORKER set\n');
        process.exit(2);
    }
    if (parent !== undefined) endWithParent(Number(parent));
    const life = new Life();
    try {
        const { connection, hello } = await connect(address, token, Number(worker));
        life.connection = connection;
        connection.onEnd = () => life.leaveAtOnce();
        connection.onBroken = (failure) => life.broken(failure);
        await serve(connection, hello, life);
    } catch (failure) {
        life.broken(failure);
    }
}

async function serve(connection, hello, life) {
    const server = new Server(connection, hello, life);
    installSignals(() => server.stop());
    process.on('uncaughtException', (failure) => server.stray(failure));
    process.on('unhandledRejection', (failure) => server.stray(failure));
    const context = makeContext(connection, hello, () => server.current());
    const loaded = await load(String(hello.function.handler || ''), server.directory, connection.socket);
    try {
        await loaded.init?.(context);
    } catch (failure) {
        throw initFailed(failure, server.directory);
    }
    const files = loadedFiles(loaded.file);
    const body = JSON.stringify({ handler: hello.function.handler, async: hello.several, streaming: true, files });
    connection.write(encode({ kind: layout.READY, epoch: connection.epoch, body }));
    connection.flush();
    server.start(context, loaded);
}

/** The ways out. */
class Life {
    constructor() {
        /** @type {any} */
        this.connection = null;
        this.isOver = false;
    }

    /** In order: what was answered is sent, exit hooks of the user run. */
    leave() {
        if (this.isOver) return;
        this.isOver = true;
        this.connection.finish(() => process.exit(0));
    }

    /** There is nobody to tell. */
    leaveAtOnce() {
        process.exit(0);
    }

    /** @param {any} failure of the wrapper, or one that the function has to mend */
    broken(failure) {
        if (this.isOver) return;
        this.isOver = true;
        if (failure instanceof EndOfConnection) this.leaveAtOnce();
        else this.report(failure instanceof Fault ? failure : internal(failure));
    }

    /** A FAULT frame if the connection can still carry one, else stderr. */
    report(fault) {
        const leave = () => process.exit(1);
        if (this.connection === null || this.connection.hasEnded) {
            process.stderr.write(`${fault.message}\n`);
            leave();
        }
        try {
            const body = Buffer.from(JSON.stringify(fault.members)).subarray(0, this.connection.frameLimit - layout.HEADER_LENGTH);
            this.connection.write(encode({ kind: layout.FAULT, epoch: this.connection.epoch, body }));
            this.connection.finish(leave);
        } catch (failure) {
            process.stderr.write(`${fault.message}\n`);
            leave();
        }
    }
}

function internal(failure) {
    return new Fault(
        INTERNAL,
        `the Node.js wrapper failed: ${nameOf(failure)}: ${message(failure)}`,
        'a mistake in the wrapper, not in the function',
        'report it with the stack',
        { detail: text(failure) },
    );
}

if (require.main === module) main();
