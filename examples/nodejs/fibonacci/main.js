// The Nth Fibonacci number: POST the N.

exports.handler = async (context, event) => {
    const body = event.body.toString().trim();
    if (!/^\d+$/.test(body) || Number(body) > 1000) return [400, 'send a number from 0 to 1000'];
    let [first, second] = [0n, 1n];
    for (let i = 0; i < Number(body); i++) [first, second] = [second, first + second];
    return String(first);
};
