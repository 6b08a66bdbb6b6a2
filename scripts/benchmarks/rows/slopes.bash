# How time grows with the number of items, the length of their strings and the width of their records: tenfold and
# hundredfold. "ours / its" is that of the smallest over this one, so that 0.10 and 0.01 are linear, and what is less is
# worse than that.

# usage: write_items COUNT LENGTH WIDTH: records of WIDTH fields beside one with a text of LENGTH bytes, as JSON Lines.
write_items() {
  awk -v count="$1" -v length_="$2" -v width="$3" 'BEGIN {
    text = "x"
    while (length(text) < length_) text = text text
    text = substr(text, 1, length_ - 1)
    for (item = 0; item < count; item++) {
      printf "{\"text\":\"%s%d\"", text, item % 10
      for (field = 0; field < width; field++) printf ",\"field%d\":%d", field, item + field
      print ",\"last\":" item % 3 "}"
    }
  }'
}

# usage: slope WORK STATEMENT SIZE…, each SIZE as the three numbers of write_items, the smallest first
slope() {
  local name=$1 statement=$2 factor=1 size
  for size in "${@:3}"; do
    # Words on purpose.
    # shellcheck disable=SC2086
    write_items $size >"$work/items-$factor.jsonl"
    if [[ -n $mittr ]]; then
      contender other "$factor ×" "$mittr" --no-config -c "open \"$work/items-$factor.jsonl\" | $statement"
    else
      skipped "$factor ×" "mittr is not built"
    fi
    factor=$((factor * 10))
  done
  compare "$name" 3
  rm -f "$work"/items-*.jsonl
}

slope "slope: items" 'where .last == 1 | count' "4000 20 5" "40000 20 5" "400000 20 5"
slope "slope: string lengths" 'where .text ends-with "7" | count' "200 1000 1" "200 10000 1" "200 100000 1"
slope "slope: record widths" 'where .last == 1 | count' "1000 20 10" "1000 20 100" "1000 20 1000"
