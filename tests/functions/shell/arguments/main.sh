#!/bin/sh
# How many arguments, and each of them in brackets.
printf '%s' "$#"
for argument; do printf '[%s]' "$argument"; done
