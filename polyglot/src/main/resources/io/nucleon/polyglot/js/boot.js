'use strict';
// Starts a worker's JavaScript: what Node.js has and JavaScript lacks becomes global, then the wrapper of Node.js runs, with a connection
// that is the host's. The value is a function that does what is due and says for how many nanoseconds there is nothing to do: −1 for
// ever, 0 for not at all, as promises may have left more.
(function boot(host) {
    // What only we may call.
    const graal = globalThis.Graal;
    delete globalThis.Graal;

    const modules = new Map();
    // Files of the wrapper that are other ones here.
    const replaced = new Map([
        ['./connection', 'connection'],
        ['./frame', 'frame'],
    ]);

    /** A module of ours: 'node/fs', 'connection'. Null if there is none. */
    function builtin(name) {
        return load(name, () => host.builtin(name), `nucleon:${name}`);
    }

    function wrapperFile(name) {
        const file = `${name.slice(2)}.js`;
        return load(name, () => host.wrapper(file), `${host.settings.wrapperFolder}/${file}`);
    }

    function load(key, source, filename) {
        const known = modules.get(key);
        if (known !== undefined) return known.exports;
        const run = source();
        if (run === null) return null;
        const module = { exports: {}, filename };
        modules.set(key, module);
        run(module.exports, internalRequire(module), module, filename, filename.slice(0, filename.lastIndexOf('/')));
        return module.exports;
    }

    function internalRequire(module) {
        const require = (name) => {
            if (name === 'nucleon:host') return host;
            if (name === 'nucleon:graal') return graal;
            if (name === 'nucleon:builtin') return builtin;
            if (name.startsWith('node:')) return builtin(`node/${name.slice(5)}`);
            if (name.startsWith('nucleon:')) return builtin(name.slice(8));
            return replaced.has(name) ? builtin(replaced.get(name)) : wrapperFile(name);
        };
        require.main = modules.get('./wrapper');
        return require;
    }

    builtin('globals').install();
    const imports = () => builtin('imports');
    host.find_modules((name, importer) => imports().placeOf(name, importer), (name) => imports().textOf(name));
    Object.defineProperty(globalThis, Symbol.for('nucleon.module'), { value: (name) => imports().made(name) });
    const loop = builtin('loop');
    const environment = process.env;
    Object.assign(environment, { NUCLEON_SOCKET: 'host', NUCLEON_TOKEN: 'host', NUCLEON_WORKER: '0' });
    // It is the main module, so it begins by itself.
    wrapperFile('./wrapper');
    for (const name of ['NUCLEON_SOCKET', 'NUCLEON_TOKEN', 'NUCLEON_WORKER']) delete environment[name];
    return loop.step;
})
