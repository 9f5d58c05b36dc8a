'use strict';
// Never ends, each time in the way that the path says; every other path is the answer.

const ENDLESS = {
    '/loop': () => {
        for (;;);
    },
    '/deep': () => {
        const deeper = (depth) => deeper(depth + 1) + 1;
        return deeper(0);
    },
    '/big': () => {
        for (const held = []; ; ) held.push(new Array(100_000).fill(held.length));
    },
};

exports.handler = async (context, event) => {
    ENDLESS[event.path]?.();
    return event.path;
};
