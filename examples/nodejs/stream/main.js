// Counts down, a line at a time: a generator's items are sent as they come, so that an answer may be larger than memory.

function* lines(start) {
    for (let number = start; number > 0; number--) yield `${number},${number * number}\n`;
}

exports.handler = async (context, event) => new context.Response(lines(Number(event.fields.from || 3)), null, 'text/csv');
