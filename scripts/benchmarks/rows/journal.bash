# Replaying a million events with a journal, from a server that answers at once. Ten times the events are to take ten times
# the time, and no more memory: 64 MB at most.
counts=(100000 1000000)
[[ -n $quick ]] && counts=(2000 20000)
for count in "${counts[@]}"; do
  start_server "$count" 0
  if [[ -n $mittr ]]; then
    contender whole mittr "$mittr" --no-config \
      -c "events list --all --limit 100 | replay --concurrency 64 --journal \"$work/journal-$count.jsonl\" | where .ok | count"
  else
    skipped mittr "not built"
  fi
  compare "replay $count events with a journal" 1 --no-warm-up
  stop_server
  rm -f "$work/journal-$count.jsonl"
done
