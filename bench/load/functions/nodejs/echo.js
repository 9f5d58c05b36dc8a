'use strict';
// Handlers that the benches run.

exports.empty = (context, event) => {
    context.callback('');
};

exports.echo = (context, event) => {
    context.callback(event.body);
};
