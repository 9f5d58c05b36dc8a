// Packs and unpacks with gzip: a body is a Buffer, and a Buffer is an answer.

const { promisify } = require('node:util');
const zlib = require('node:zlib');

const gzip = promisify(zlib.gzip);
const gunzip = promisify(zlib.gunzip);

exports.handler = async (context, event) => {
    if (event.path !== '/unpack') return new context.Response(await gzip(event.body), null, 'application/gzip');
    try {
        return new context.Response(await gunzip(event.body), null, 'application/octet-stream');
    } catch (error) {
        return [400, `no gzip: ${error.message}`];
    }
};
