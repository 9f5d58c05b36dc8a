// Draws the Mandelbrot set: GET /?width=60. Loops over numbers are what code in the processor is compiled for: after some events it is
// machine code.

const STEPS = 200;
const SHADES = ' .:-=+*#%@';

/** Steps until a point escapes; STEPS if it does not. */
function steps(cr, ci) {
    let [zr, zi] = [0, 0];
    for (let step = 0; step < STEPS; step++) {
        if (zr * zr + zi * zi > 4) return step;
        const next = zr * zr - zi * zi + cr;
        zi = 2 * zr * zi + ci;
        zr = next;
    }
    return STEPS;
}

exports.handler = async (context, event) => {
    const width = Number(event.fields.width ?? 60);
    if (!(width >= 1 && width <= 500)) return [400, 'width is a number from 1 to 500'];
    const height = Math.ceil(width / 3);
    let picture = '';
    for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
            const found = steps((3 * column) / width - 2, (2 * row) / height - 1);
            picture += SHADES[Math.floor((found * (SHADES.length - 1)) / STEPS)];
        }
        picture += '\n';
    }
    return picture;
};
