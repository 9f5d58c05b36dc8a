// Turns a text round. Functions of nuclio answer by the callback; here too, where no promise is needed.

exports.handler = (context, event) => {
    // By characters, not by the halves that some are made of.
    const reversed = [...event.body.toString()].reverse().join('');
    context.callback(reversed);
};
