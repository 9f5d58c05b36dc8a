#!/bin/sh
# How often each error occurs in a log, the most frequent first. The log is read as it comes; none of it is kept.
set -eu

grep -E '(^| )(ERROR|FATAL)( |:)' |
    sed -E 's/^.*(ERROR|FATAL):? *//; s/[0-9]+/N/g' |
    sort | uniq -c | sort -k1,1nr -k2 |
    sed -E 's/^ *([0-9]+) /\1\t/'
