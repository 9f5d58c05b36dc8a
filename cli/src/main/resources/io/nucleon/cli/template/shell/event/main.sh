#!/bin/sh
# Stores what an event tells, {"id": 7}. An event that fails is tried again, then dead-lettered.
set -eu
id=$(sed -n 's/.*"id"[[:space:]]*:[[:space:]]*\([0-9][0-9]*\).*/\1/p')
test -n "$id"
echo "stored $id" >&2
printf '{"stored":%s}' "$id"
