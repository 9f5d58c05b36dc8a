'use strict';
// Takes batches; the first event's path says how the answers are given.

function answer(context, events, event, index) {
    const response = new context.Response({ size: events.length, index, body: event.body.toString() });
    response.status_code = 201;
    response.event_id = event.id;
    return response;
}

exports.handler = (context, events) => {
    if (!Array.isArray(events)) return context.callback('no batch');
    const [{ path }] = events;
    if (path === '/raise') throw new TypeError('the whole batch');
    const answers = events.map((event, index) => answer(context, events, event, index));
    if (path === '/reverse') answers.reverse();
    if (path === '/short') answers.shift();
    if (path === '/unnamed') delete answers[0].event_id;
    if (path === '/strange') answers.push(Object.assign(new context.Response('whose?'), { event_id: 'nobody' }));
    return context.callback(answers);
};
