#!/bin/sh
# Asks the function `fibonacci` for several numbers and adds them up: POST "2 10 17".
#
#     ./nucleon run examples/shell/fibonacci --port 8085
#     NUCLEON_FUNCTION_URLS=http://127.0.0.1:8085 ./nucleon run examples/shell/call
set -eu

url=${NUCLEON_FUNCTION_URLS:+$NUCLEON_FUNCTION_URLS/fibonacci}
sum=0
numbers=$(cat)
for number in $numbers; do
    answer=$(curl --silent --show-error --fail-with-body --max-time 10 --data "$number" "${url:-http://nuclio-fibonacci:8080}") || {
        echo "$answer"
        exit 1
    }
    sum=$((sum + answer))
done
printf '%s' "$sum"
