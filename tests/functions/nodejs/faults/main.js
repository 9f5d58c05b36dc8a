'use strict';
// Goes wrong as the path says; every other path is the answer. All waiting holds the event loop.

const { spawn } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const fs = require('node:fs');

const never = new Int32Array(new SharedArrayBuffer(4));
const sleep = (millis) => Atomics.wait(never, 0, 0, millis);
const touch = (name) => fs.writeFileSync(name, '');

function beginAnd(millis) {
    touch('began');
    sleep(millis);
}

function hold() {
    touch('held');
    while (!fs.existsSync('go')) sleep(10);
}

const FAULTS = {
    '/die': () => {
        hold();
        fs.writeSync(2, 'about to die\n');
        process.kill(process.pid, 'SIGSEGV');
        sleep(60_000);
    },
    '/exit': () => process.exit(3),
    '/slow': () => sleep(60_000),
    '/short': () => sleep(2),
    '/child': () => {
        spawn('sleep', ['1234.5'], { stdio: 'ignore' });
        sleep(60_000);
    },
    '/long': () => beginAnd(60_000),
    '/second': () => beginAnd(1000),
    '/busy': () => {
        touch('began');
        for (;;);
    },
    '/held': hold,
    '/garbage': () => {
        for (let descriptor = 3; descriptor < 64; descriptor++) {
            try {
                fs.writeSync(descriptor, randomBytes(4096));
            } catch {
                // not open, or not for writing
            }
        }
    },
    '/print': () => {
        process.stdout.write('x'.repeat(1_000_000));
        process.stdout.write(Buffer.from(Array.from({ length: 25_600 }, (_, i) => i % 256)));
    },
    '/eat': () => {
        for (const held = []; ; ) held.push(Buffer.alloc(4 << 20, 'x'));
    },
    '/heap': () => {
        for (const held = []; ; ) held.push(Array.from({ length: 10_000 }, (_, i) => String(i)));
    },
};

exports.handler = async (context, event) => {
    FAULTS[event.path]?.();
    return event.path;
};
