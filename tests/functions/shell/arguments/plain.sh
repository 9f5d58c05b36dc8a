if [ a == a ]; then printf 'a shell that takes both'; fi
