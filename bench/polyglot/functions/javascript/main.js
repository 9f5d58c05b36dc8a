'use strict';
// Work for the benches, the same as in main.py: each path is one piece of it, and the answer says what came out.

function transform(body) {
    const totals = {};
    for (const order of JSON.parse(body.toString()).orders) {
        let total = 0;
        for (const line of order.lines) total += line.price * line.count;
        const entry = (totals[order.customer] ??= { orders: 0, total: 0 });
        entry.orders += 1;
        entry.total += total;
    }
    return JSON.stringify({ customers: totals });
}

function mandelbrot() {
    let inside = 0;
    for (let row = 0; row < 160; row++) {
        const ci = (2.0 * row) / 160 - 1.0;
        for (let column = 0; column < 160; column++) {
            const cr = (3.0 * column) / 160 - 2.0;
            let zr = 0.0;
            let zi = 0.0;
            let step = 0;
            while (step < 50 && zr * zr + zi * zi <= 4.0) {
                const next = zr * zr - zi * zi + cr;
                zi = 2.0 * zr * zi + ci;
                zr = next;
                step++;
            }
            if (step === 50) inside++;
        }
    }
    return String(inside);
}

function bodies() {
    return [
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.4784176043574],
        [4.84143144246472, -1.16032004402743, -0.103622044471123, 0.606326392995832, 2.81198684491626, -0.0252183616598876, 0.0376936749096657],
        [8.34336671824458, 4.1247985641243, -0.403523417114321, -1.01077434617879, 1.82566237123041, 0.00841576137658415, 0.0112863261319687],
        [12.8943695621391, -15.1111514016986, -0.223307578892656, 1.08279100644154, 0.868713018169608, -0.0108326374013636, 0.00172372405705971],
        [15.3796971148509, -25.9193146099879, 0.179258772950371, 0.979090732243898, 0.594698998647676, -0.03475595550454, 0.00203368686992463],
    ].map(([x, y, z, vx, vy, vz, mass]) => ({ x, y, z, vx, vy, vz, mass }));
}

function nbody() {
    const all = bodies();
    for (let step = 0; step < 20000; step++) {
        for (let i = 0; i < all.length; i++) {
            const a = all[i];
            for (let j = i + 1; j < all.length; j++) {
                const b = all[j];
                const dx = a.x - b.x;
                const dy = a.y - b.y;
                const dz = a.z - b.z;
                const square = dx * dx + dy * dy + dz * dz;
                const pull = 0.01 / (square * Math.sqrt(square));
                const ma = a.mass * pull;
                const mb = b.mass * pull;
                a.vx -= dx * mb;
                a.vy -= dy * mb;
                a.vz -= dz * mb;
                b.vx += dx * ma;
                b.vy += dy * ma;
                b.vz += dz * ma;
            }
        }
        for (const one of all) {
            one.x += 0.01 * one.vx;
            one.y += 0.01 * one.vy;
            one.z += 0.01 * one.vz;
        }
    }
    let energy = 0;
    for (const one of all) energy += 0.5 * one.mass * (one.vx * one.vx + one.vy * one.vy + one.vz * one.vz);
    return energy.toFixed(9);
}

function build() {
    const parts = [];
    for (let number = 0; number < 20000; number++) parts.push('item-' + String(number) + ';');
    const text = parts.join('');
    return String(text.toUpperCase().replaceAll('ITEM', 'thing').split(';').length);
}

exports.WORK = { empty: () => '', transform, mandelbrot, nbody, build };

exports.handler = (context, event) => {
    context.callback(exports.WORK[event.path.slice(1) || 'empty'](event.body));
};
