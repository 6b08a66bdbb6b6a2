# Replaying 10,000 events against a server that takes 5 ms for each. Node's loop takes a minute, so there is one round.
start_server 10000 5
if [[ -n $mittr ]]; then
  contender whole mittr "$mittr" --no-config \
    -c 'events list --all --limit 100 | replay --concurrency 64 | where .ok | count'
else
  skipped mittr "not built"
fi
if has wrk; then
  contender itself "wrk, 64 connections" bash "$here/peers/replay-wrk.bash" 10000
else
  skipped "wrk, 64 connections" "not installed"
fi
if has node; then contender whole "Node's loop" node "$here/peers/replay.mjs"; else skipped "Node's loop" "not installed"; fi
compare "replay 10,000 events" 1 --no-warm-up
stop_server
