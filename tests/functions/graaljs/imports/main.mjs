// What `import` finds: packages by their names, CommonJS ones too, files of either kind, and Node.js's own.

import fs from 'fs';
import { join } from 'node:path';
import plain, { twice } from 'plain';
import { greet } from 'modern';
import deep from 'modern/deep';
import { inner } from '@own/scoped';
import helper from './helper.cjs';
import { shout } from './lib/shout.js';
import own from '#own';

async function tried(name) {
    try {
        return Object.keys(await import(name)).join();
    } catch (failure) {
        return `${failure.code ?? failure.name} ${failure.message}`;
    }
}

const ANSWERS = {
    '/core': () => `${typeof fs.readFileSync} ${join('a', '..', 'b')}`,
    '/commonjs': () => `${plain.name} ${twice(21)}`,
    '/exports': () => `${greet('you')} ${deep}`,
    '/scoped': () => inner,
    '/files': () => `${helper.kind} ${shout('loud')} ${own}`,
    '/same': async () => String((await import('plain')).default === plain),
    '/missing': () => tried('nowhere'),
    '/broken': () => tried('broken'),
    '/native': () => tried('native'),
    '/net': () => tried('node:net'),
};

export const handler = async (context, event) => ANSWERS[event.path]();
