#!/bin/sh
# Waits for something slow without holding others up: POST /TABLE with a name.
#
# Each event is a process, and `numWorkers` in function.yaml says how many run at once. Here two callers wait for each other, which shows
# that both do: the first one makes a named pipe and reads from it, the second one finds it and writes its name.
set -eu

table=table-$(printf '%s' "${NUCLIO_EVENT_PATH#/}" | tr -cd 0-9)
if mkfifo -m 600 "$table" 2>/dev/null; then
    trap 'rm -f "$table"' EXIT
    printf '%s came' "$(cat "$table")"
else
    cat >"$table"
    printf 'you made the pair'
fi
