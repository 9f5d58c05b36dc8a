'use strict';

/** Text from bytes that come in pieces, which may end in the middle of a character. */
class StringDecoder {
    constructor(encoding = 'utf8') {
        this.encoding = String(encoding).toLowerCase();
        const name = { utf8: 'utf-8', 'utf-8': 'utf-8', utf16le: 'utf-16le', ucs2: 'utf-16le' }[this.encoding];
        this.decoder = name === undefined ? null : new TextDecoder(name, { ignoreBOM: true });
        this.rest = Buffer.alloc(0);
    }

    write(bytes) {
        if (this.decoder !== null) return this.decoder.decode(bytes, { stream: true });
        const all = Buffer.concat([this.rest, bytes]);
        const whole = this.encoding.startsWith('base64') ? all.length - (all.length % 3) : all.length;
        this.rest = all.subarray(whole);
        return all.subarray(0, whole).toString(this.encoding);
    }

    end(bytes) {
        const text = bytes === undefined ? '' : this.write(bytes);
        return text + (this.decoder === null ? this.rest.toString(this.encoding) : this.decoder.decode());
    }
}

module.exports = { StringDecoder };
