'use strict';
// mode: async: several events in flight in one event loop.

let here = 0;
let release = () => {};
const allHere = new Promise((resolve) => {
    release = resolve;
});

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

exports.handler = async (context, event) => {
    switch (event.path) {
        case '/meet':
            // Nobody answers before three are here.
            if (++here === Number(event.fields.of)) release();
            await allHere;
            return 'met';
        case '/log':
            context.logger.infoWith('mine', { body: event.body.toString() });
            await pause(10);
            context.logger.infoWith('still mine', { body: event.body.toString() });
            return event.body;
        case '/raise':
            await pause(0);
            throw new TypeError('only this one');
        case '/stray':
            setTimeout(() => {
                throw new TypeError('only this one');
            }, 5);
            return new Promise(() => {});
        case '/by-callback':
            setTimeout(() => context.callback(event.body), 5);
            return undefined;
        default:
            await pause(0);
            return event.path === '/echo' ? event.body : event.path;
    }
};
