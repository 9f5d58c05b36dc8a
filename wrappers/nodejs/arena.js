'use strict';
// Which parts of the response arena are in use. The writer's private book: nothing of it is in shared memory.

/**
 * Runs of whole chunks, given out in a circle and taken back in the same order, since the response ring's tail passes the frames
 * in order.
 */
class ResponseArena {
    /** @param {{offset: number, size: number}} area @param {number} chunk size in bytes */
    constructor(area, chunk) {
        this._offset = area.offset;
        this._chunk = chunk;
        this._count = chunk === 0 ? 0 : Math.floor(area.size / chunk);
        this._next = 0;
        this._free = this._count;
        /** Position of each run's frame, and the chunks to give back, skipped ones with them. @type {{position: number, chunks: number}[]} */
        this._runs = [];
    }

    /** Whether a body of so many bytes fits an empty arena at all. */
    fits(size) {
        return size <= this._count * this._chunk;
    }

    /**
     * The segment offset of a run for a body whose frame will lie at `position`; −1 while there is no room.
     *
     * @param {number} size
     * @param {number} tail of the response ring
     * @param {number} position
     */
    claim(size, tail, position) {
        while (this._runs.length !== 0 && this._runs[0].position < tail) {
            this._free += this._runs[0].chunks;
            this._runs.shift();
        }
        if (this._runs.length === 0) {
            this._next = 0;
            this._free = this._count;
        }
        const chunks = Math.ceil(size / this._chunk);
        const wraps = this._next + chunks > this._count;
        // none is left to skip when the last run ended with the arena
        const skipped = wraps ? this._count - this._next : 0;
        if (chunks + skipped > this._free) return -1;
        const start = wraps ? 0 : this._next;
        this._next = start + chunks;
        this._free -= chunks + skipped;
        this._runs.push({ position, chunks: chunks + skipped });
        return this._offset + start * this._chunk;
    }
}

module.exports = { ResponseArena };
