// Roman numbers: POST 1984. An ES module that imports a package from node_modules, a file of its own, and one of Node.js's modules.

import assert from 'node:assert';
import { roman } from 'roman';
import { LARGEST } from '#limits';

export async function handler(context, event) {
    const number = Number(event.body.toString());
    try {
        assert(Number.isInteger(number) && number > 0 && number <= LARGEST, `send a number from 1 to ${LARGEST}`);
    } catch (refusal) {
        return [400, refusal.message];
    }
    return roman(number);
}
