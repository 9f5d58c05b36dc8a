#!/usr/bin/env python3
import sys

read, write, flush = sys.stdin.readline, sys.stdout.write, sys.stdout.flush
while line := read():
    write(line)
    flush()
