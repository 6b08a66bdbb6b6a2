# replay-wrk.bash COUNT: what wrk needs for that many replays at 64 connections, by its rate over five seconds.
# Prints the count and the nanoseconds.
set -euo pipefail
script=$(mktemp)
trap 'rm -f "$script"' EXIT
echo 'wrk.method = "POST"' >"$script"
wrk -t 1 -c 64 -d 5s -s "$script" "$MITTR_BASE_URL/api/v1/events/evt_000000000001/replay" |
  awk -v count="$1" '/^Requests\/sec:/ { print count; printf "%.0f\n", count / $2 * 1e9; found = 1 } END { exit !found }'
