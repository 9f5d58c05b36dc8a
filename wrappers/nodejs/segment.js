'use strict';
// The memory that processor and worker share: opened, mapped where that can be had, its header checked. Unmapped by the end of the
// process only. JavaScript has no mmap, so mapping needs koffi (an npm package with prebuilt binaries); without it there are no rings.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { createRequire } = require('node:module');

const layout = require('./layout');
const { PROTOCOL_VERSION, Violation } = require('./errors');

const PROT_READ_WRITE = 1 | 2;
const MAP_SHARED = 1;
const MAP_FAILED = (1n << 64n) - 1n;
const ARCHITECTURES = ['x64', 'arm64'];
const CLAIMED = layout.REQUEST_INDICES + layout.CLAIMED;

let koffi;

/** koffi beside the wrapper, or beside the function whose folder is the current one; null if there is none. */
function loadKoffi() {
    if (koffi !== undefined) return koffi;
    koffi = null;
    for (const folder of [__dirname, process.cwd()]) {
        try {
            koffi = createRequire(path.join(folder, 'index.js'))('koffi');
            break;
        } catch (failure) {
            // not installed, or not for this machine: the next place, or none
        }
    }
    return koffi;
}

/** Empty if this Node may use rings, else the reason. */
function whyNoRings() {
    if (!ARCHITECTURES.includes(process.arch) || os.endianness() !== 'LE') {
        return `the memory order of ${process.arch} is not covered by the tests`;
    }
    if (loadKoffi() === null) return `Node.js can't map memory without the package koffi: npm install --prefix ${__dirname}`;
    return '';
}

/** Maps `size` bytes of the descriptor. */
function map(fd, size) {
    const library = loadKoffi().load(null);
    const mmap = library.func('void *mmap(void *, size_t, int, int, int, long)');
    const address = mmap(null, size, PROT_READ_WRITE, MAP_SHARED, fd, 0);
    if (address === null || BigInt.asUintN(64, BigInt(address)) === MAP_FAILED) {
        throw new Violation(`the segment of ${size} bytes can't be mapped (errno ${loadKoffi().errno()})`);
    }
    return loadKoffi().view(address, size);
}

/**
 * A segment whose header is in order. `memory` is null when it is not mapped.
 *
 * @typedef {{offset: number, size: number}} Area
 */
class Segment {
    /**
     * Opens `file` and maps it if it may. Violation if it is no segment of ours.
     *
     * @param {string} file
     * @param {number} size
     * @param {number} epoch
     */
    constructor(file, size, epoch) {
        this.fd = open(file);
        const there = fs.fstatSync(this.fd).size;
        if (size < layout.SEGMENT_HEADER_LENGTH || size % 8 !== 0 || there < size) {
            throw new Violation(`the segment can't be mapped: ${size} bytes announced, ${there} there`);
        }
        const header = Buffer.alloc(layout.SEGMENT_HEADER_LENGTH);
        fs.readSync(this.fd, header, 0, header.length, 0);
        [this.requestRing, this.responseRing, this.requestArena, this.responseArena] = checkHeader(header, size, epoch);
        this.chunk = header.readUInt32LE(layout.ARENA_CHUNK_SIZE);
        checkAreas(this, size);
        /** @type {ArrayBuffer|null} */
        this.memory = whyNoRings() === '' ? map(this.fd, size) : null;
    }

    /** A function that stores `claimed`. Needs no order: it is read after this process has ended. */
    claimedWriter() {
        if (this.memory !== null) {
            const word = new BigInt64Array(this.memory, CLAIMED, 1);
            return (position) => {
                word[0] = BigInt(position);
            };
        }
        const bytes = Buffer.alloc(8);
        return (position) => {
            bytes.writeUInt32LE(position % 0x100000000, 0);
            bytes.writeUInt32LE(position / 0x100000000, 4);
            fs.writeSync(this.fd, bytes, 0, 8, CLAIMED);
        };
    }
}

function open(file) {
    try {
        return fs.openSync(file, 'r+');
    } catch (failure) {
        throw new Violation(`the segment ${file} can't be opened: ${failure.message}`);
    }
}

/** @returns {Area[]} */
function checkHeader(header, size, epoch) {
    const said = Number(header.readBigUInt64LE(layout.SEGMENT_SIZE));
    const headerSize = header.readUInt32LE(layout.SEGMENT_HEADER_SIZE);
    if (header.latin1Slice(0, 8) !== layout.MAGIC || headerSize !== layout.SEGMENT_HEADER_LENGTH || said !== size) {
        throw new Violation("the segment's header is not that of a segment");
    }
    const major = header.readUInt16LE(layout.SEGMENT_MAJOR);
    if (major !== layout.MAJOR) {
        throw new Violation(`the segment has layout ${major}, this wrapper speaks ${layout.MAJOR}`, PROTOCOL_VERSION);
    }
    const theirs = Number(header.readBigUInt64LE(layout.SEGMENT_EPOCH));
    if (theirs !== epoch) throw new Violation(`the segment is of epoch ${theirs}, this worker of epoch ${epoch}`);
    return [0, 1, 2, 3].map((i) => ({
        offset: Number(header.readBigUInt64LE(layout.SEGMENT_AREAS + 16 * i)),
        size: Number(header.readBigUInt64LE(layout.SEGMENT_AREAS + 16 * i + 8)),
    }));
}

function checkAreas(segment, size) {
    const rings = [segment.requestRing, segment.responseRing];
    for (const area of [...rings, segment.requestArena, segment.responseArena]) {
        if (area.size !== 0 && (area.offset < layout.SEGMENT_HEADER_LENGTH || area.offset + area.size > size)) {
            throw new Violation('an area of the segment lies outside it');
        }
    }
    for (const ring of rings) {
        const powerOfTwo = Number.isInteger(Math.log2(ring.size));
        if (ring.size !== 0 && (!powerOfTwo || ring.offset % layout.ALIGNMENT !== 0 || ring.size < layout.ALIGNMENT)) {
            throw new Violation('a ring of the segment has no power of two as size or is not aligned');
        }
    }
    if (segment.responseArena.size !== 0 && (segment.chunk === 0 || segment.chunk % layout.ALIGNMENT !== 0)) {
        throw new Violation(`the arena's chunks have ${segment.chunk} bytes`);
    }
}

module.exports = { Segment, loadKoffi, whyNoRings };
