#!/usr/bin/env -S jq -c -f
# Adds an order up. What is no order ends jq with a message and an exit code, which is status 500.
.items
| if type != "array" or length == 0 then error("send {\"items\": [{\"price\": 1}]}") else . end
| if all(.[]; .price | type == "number") then . else error("each item needs a number 'price'") end
| {items: length, total: (map(.price * (.count // 1)) | add)}
