#!/bin/sh
# Members of a CloudEvent are variables; its data is standard input.
printf '%s %s: %s' "$NUCLIO_EVENT_TYPE" "$NUCLIO_EVENT_ID" "$(cat)"
