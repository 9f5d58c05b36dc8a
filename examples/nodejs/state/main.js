// Knows the capitals that it loaded once, before its first event, and counts the questions.
// initContext runs once in each worker, so each of several workers has its own state.

const { readFile } = require('node:fs/promises');
const { join } = require('node:path');

exports.initContext = async (context) => {
    context.userData.capitals = JSON.parse(await readFile(join(__dirname, 'capitals.json'), 'utf8'));
    context.userData.asked = 0;
};

exports.handler = async (context, event) => {
    const { country = '' } = event.fields;
    const asked = ++context.userData.asked;
    const capital = context.userData.capitals[country];
    if (capital === undefined) return [404, `no capital of '${country}' is known`];
    return { capital, asked };
};
