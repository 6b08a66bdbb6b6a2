# Sourced by bench: how many instructions the shell takes for its hottest paths, under callgrind, against a committed
# baseline. Unlike times these are nearly the same in each run, however busy the machine is.

baseline=$here/instructions.txt
# By how many in a hundred a count may grow.
tolerance=3

# What the counts depend on beside our sources. With another one of these they say nothing.
toolchain() {
  printf '%s; ' "$(swift --version 2>/dev/null </dev/null | sed -n 's/.*\(Swift version [^ ]*\).*/\1/p' | head -n 1)" \
    "$(getconf GNU_LIBC_VERSION 2>/dev/null)" "$(valgrind --version)"
  uname -m
}

# usage: count ARGUMENT…. Runs the shell; leaves its answer in $work/answer and prints the number of instructions.
# Neither addresses, nor the environment, nor the seed of hash tables are to play a part.
count() {
  local log=$work/log
  env -i HOME="$work" SWIFT_DETERMINISTIC_HASHING=1 MITTR_API_KEY=mtr_benchmark MITTR_BASE_URL="${url:-http://127.0.0.1:1}" \
    setarch "$(uname -m)" -R valgrind --tool=callgrind --callgrind-out-file=/dev/null --fair-sched=yes \
    "$work/mittr" --no-config "$@" >"$work/answer" 2>"$log" || give_up "mittr failed under valgrind: $(grep -v '^==' "$log" | head -n 3)"
  sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$log"
}

# usage: path NAME ANSWER ARGUMENT…. Adds a path to what was counted, having looked at what the shell answers.
path() {
  local name=$1 answer=$2 number
  number=$(count "${@:3}")
  [[ $(<"$work/answer") == "$answer" ]] || give_up "$name: mittr answered $(head -c 200 "$work/answer") in place of $answer"
  printf '%s %s\n' "$name" "$number" >>"$work/counted"
}

# Statements without end to their kinds.
write_script() {
  local number
  for ((number = 0; number < 1000; number++)); do
    echo "let x$number = {\"a\": $number, \"b\": [1, 2.50, \"x\"], \"c\": null}"
    echo "events list --status failed | where .a > $number and .b == \"x\" | select id .payload.amount"
    echo "if \$x$number.a > $number { print \"value \\(\$x$number.b[0])\" }"
    echo "[1, 2, $number] | each { . + 1 } | sum"
  done
}

count_paths() {
  local signature=25c092a7f7f78f8a93cfcf9ae6a7939c90108be67f88035a79a1388c0a904c1b server url=
  path start-up null -c null
  write_script >"$work/script.mittr"
  path parse '' --check "$work/script.mittr"
  "$work/generate-events" 2000 >"$work/events.jsonl"
  path filter "$(grep -c '"status":"failed"' "$work/events.jsonl")" \
    -c "open \"$work/events.jsonl\" | where .status == \"failed\" and .payload.amount >= 0 | count"
  path verify 500 -c "range 1 500 | each { verify --signature v1=$signature --timestamp 1706123456 --body '{}' --secret whsec_test \
--now 1706123456 } | where .valid | count"
  coproc server { exec "$work/event-server" 2000 0; }
  local input=${server[1]} port
  read -r port <&"${server[0]}"
  url=http://127.0.0.1:$port
  path page 2000 -c 'events list --all --limit 100 | count'
  exec {input}>&-
  wait "$server_PID" || true
}

# usage: count_instructions RECORD
count_instructions() {
  local name number known program status=0
  if ! command -v valgrind >/dev/null || ! command -v setarch >/dev/null; then
    echo "bench: valgrind is not installed, so that nothing is counted" >&2
    return 0
  fi
  [[ -x $root/.build/release/mittr ]] || give_up "build the shell first: scripts/mittr --version </dev/null"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  # valgrind reads all the debug information there is, and some of it not at all.
  strip -o "$work/mittr" "$root/.build/release/mittr"
  for program in generate-events event-server; do
    "$(command -v cc || command -v clang)" -O2 -I "$here/Sources/events/include" -o "$work/$program" "$here/Sources/$program/main.c" "$here/Sources/events/events.c"
  done
  count_paths
  if [[ -n $1 ]]; then
    { echo "# $(toolchain)" && cat "$work/counted"; } >"$baseline"
    cat "$baseline"
    return
  fi
  [[ -e $baseline ]] || give_up "there is no baseline; --record makes one"
  echo "| path | instructions | of the baseline's |"
  echo "|---|---|---|"
  while read -r name number; do
    known=$(awk -v name="$name" '$1 == name { print $2 }' "$baseline")
    echo "| $name | $number | $(awk -v a="$number" -v b="${known:-0}" 'BEGIN { if (b > 0) printf "%.3f", a / b; else print "new" }') |"
    [[ -n $known ]] && ((number * 100 > known * (100 + tolerance))) && status=1
  done <"$work/counted"
  if [[ $(head -n 1 "$baseline") != "# $(toolchain)" ]]; then
    echo "bench: the baseline is of another toolchain ($(head -n 1 "$baseline" | cut -c 3-)), so that this says nothing" >&2
    return 0
  fi
  ((status == 0)) || give_up "more than $tolerance % over the baseline; make it faster, or --record why it must be slower"
}
