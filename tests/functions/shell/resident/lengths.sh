#!/bin/sh
# Events by their length: LENGTH ID METHOD PATH CONTENT-TYPE, then so many bytes.
while read -r length id method path type; do
    case $path in
        /echo)
            printf '%s 200 application/octet-stream\n' "$length"
            head -c "$length"
            ;;
        /members)
            head -c "$length" >/dev/null
            text="$length $method $path $type"
            printf '%s\n%s' "${#text}" "$text"
            ;;
        /status)
            head -c "$length" >/dev/null
            printf '4 404\nnone'
            ;;
        /type)
            head -c "$length" >/dev/null
            printf '2 200 application/json; charset=utf-8\n{}'
            ;;
        /id)
            head -c "$length" >/dev/null
            printf '%s\n%s' "${#id}" "$id"
            ;;
        /wrong) printf 'no length\n' ;;
        /odd) printf '1 70000\nx' ;;
        /empty)
            head -c "$length" >/dev/null
            echo 0
            ;;
        *)
            head -c "$length" >/dev/null
            printf '%s\n%s' "${#path}" "$path"
            ;;
    esac
done
