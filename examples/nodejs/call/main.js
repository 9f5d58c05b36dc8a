// Asks the function `fibonacci` for several numbers and adds them up: POST [2, 10, 17].
//
// On a platform the other function is found by its name. On one machine, say where it is:
//
//     ./nucleon run examples/nodejs/fibonacci --port 8085
//     NUCLEON_FUNCTION_URLS=http://127.0.0.1:8085 ./nucleon run examples/nodejs/call

exports.handler = async (context, event) => {
    const numbers = JSON.parse(event.body);
    // All at once: the other function may have several workers.
    const answers = await Promise.all(
        numbers.map((number) => context.platform.callFunction('fibonacci', { body: String(number), method: 'POST' })),
    );
    const refusal = answers.find((answer) => answer.status_code !== 200);
    if (refusal !== undefined) return [502, String(refusal.body)];
    return { sum: answers.reduce((sum, answer) => sum + Number(answer.body), 0) };
};
