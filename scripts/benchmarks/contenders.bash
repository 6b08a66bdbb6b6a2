# Sourced by the rows: contenders for one piece of work are registered, then run in turn and compared.

names=() commands=() kinds=()
# Where a row keeps its files; removed when it ends.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

has() { command -v "$1" >/dev/null; }

# usage: contender KIND NAME COMMAND [ARGUMENT…]. The first one is ours. The kinds:
#   whole   prints its answer, and is timed from its start to its end
#   itself  prints its answer and then, on a line of its own, its time in nanoseconds
#   other   timed as a whole; its answer is of another form and cannot be compared
contender() {
  kinds+=("$1")
  names+=("$2")
  shift 2
  commands+=("$(printf '%q ' "$@")")
}

# usage: skipped NAME REASON
skipped() {
  kinds+=(skipped)
  names+=("$1")
  commands+=("$2")
}

# Runs one contender; leaves its answer in $work/answer, its time and size in $work/N.times and .sizes.
run_contender() {
  local number=$1 time size=0
  local -a command
  eval "command=(${commands[number]})"
  read -r time size < <("$bin/measure" "$work/answer" "${command[@]}" || echo failed) || true
  [[ $time != failed && -n $size ]] || return 1
  if [[ ${kinds[number]} == itself ]]; then
    time=$(tail -n 1 "$work/answer")
    sed -i.bak '$d' "$work/answer"
  fi
  echo "$time" >>"$work/$number.times"
  echo "$size" >>"$work/$number.sizes"
}

# Whether the answer is the first contender's.
is_right() {
  [[ ${kinds[$1]} == other ]] && return 0
  [[ -e $work/expected ]] || cp "$work/answer" "$work/expected"
  cmp -s "$work/answer" "$work/expected"
}

median() { sort -g "$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

# usage: compare WORK ROUNDS [--no-warm-up]. Prints a line of the table for each contender.
compare() {
  local work_name=$1 rounds=$2 warm_up=1 round number
  [[ ${3-} == --no-warm-up ]] && warm_up=0
  for ((round = 1 - warm_up; round <= rounds; round++)); do
    for number in "${!names[@]}"; do
      [[ ${kinds[number]} == skipped ]] && continue
      if ! run_contender "$number"; then
        kinds[number]=skipped commands[number]="it failed"
      elif ! is_right "$number"; then
        kinds[number]=skipped commands[number]="its answer differs from that of ${names[0]}"
      fi
      # The round before the first only compares the answers and warms the caches.
      ((round == 0)) && rm -f "$work/$number.times" "$work/$number.sizes"
    done
  done
  for number in "${!names[@]}"; do report "$work_name" "$number"; done
  names=() commands=() kinds=()
  rm -f "$work"/*.times "$work"/*.sizes "$work/expected"
}

report() {
  local number=$2 ours=- reason='' time=0 size=0
  if [[ ${kinds[number]} == skipped ]]; then
    reason=${commands[number]}
  else
    time=$(median "$work/$number.times") size=$(median "$work/$number.sizes")
    [[ ${kinds[0]} == skipped ]] || ours=$(median "$work/0.times")
  fi
  awk -v work="$1" -v name="${names[number]}" -v reason="$reason" -v time="$time" -v ours="$ours" -v size="$size" \
    -v form="$form" '
    function scaled(ns) {
      if (ns < 1e4) return sprintf("%.0f ns", ns)
      if (ns < 1e6) return sprintf("%.1f µs", ns / 1e3)
      if (ns < 1e9) return sprintf("%.1f ms", ns / 1e6)
      return sprintf("%.2f s", ns / 1e9)
    }
    function quoted(text) {
      gsub(/[\\"]/, "\\\\&", text)
      return "\"" text "\""
    }
    BEGIN {
      if (form == "json") {
        printf "{\"work\":%s,\"contender\":%s,", quoted(work), quoted(name)
        if (reason != "") printf "\"skipped\":%s}\n", quoted(reason)
        else printf "\"nanoseconds\":%.0f,\"ratio\":%s,\"bytes\":%.0f}\n", time, ours == "-" ? "null" : sprintf("%.4f", ours / time), size
      } else if (reason != "") {
        printf "| %s | %s | skipped: %s | | |\n", work, name, reason
      } else {
        printf "| %s | %s | %s | %s | %.0f MB |\n", work, name, scaled(time), ours == "-" ? "" : sprintf("%.2f", ours / time), size / 1e6
      }
    }'
}

# usage: start_server COUNT DELAY. Starts the event server and points the shell and the peers at it.
start_server() {
  coproc server { exec "$bin/event-server" "$1" "$2"; }
  read -r port <&"${server[0]}"
  export MITTR_BASE_URL=http://127.0.0.1:$port MITTR_API_KEY=mtr_benchmark
}

# The server ends with its standard input.
stop_server() {
  local input=${server[1]}
  exec {input}>&-
  wait "$server_PID" || true
}
