#!/bin/sh
# Greets whom the body names.
name=$(cat)
printf 'Hello, %s' "${name:-world}"
