#!/bin/sh
# The number of Fibonacci at that place; for `call` to ask.
n=$(cat)
case $n in
    '' | *[!0-9]* | ???*)
        echo "send a number from 0 to 90"
        exit 1
        ;;
esac
a=0 b=1
while [ "$n" -gt 0 ]; do
    b=$((a + b))
    a=$((b - a))
    n=$((n - 1))
done
printf '%s' "$a"
