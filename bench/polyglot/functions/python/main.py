"""Work for the benches, the same as in main.js: each path is one piece of it, and the answer says what came out."""

import json


def empty(body):
    return ""


def transform(body):
    """Orders in, totals by customer out."""
    totals = {}
    for order in json.loads(body)["orders"]:
        total = sum(line["price"] * line["count"] for line in order["lines"])
        entry = totals.setdefault(order["customer"], {"orders": 0, "total": 0})
        entry["orders"] += 1
        entry["total"] += total
    return json.dumps({"customers": totals})


def mandelbrot(body):
    """Points of a grid of 160 × 160 that do not escape within 50 steps."""
    inside = 0
    for row in range(160):
        ci = 2.0 * row / 160 - 1.0
        for column in range(160):
            cr = 3.0 * column / 160 - 2.0
            zr = zi = 0.0
            step = 0
            while step < 50 and zr * zr + zi * zi <= 4.0:
                zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
                step += 1
            if step == 50:
                inside += 1
    return str(inside)


class Body:
    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x, self.y, self.z = x, y, z
        self.vx, self.vy, self.vz = vx, vy, vz
        self.mass = mass


def bodies():
    return [
        Body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 39.4784176043574),
        Body(
            4.84143144246472,
            -1.16032004402743,
            -0.103622044471123,
            0.606326392995832,
            2.81198684491626,
            -0.0252183616598876,
            0.0376936749096657,
        ),
        Body(
            8.34336671824458,
            4.1247985641243,
            -0.403523417114321,
            -1.01077434617879,
            1.82566237123041,
            0.00841576137658415,
            0.0112863261319687,
        ),
        Body(
            12.8943695621391,
            -15.1111514016986,
            -0.223307578892656,
            1.08279100644154,
            0.868713018169608,
            -0.0108326374013636,
            0.00172372405705971,
        ),
        Body(
            15.3796971148509,
            -25.9193146099879,
            0.179258772950371,
            0.979090732243898,
            0.594698998647676,
            -0.03475595550454,
            0.00203368686992463,
        ),
    ]


def nbody(body):
    """Five bodies, 20,000 steps; energy to nine digits."""
    everyone = bodies()
    for _ in range(20000):
        for i, a in enumerate(everyone):
            for b in everyone[i + 1 :]:
                dx, dy, dz = a.x - b.x, a.y - b.y, a.z - b.z
                square = dx * dx + dy * dy + dz * dz
                pull = 0.01 / (square * square**0.5)
                ma, mb = a.mass * pull, b.mass * pull
                a.vx -= dx * mb
                a.vy -= dy * mb
                a.vz -= dz * mb
                b.vx += dx * ma
                b.vy += dy * ma
                b.vz += dz * ma
        for one in everyone:
            one.x += 0.01 * one.vx
            one.y += 0.01 * one.vy
            one.z += 0.01 * one.vz
    energy = sum(0.5 * one.mass * (one.vx * one.vx + one.vy * one.vy + one.vz * one.vz) for one in everyone)
    return f"{energy:.9f}"


def build(body):
    """Twenty thousand short texts, joined, searched and turned."""
    parts = []
    for number in range(20000):
        parts.append("item-" + str(number) + ";")
    text = "".join(parts)
    return str(len(text.upper().replace("ITEM", "thing").split(";")))


WORK = {"empty": empty, "transform": transform, "mandelbrot": mandelbrot, "nbody": nbody, "build": build}


def handler(context, event):
    return WORK[event.path[1:] or "empty"](event.body)
