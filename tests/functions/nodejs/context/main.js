'use strict';
// What surrounds an event: the init hook, the context, its logger.

const seen = { inits: 0 };

exports.initContext = async (context) => {
    seen.inits++;
    context.logger.info('in the init hook');
    await new Promise((resolve) => setTimeout(resolve, 5));
    seen.userData = JSON.stringify(context.userData);
    context.userData.count = 0;
    context.own = 'set in the init hook';
    context.logger.infoWith('at the end of the init hook', { seen });
};

function four(logger) {
    logger.debug('one');
    logger.info('two');
    logger.warn('three');
    logger.error('four');
}

function fields(logger) {
    logger.debugWith('d', { a: 1 });
    logger.infoWith('i', { text: 'b', yes: true, none: null, list: [1, 2], map: { k: 'v' } });
    logger.warnWith('w', { number: 2.5 });
    logger.errorWith('e', { worker_id: 'mine' });
}

function odd(logger) {
    const cycle = {};
    cycle.self = cycle;
    logger.infoWith('objects', { error: new TypeError('an error'), big: 10n, none: undefined, nan: NaN });
    logger.infoWith('a text', 'not an object');
    logger.infoWith('a list', [1, 2]);
    logger.infoWith('nothing', null);
    logger.infoWith('a cycle', cycle);
    logger.info({ not: 'a text' });
    logger.info();
}

const LOGS = {
    '/log-none': () => {},
    '/log-four': (c) => four(c.logger),
    '/log-fields': (c) => fields(c.logger),
    '/log-odd': (c) => odd(c.logger),
    '/log-plain-with-fields': ({ logger: { info } }) => info('taken off', { a: 1 }),
    '/log-unicode': (c) => c.logger.info('schön "🎉"\n\ttab \\'),
    '/log-control': (c) => c.logger.info('a\0b\x1bc\r\nX-Injected: d'),
    '/log-large': (c) => c.logger.info('x'.repeat(5000)),
    '/log-many': (c) => Array.from({ length: 100 }, (_, i) => c.logger.info(`record ${i}`)),
    '/log-below': (c) => c.logger.info('x'.repeat(3900)),
};

const OTHERS = {
    '/count': (c) => String(++c.userData.count),
    '/print': () => {
        console.log('printed, not logged');
        return 'printed';
    },
    '/replace': (c, e) => {
        c.userData = { replaced: e.body.toString() };
        c.added = 'a member of my own';
        return 'replaced';
    },
    '/replaced': (c) => ({ ...c.userData, added: c.added, own: c.own }),
    '/members': (c) => Object.keys(c),
    '/required': () => String(require('./beside').required()),
    '/package': () => require('in-node-modules').name,
    '/imported': async () => (await import('./module.mjs')).default,
};

exports.handler = async (context, event) => {
    if (LOGS[event.path]) {
        LOGS[event.path](context);
        return 'logged';
    }
    if (OTHERS[event.path]) return OTHERS[event.path](context, event);
    return {
        inits: seen.inits,
        userData: seen.userData,
        workerId: context.workerId,
        trigger: context.trigger,
        platform: { kind: context.platform.kind, namespace: context.platform.namespace },
        cwd: process.cwd() === __dirname,
        token: process.env.NUCLEON_TOKEN === undefined,
        environment: Object.fromEntries((event.fields.environment || '').split(',').map((name) => [name, process.env[name]])),
    };
};
