'use strict';
// A piece of the benches' work by Node.js alone: bare.js WORK SECONDS WARM_UP; a line of JSON says what it cost.

const { readFileSync } = require('node:fs');
const { WORK } = require('./main.js');

/** CPU µs for one, and how many there were. */
function run(work, body, seconds) {
    const end = performance.now() + seconds * 1000;
    const before = process.cpuUsage();
    let count = 0;
    while (performance.now() < end) {
        work(body);
        count++;
    }
    const { user, system } = process.cpuUsage(before);
    return [(user + system) / count, count];
}

const [name, seconds, warmUp] = process.argv.slice(2);
const body = readFileSync(0);
const answer = WORK[name](body);
run(WORK[name], body, Number(warmUp));
const [micros, count] = run(WORK[name], body, Number(seconds));
console.log(JSON.stringify({ micros, count, answer }));
