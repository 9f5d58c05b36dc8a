#!/bin/sh
# Every form in which a script may answer; the path names the form. What every language can answer comes first.
set -eu

case $NUCLIO_EVENT_PATH in
    /text) printf 'a text' ;;
    /echo) exec cat ;;
    /echo-part) head -c 4 ;;
    /raise)
        echo 'it went wrong' >&2
        exit 1
        ;;
    /raise-unicode)
        printf 'schön 🎉'
        exit 3
        ;;
    /both)
        echo 'to output'
        echo 'to error' >&2
        echo 'to output again'
        ;;
    /fail-both)
        echo 'to output'
        echo 'to error' >&2
        exit 7
        ;;
    /signal) kill -KILL $$ ;;
    /nothing) ;;
    /octets) printf '\000\377\376' ;;
    /unread) echo 'did not read' ;;
    /large)
        head -c 10000000 /dev/zero | tr '\0' x
        ;;
    /large-fail)
        head -c 3000000 /dev/zero | tr '\0' x
        exit 1
        ;;
    /endless)
        while :; do
            echo 'a line of some length, again and again, so that a reader sees that it has no end'
        done
        ;;
    /hang) exec sleep 3600 ;;
    /hang-stubborn)
        trap '' TERM INT HUP
        while :; do sleep 3600; done
        ;;
    /hang-closed)
        exec >&- 2>&- </dev/null
        exec sleep 3600
        ;;
    /closed)
        printf 'closed early'
        exec >&- 2>&-
        exit 0
        ;;
    /closed-fail)
        printf 'closed early'
        exec >&- 2>&-
        exit 4
        ;;
    /held)
        sleep 60 &
        printf 'left one behind'
        ;;
    /background)
        sleep 60 >/dev/null 2>&1 &
        printf 'left a quiet one behind'
        ;;
    /descriptors) exec ls /proc/self/fd ;;
    /ignored) grep -E '^Sig(Blk|Ign):' /proc/self/status | tr '\t\n' '  ' ;;
    /where) [ -f main.sh ] && printf here ;;
    /group) cut -d ' ' -f 1,5,6 /proc/self/stat ;;
    *)
        echo "no answer for $NUCLIO_EVENT_PATH"
        exit 1
        ;;
esac
