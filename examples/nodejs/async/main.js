// Waits for something slow without holding the worker up.
// `mode: async` in function.yaml lets one worker have many events in flight; without it a worker handles one event at a time, also
// where the handler returns a promise. Here two callers wait for each other, which shows that both are in flight.

const waiting = new Map();

exports.handler = async (context, event) => {
    const { table = '1', name = '?' } = event.fields;
    const meet = waiting.get(table);
    if (meet === undefined) {
        const partner = await new Promise((resolve) => waiting.set(table, resolve));
        return `${partner} came`;
    }
    waiting.delete(table);
    meet(name);
    return 'you made the pair';
};
