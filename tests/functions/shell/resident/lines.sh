#!/bin/sh
# An event a line, an answer a line, and a count that lives from event to event.
count=0
while IFS= read -r line; do
    count=$((count + 1))
    case $line in
        hang) sleep 3600 ;;
        die) exit 3 ;;
        kill) kill -KILL $$ ;;
        deaf) exec sleep 3600 >&- ;;
        twice) printf 'one\ntwo\n' ;;
        log) echo 'to the log' >&2 && echo logged ;;
        none) echo ;;
        *) printf '%s %s\n' "$count" "$line" ;;
    esac
done
