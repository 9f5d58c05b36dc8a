// Makes JSON of CSV, row by row: the answer is sent as it is made. The first row names the columns; fields may be quoted (RFC 4180).

function* rows(text) {
    // A field, quoted or not, and what ends it.
    const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
    let row = [];
    while (field.lastIndex < text.length) {
        const start = field.lastIndex;
        const found = field.exec(text);
        if (found === null) throw new SyntaxError(`a quote is out of place at character ${start}`);
        row.push(found[1] === undefined ? found[2] : found[1].replaceAll('""', '"'));
        if (found[3] === ',') continue;
        yield row;
        row = [];
    }
    if (row.length !== 0) yield [...row, ''];
}

function* objects(text) {
    const all = rows(text);
    const names = all.next().value ?? [];
    let separator = '[';
    for (const row of all) {
        yield separator + JSON.stringify(Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
        separator = ',\n';
    }
    yield separator === '[' ? '[]' : ']';
}

exports.handler = async (context, event) => new context.Response(objects(event.body.toString()), null, 'application/json');
