// Fails in the two ways there are: by an answer with a status of its own, and by an exception (or a promise that is rejected), which
// is a 500. The difference matters for streams: an answer counts as done whatever its status, an exception does not.

exports.handler = async (context, event) => {
    if (event.path !== '/divide') return [404, `nothing at ${event.path}`];
    const { by = '' } = event.fields;
    if (!/^-?\d+$/.test(by)) return [400, "'by' must be a whole number"];
    if (Number(by) === 0) throw new RangeError('division by zero');
    return { result: 100 / Number(by) };
};
