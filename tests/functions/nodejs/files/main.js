'use strict';
// Answers with files.

const fs = require('node:fs');
const path = require('node:path');

const FOLDER = path.join(__dirname, 'data');

exports.initContext = () => {
    fs.mkdirSync(FOLDER, { recursive: true });
    for (const [name, text] of Object.entries({ small: 'a small file', once: 'sent once', empty: '' })) {
        fs.writeFileSync(path.join(FOLDER, name), text);
    }
    fs.writeFileSync(path.join(FOLDER, 'large'), Buffer.alloc(1 << 20, 'large '));
};

exports.handler = async (context, event) => {
    const name = event.path.replace(/^\/+|\/+$/g, '');
    const file = event.fields.at || (name === 'folder' ? FOLDER : path.join(FOLDER, name));
    if ('exists' in event.fields) return fs.existsSync(file) ? 'True' : 'False';
    const headers = { [event.fields.spelling || 'X-nuclio-filestream-path']: file, 'X-Beside': 'kept' };
    if ('delete' in event.fields) headers['X-nuclio-filestream-delete-after-send'] = 'true';
    if ('echo' in event.fields) return new context.Response('echoed', event.headers);
    if ('status' in event.fields) return new context.Response('', headers, 'text/csv', Number(event.fields.status));
    return new context.Response('not this', headers);
};
