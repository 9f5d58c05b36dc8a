#!/bin/sh
# guard.sh MARKER: waits until the processor, which holds the other end of standard input, is gone, then ends every process that has
# MARKER (NAME=value) in its environment. It starts with that itself only as an argument, so it never finds itself.
set -eu

marker=$1
trap '' HUP INT QUIT TERM

while read -r _; do :; done

# A process that forks while it is looked for is found in the next round; one that can't be ended (it hangs in the kernel) is left after
# some rounds. Two empty ones in a row: a program that is just being loaded shows no environment for some microseconds.
empty=0
rounds=0
while [ "$empty" -lt 2 ] && [ "$rounds" -lt 200 ]; do
    rounds=$((rounds + 1))
    found=$(grep -lsF -- "$marker" /proc/[0-9]*/environ 2>/dev/null || :)
    if [ -z "$found" ]; then
        empty=$((empty + 1))
        continue
    fi
    empty=0
    for environment in $found; do
        pid=${environment#/proc/}
        kill -KILL "${pid%/environ}" 2>/dev/null || :
    done
done
