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

function nbody() {
    const xs = [0.0, 4.84143144246472, 8.34336671824458, 12.8943695621391, 15.3796971148509];
    const ys = [0.0, -1.16032004402743, 4.1247985641243, -15.1111514016986, -25.9193146099879];
    const zs = [0.0, -0.103622044471123, -0.403523417114321, -0.223307578892656, 0.179258772950371];
    const us = [0.0, 0.606326392995832, -1.01077434617879, 1.08279100644154, 0.979090732243898];
    const vs = [0.0, 2.81198684491626, 1.82566237123041, 0.868713018169608, 0.594698998647676];
    const ws = [0.0, -0.0252183616598876, 0.00841576137658415, -0.0108326374013636, -0.03475595550454];
    const ms = [39.4784176043574, 0.0376936749096657, 0.0112863261319687, 0.00172372405705971, 0.00203368686992463];
    for (let step = 0; step < 2000; step++) {
        for (let i = 0; i < 5; i++) {
            for (let j = i + 1; j < 5; j++) {
                const dx = xs[i] - xs[j];
                const dy = ys[i] - ys[j];
                const dz = zs[i] - zs[j];
                const square = dx * dx + dy * dy + dz * dz;
                const pull = 0.01 / (square * Math.sqrt(square));
                const mi = ms[i] * pull;
                const mj = ms[j] * pull;
                us[i] -= dx * mj;
                vs[i] -= dy * mj;
                ws[i] -= dz * mj;
                us[j] += dx * mi;
                vs[j] += dy * mi;
                ws[j] += dz * mi;
            }
        }
        for (let i = 0; i < 5; i++) {
            xs[i] += 0.01 * us[i];
            ys[i] += 0.01 * vs[i];
            zs[i] += 0.01 * ws[i];
        }
    }
    let energy = 0;
    for (let i = 0; i < 5; i++) energy += 0.5 * ms[i] * (us[i] * us[i] + vs[i] * vs[i] + ws[i] * ws[i]);
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
