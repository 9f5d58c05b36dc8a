'use strict';
// Calls itself by `fetch`, below the address that the processor tells: two workers, as each call takes both sides.

const base = process.env.NUCLEON_FUNCTION_URLS;

const seen = (event) => ({
    method: event.method,
    path: event.path,
    type: event.content_type,
    own: event.headers['X-Own'] ?? null,
    body: event.body.toString(),
});

async function failure(address, options) {
    try {
        return `answered ${(await fetch(address, options)).status}`;
    } catch (thrown) {
        return `${thrown.name}: ${thrown.cause?.message ?? thrown.message}`;
    }
}

const CALLS = {
    '/get': async () => (await fetch(`${base}/fetch/seen`, { headers: { 'x-own': 'mine' } })).json(),
    '/post': async () => (await fetch(`${base}/fetch/seen`, { method: 'POST', body: 'a body' })).json(),
    '/form': async () => (await fetch(new Request(`${base}/fetch/seen`, { method: 'PUT', body: new URLSearchParams({ a: 'b c' }) }))).json(),
    '/bytes': async () => String(await (await fetch(`${base}/fetch/echo`, { method: 'POST', body: new Uint8Array([0, 255]) })).bytes()),
    '/status': async () => {
        const answer = await fetch(`${base}/fetch/teapot`);
        return [answer.ok, answer.status, answer.headers.get('x-kind'), await answer.text()];
    },
    '/moved': async () => {
        const answer = await fetch(`${base}/fetch/redirect`, { method: 'POST', body: 'x' });
        return [answer.redirected, new URL(answer.url).pathname, (await answer.json()).method];
    },
    '/manual': async () => (await fetch(`${base}/fetch/redirect`, { redirect: 'manual' })).status,
    '/elsewhere': () => failure('http://example.invalid/'),
    '/prefix': () => failure(`${base}@example.invalid/`),
    '/away': () => failure(`${base}/fetch/out`),
    '/aborted': () => failure(`${base}/fetch/seen`, { signal: AbortSignal.abort() }),
};

exports.handler = async (context, event) => {
    if (event.path === '/seen') return seen(event);
    if (event.path === '/echo') return event.body;
    if (event.path === '/teapot') return new context.Response('short and stout', { 'X-Kind': 'teapot' }, 'text/plain', 418);
    if (event.path === '/redirect') return new context.Response('', { Location: 'seen' }, 'text/plain', 302);
    if (event.path === '/out') return new context.Response('', { Location: 'http://example.invalid/' }, 'text/plain', 307);
    return CALLS[event.path]();
};
