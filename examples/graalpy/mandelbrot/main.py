"""Draws the Mandelbrot set: GET /?width=60. Loops over numbers are what code in the processor is compiled for: after some events it is
machine code."""

import math

STEPS = 200
SHADES = " .:-=+*#%@"


def steps(cr, ci):
    """Steps until a point escapes; STEPS if it does not."""
    zr = zi = 0.0
    for step in range(STEPS):
        if zr * zr + zi * zi > 4:
            return step
        zr, zi = zr * zr - zi * zi + cr, 2 * zr * zi + ci
    return STEPS


def handler(context, event):
    width = int(event.fields.get("width", "60"))
    if not 1 <= width <= 500:
        return 400, "width is a number from 1 to 500"
    height = math.ceil(width / 3)
    rows = []
    for row in range(height):
        found = [steps(3 * column / width - 2, 2 * row / height - 1) for column in range(width)]
        rows.append("".join(SHADES[number * (len(SHADES) - 1) // STEPS] for number in found) + "\n")
    return "".join(rows)
