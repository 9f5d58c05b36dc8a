#!/bin/sh
# One process for all events of a worker: the table is read once, and each line is an event.
set -eu

newline='
'
table=$newline$(cat capitals.txt)$newline
asked=0
while IFS= read -r country; do
    asked=$((asked + 1))
    rest=${table#*"$newline$country="}
    if [ "$rest" = "$table" ]; then
        echo "no capital of '$country' is known"
    else
        echo "${rest%%"$newline"*}, question $asked"
    fi
done
