#!/bin/sh
# Handlers that are over their time.
case $NUCLIO_EVENT_PATH in
    /hang) sleep 3600 ;;
    /pid) echo $$ ;;
    *) printf '%s' "$NUCLIO_EVENT_PATH" ;;
esac
