// An ES module: work that lives longer than its event, and one event at a time whatever is awaited.

import { setTimeout as pause } from 'node:timers/promises';

let ready = 'not yet';
let ticks = 0;
let running = 0;
let most = 0;
let ended;

export const initContext = async () => {
    await pause(1);
    ready = 'after await';
};

async function tick() {
    for (let i = 0; i < 5; i++) {
        await pause(1);
        ticks++;
    }
}

async function alone() {
    running++;
    most = Math.max(most, running);
    await pause(5);
    running--;
    return String(most);
}

let order = [];

async function leaveMicrotasks(context) {
    order = ['begun'];
    context.callback('left');
    await null;
    order.push('one');
    await null;
    process.nextTick(() => order.push('tick'));
    await null;
    order.push('two');
}

const PATHS = {
    '/init': () => ready,
    '/start': () => {
        ended = tick();
        return 'started';
    },
    '/finished': async () => {
        await ended;
        return String(ticks);
    },
    '/alone': alone,
    '/left': (context) => leaveMicrotasks(context),
    '/order': () => order.join(' '),
    '/url': () => import.meta.url.split('/').slice(-2).join('/'),
};

export async function handler(context, event) {
    return PATHS[event.path](context, event);
}
