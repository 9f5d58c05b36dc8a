#!/bin/sh
# Runs by the schedule in function.yaml.
set -eu
echo "running, scheduled for $NUCLIO_EVENT_TIMESTAMP" >&2
printf 'done'
