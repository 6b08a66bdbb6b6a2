# Paging through 100,000 events, 100 to a page, from a server that answers from memory.
list='events list --all --limit 100 | get .id'

start_server 100000 0
if [[ -n $mittr ]]; then contender whole mittr "$mittr" --no-config -c "$list"; else skipped mittr "not built"; fi
if has node; then contender whole "Node's fetch" node "$here/peers/pages.mjs"; else skipped "Node's fetch" "not installed"; fi
if has curl; then
  contender other "curl, one connection" curl -sS "$MITTR_BASE_URL/api/v1/events?limit=100&cursor=[0-99900:100]"
else
  skipped "curl, one connection" "not installed"
fi
compare "page through 100,000 events" 5
stop_server

# The size must not grow with the length of the list.
if [[ -n $mittr ]]; then
  for count in 10000 1000000; do
    start_server "$count" 0
    contender whole mittr "$mittr" --no-config -c "$list | count"
    compare "page through $count events" 1 --no-warm-up
    stop_server
  done
fi
