#!/bin/sh
# Sends method, path and content type back, then the body as it comes. Headers and query are not given to commands.
printf '%s %s\n%s\n' "$NUCLIO_EVENT_METHOD" "$NUCLIO_EVENT_PATH" "${NUCLIO_EVENT_CONTENT_TYPE:-no type}"
exec cat
