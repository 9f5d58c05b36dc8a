#!/bin/sh
# With stderr: log, each line of standard error is a record of the event.
echo "order came" >&2
echo "stock is low" >&2
printf logged
