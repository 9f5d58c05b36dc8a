// Takes up to three events in one call and answers each of them.
// With `batch` in function.yaml the handler gets an array; each response names its event by `event_id`.

exports.handler = async (context, events) => {
    const numbers = events.map((event) => Number(event.body));
    const sum = numbers.reduce((all, number) => all + number, 0);
    context.logger.infoWith('a batch', { size: events.length });
    return events.map((event, i) => {
        const response = new context.Response({ number: numbers[i], of: events.length, sum });
        response.event_id = event.id;
        return response;
    });
};
