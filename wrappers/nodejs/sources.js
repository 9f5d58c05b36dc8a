'use strict';
// Which files the handler was made of: whoever serves it anew when one of them is saved has to know them.

const fs = require('node:fs');
const path = require('node:path');

const MOST = 500;
const LARGEST = 1 << 20;
const OURS = __dirname + path.sep;
const INSTALLED = `${path.sep}node_modules${path.sep}`;
// Node keeps no list of ES modules that a program could read: their own words for what they import are followed.
const IMPORT = /\b(?:import|export)\b[^'"`;]*?['"](\.{1,2}\/[^'"]+)['"]/g;

/**
 * Absolute paths of the modules loaded so far, without what was installed and the wrapper's own.
 *
 * @param {string} entry the handler's file
 * @returns {string[]}
 */
function loadedFiles(entry) {
    const files = new Set(Object.keys(require.cache ?? {}).filter(isUsers));
    follow(entry, files, new Set());
    return [...files].slice(0, MOST);
}

function isUsers(file) {
    return path.isAbsolute(file) && !file.startsWith(OURS) && !file.includes(INSTALLED);
}

function follow(file, files, seen) {
    if (seen.has(file) || seen.size >= MOST || !isUsers(file)) return;
    seen.add(file);
    let text;
    try {
        if (fs.statSync(file).size > LARGEST) return;
        text = fs.readFileSync(file, 'utf8');
    } catch (failure) {
        return; // named by something that only looks like an import
    }
    files.add(file);
    for (const [, name] of text.matchAll(IMPORT)) follow(path.resolve(path.dirname(file), name), files, seen);
}

module.exports = { loadedFiles };
