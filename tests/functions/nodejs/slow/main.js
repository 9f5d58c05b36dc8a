'use strict';
// Handlers that are over their time.

exports.handler = (context, event) => {
    if (event.path === '/hang') return; // nobody ever calls back
    if (event.path === '/spin') for (;;);
    context.callback(event.path === '/pid' ? String(process.pid) : event.path);
};
