#!/bin/sh
# Divides 100 by the body. An exit code other than 0 is status 500, with what was printed.
by=$(cat)
case $by in
    '' | *[!0-9]*)
        echo "send a whole number"
        exit 2
        ;;
esac
echo $((100 / by))
