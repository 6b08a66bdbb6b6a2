# Sourced by the scripts beside it: what is built while the shell runs already.
# It reads $root and what build.bash brings.

# Held as long as such a build lasts, by the process group whose number stands in it.
# shellcheck disable=SC2154
readonly beside=$root/.build/mittr-beside.lock

# Starts to build what is missing: the sandbox, and behind a quick build both programs anew. It outlives the shell, so that
# the next one finds all of it built.
build_beside() {
  local sandbox=false
  is_current mittr-sandbox || sandbox=true
  [[ $build == quick ]] || $sandbox || return 0
  # Where nothing can be written, nothing is built.
  { exec 8>>"$beside" 7>"$binaries/mittr-sandbox.lock"; } 2>/dev/null || return 0
  if command -v flock >/dev/null; then
    flock -n 8 || { exec 8>&- 7>&-; return 0; }
    # The shell waits for this one before it starts a sandbox.
    ! $sandbox || flock -n 7 || true
  fi
  if $sandbox; then echo "mittr: the sandbox is built meanwhile, $(expected_time "$sandbox_seconds")" >&2; fi
  # Leaves the terminal to the shell: Ctrl-C there is for what runs at the prompt. Ignoring the signal is not enough, since
  # swift build catches it; a group of its own is.
  set -m
  (
    trap '' HUP
    exec </dev/null >"$root/.build/mittr-beside.log" 2>&1
    [[ -z ${BASHPID-} ]] || renice -n 10 "$BASHPID" >/dev/null 2>&1 || true
    if $sandbox; then need_product mittr-sandbox "the sandbox" "$sandbox_seconds"; fi
    exec 7>&-
    if [[ $build == quick ]]; then
      use_build release
      need_product mittr "the shell" "$shell_seconds"
      need_product mittr-sandbox "the sandbox" "$sandbox_seconds"
    fi
    # No quick build will be made from now on; its programs may be running.
    rm -rf "$root"/.build/quick/{checkouts,repositories} "$root"/.build/quick/*/release/*.build
  ) &
  echo "$!" >"$beside"
  set +m
  exec 8>&- 7>&-
  [[ $build != quick ]] || (
    use_build release
    echo "mittr: an optimised build is made meanwhile, $(expected_time "$((shell_seconds + sandbox_seconds))")" >&2
  )
}

# Ends what is built beside a shell, for something that somebody waits for. The next shell goes on with it.
stop_building_beside() {
  local group
  [[ -s $beside ]] && command -v flock >/dev/null || return 0
  if flock -n "$beside" true; then return 0; fi
  group=$(<"$beside")
  [[ $group =~ ^[1-9][0-9]*$ ]] || return 0
  kill -INT -- "-$group" 2>/dev/null || true
  flock "$beside" true
}
