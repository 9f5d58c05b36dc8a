#!/usr/bin/env -S awk -f
# A table as CSV in, a JSON list of objects out; quoted fields may hold commas, doubled quotes and line ends.
BEGIN { printf "[" }

{
    record = held == "" ? $0 : held "\n" $0
    if (gsub(/"/, "\"", record) % 2) { # a quote is open: the record goes on in the next line
        held = record
        next
    }
    held = ""
    sub(/\r$/, "", record)
    count = cut(record, fields)
    if (!names) {
        names = count
        for (i = 1; i <= count; i++) name[i] = fields[i]
        next
    }
    printf "%s{", (rows++ ? "," : "")
    for (i = 1; i <= names; i++) printf "%s%s:%s", (i > 1 ? "," : ""), quoted(name[i]), value(fields[i])
    printf "}"
}

END {
    print "]"
    if (held != "") {
        print "a quote is never closed" >"/dev/stderr"
        exit 1
    }
}

# Takes a record apart; returns how many fields it has.
function cut(record, fields,    count, field, i, char, inside) {
    delete fields
    count = 1
    field = ""
    for (i = 1; i <= length(record); i++) {
        char = substr(record, i, 1)
        if (char == "\"" && inside && substr(record, i + 1, 1) == "\"") {
            field = field char
            i++
        } else if (char == "\"") {
            inside = !inside
        } else if (char == "," && !inside) {
            fields[count++] = field
            field = ""
        } else {
            field = field char
        }
    }
    fields[count] = field
    return count
}

function value(text) {
    return text ~ /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/ ? text : quoted(text)
}

function quoted(text) {
    gsub(/\\/, "\\\\", text)
    gsub(/"/, "\\\"", text)
    gsub(/\t/, "\\t", text)
    gsub(/\n/, "\\n", text)
    gsub(/\r/, "\\r", text)
    return "\"" text "\""
}
