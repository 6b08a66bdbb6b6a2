# Start-up: the shortest program that prints `null`.
if [[ -n $mittr ]]; then contender whole mittr "$mittr" --no-config -c null; else skipped mittr "not built"; fi
if has sqlite3; then contender whole sqlite3 sqlite3 :memory: "select 'null'"; else skipped sqlite3 "not installed"; fi
if has jq; then contender whole jq jq -n null; else skipped jq "not installed"; fi
if has node; then contender whole node node -e 'console.log(null)'; else skipped node "not installed"; fi
if has python3; then contender whole python3 "$(python3 -c 'import sys; print(sys.executable)')" -c 'print("null")'; else
  skipped python3 "not installed"
fi
compare "start-up" 15
