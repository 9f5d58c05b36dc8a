'use strict';

const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = require('nucleon:loop');

module.exports = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate };
Object.defineProperty(module.exports, 'promises', { get: () => require('node:timers/promises'), enumerable: true });
