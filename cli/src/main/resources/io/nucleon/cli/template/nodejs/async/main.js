// Greets after a wait, many events at once: mode: async in function.yaml lets 16 of them be open in a worker.

const { setTimeout } = require('node:timers/promises');

exports.handler = async (context, event) => {
    const name = event.fields.name || 'world';
    await setTimeout(10); // a database, another service
    return `Hello, ${name}!`;
};
