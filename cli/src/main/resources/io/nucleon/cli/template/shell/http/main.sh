#!/bin/sh
# Greets whom the body names: POST Ada.
set -eu
name=$(cat)
echo "greeting ${name:-world}" >&2
printf 'Hello, %s!' "${name:-world}"
