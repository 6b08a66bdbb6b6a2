# Sourced by scripts/mittr: what is built while the shell runs already. It reads $root and what build.bash brings.

# shellcheck disable=SC2154
readonly background_log=$root/.build/mittr-background.log background_failure=$root/.build/mittr-background-failure

# Starts to build what is missing: the sandbox, and behind a quick build both programs anew. It outlives the shell, so that
# the next one finds all of it built. Where nothing can be written, nothing is built.
build_in_background() {
  [[ $build == quick ]] || ! is_current mittr-sandbox || return 0
  # shellcheck disable=SC2154
  { exec 8>>"$background_lock" 7>"$binaries/mittr-sandbox.lock"; } 2>/dev/null || return 0
  if command -v flock >/dev/null; then
    flock -n 8 || { exec 7>&- 8>&-; return 0; }
    : >"$background_lock"
    # The shell waits for this one before it starts a sandbox.
    is_current mittr-sandbox || flock -n 7 || true
  elif [[ -s $background_lock ]] && kill -0 "$(<"$background_lock")" 2>/dev/null; then
    exec 7>&- 8>&-
    return 0
  fi
  tell_what_is_built
  # Leaves the terminal to the shell: Ctrl-C there is for what runs at the prompt. Ignoring the signal is not enough, since
  # swift build catches it; a group of its own is.
  set -m
  (
    trap '' HUP
    # Once ended, it does not go on with what comes next.
    trap 'exit 130' INT TERM
    exec </dev/null >"$background_log" 2>&1
    # Swift's build gives its compilers an ordinary priority again; a policy stays.
    if [[ -n ${BASHPID-} ]]; then
      { chrt --idle --pid 0 "$BASHPID" || renice -n 10 "$BASHPID"; } >/dev/null 2>&1 || true
    fi
    build_rest
  ) &
  { echo "$!" >"$background_lock"; } 2>/dev/null || true
  set +m
  exec 7>&- 8>&-
}

tell_what_is_built() {
  local reason
  if [[ -s $background_failure ]]; then
    reason=$(<"$background_failure")
    echo "mittr: the last build in the background failed: $(printable "${reason#mittr: }")" >&2
    rm -f "$background_failure"
  fi
  # shellcheck disable=SC2154
  is_current mittr-sandbox || echo "mittr: the sandbox is built meanwhile, $(expected_time "$sandbox_seconds")" >&2
  [[ $build != quick ]] || echo "mittr: an optimised build is made meanwhile, for later starts" >&2
}

# In a process group of its own, which does not give way to itself.
build_rest() {
  # shellcheck disable=SC2317
  stop_background_build() { :; }
  # shellcheck disable=SC2154
  build_one mittr-sandbox "the sandbox" "$sandbox_seconds"
  exec 7>&-
  if [[ $build == quick ]]; then
    use_build release
    # shellcheck disable=SC2154
    build_one mittr "the shell" "$shell_seconds"
    { exec 7>"$binaries/mittr-sandbox.lock"; } 2>/dev/null || exit 0
    ! command -v flock >/dev/null || flock -n 7 || true
    build_one mittr-sandbox "the sandbox" "$sandbox_seconds"
  fi
  # With an optimised shell there, a quick one is not built again; its programs may be running.
  command -v flock >/dev/null && is_current mittr || return 0
  lock_builds
  rm -rf "$root"/.build/quick/{checkouts,repositories} "$root"/.build/quick/*/release/*.build
}

# usage: build_one PRODUCT WHAT SECONDS. Goes on where that fails, and leaves a word of it for the next shell.
build_one() {
  (need_product "$@") || tail -n 1 "$background_log" >"$background_failure"
}
