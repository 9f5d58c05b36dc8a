'use strict';
// The least that a server on Node's own http module does: what Node.js functions are measured with. `node bare.js PORT`

const http = require('node:http');

const server = http.createServer((request, response) => response.writeHead(200, { 'content-type': 'text/plain' }).end());
server.listen(Number(process.argv[2]), '127.0.0.1');
