# Filtering 200,000 events, 102 MB of JSON Lines.
file=$work/events.jsonl
"$bin/generate-events" 200000 >"$file"

if [[ -n $mittr ]]; then
  contender whole mittr "$mittr" --no-config \
    -c "open $file | where .status == \"failed\" and .payload.amount > 15000 | get .id"
else
  skipped mittr "not built"
fi
query="select id from read_json('$file', format = 'newline_delimited') where status = 'failed' and payload.amount > 15000"
if has duckdb; then
  contender whole DuckDB duckdb -noheader -list -c "$query"
elif python3 -c 'import duckdb' 2>/dev/null; then
  contender whole "DuckDB (Python)" python3 -c 'import duckdb, sys
for row in duckdb.sql(sys.argv[1]).fetchall(): print(row[0])' "$query"
else
  skipped DuckDB "not installed"
fi
for library in orjson json; do
  if python3 -c "import $library" 2>/dev/null; then
    contender whole "Python, $library" python3 "$here/peers/filter.py" "$library" "$file"
  else
    skipped "Python, $library" "not installed"
  fi
done
if has node; then contender whole node node "$here/peers/filter.mjs" "$file"; else skipped node "not installed"; fi
if has jq; then
  contender whole jq jq -r 'select(.status == "failed" and .payload.amount > 15000) | .id' "$file"
else
  skipped jq "not installed"
fi
compare "filter 200,000 events" 3
