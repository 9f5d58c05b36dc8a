'use strict';
// Loaded once, as `require` does.

let times = 0;

exports.required = () => ++times;
