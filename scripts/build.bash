# Sourced by the scripts beside it: the builds of the two programs, how they are linked, and what is told meanwhile.
# It reads $root, the folder of the repository, and everything is told on standard error.
#
# There are two builds. `release` is optimised, and what is installed and packed. `quick` is not, and takes half the time:
# somebody who waits at a terminal for the first prompt has that one until the other is there.

# What all tests take to build, in seconds of processor time, and what a first build needs, in megabytes.
# shellcheck disable=SC2034
readonly tests_seconds=1400 build_megabytes=3000

# From here on $build is that one, $binaries the folder of its programs, and the seconds of processor time are what it takes
# to build the shell, and the sandbox behind it.
# usage: use_build release|quick
use_build() {
  build=$1
  # shellcheck disable=SC2034,SC2154
  case $build in
    release) scratch=$root/.build shell_seconds=1700 sandbox_seconds=450 ;;
    quick) scratch=$root/.build/quick shell_seconds=900 sandbox_seconds=250 ;;
  esac
  binaries=$scratch/release
}
use_build release

# What `swift build` is told. That it stands here and not in Package.swift lets others depend on the package, and leaves
# debug builds as they are.
build_options() {
  printf '%s\n' -c release --package-path "$root" --scratch-path "$scratch"
  # C code names its files in messages: by where they are in the repository, and not where that is on this machine, so
  # that the same sources give the same program in any folder.
  printf '%s\n' -Xcc "-ffile-prefix-map=$root=."
  # A program that carries its runtime starts in half the time, and runs where there is no Swift. The runtime's own
  # arguments export each of 34,000 symbols, which the start would pay for.
  [[ $(uname -s) != Linux ]] || printf '%s\n' --static-swift-stdlib -Xlinker --no-export-dynamic
  # A whole module at a time, as in any release build: that takes half of what a debug build spends on ours.
  [[ $build != quick ]] || printf '%s\n' -Xswiftc -Onone -Xcc -O0 -debug-info-format none
}

# Libraries that a bare system does not have are linked statically: the linker looks into the build's folder first, and
# finds there what these names stand for. Those of which there is no archive are left to be linked dynamically.
# usage: prefer_static_libraries FOLDER
prefer_static_libraries() {
  [[ $(uname -s) == Linux ]] || return 0
  static_library "$1" edit libedit.a libbsd.a libmd.a libtinfo.a
  static_library "$1" sqlite3 libsqlite3.a
  static_library "$1" stdc++ libstdc++.a
}

# usage: static_library FOLDER NAME ARCHIVE…
static_library() {
  local script=$1/lib$2.a archive path paths=()
  for archive in "${@:3}"; do
    path=$(clang -print-file-name="$archive" 2>/dev/null || cc -print-file-name="$archive" 2>/dev/null) || path=
    if [[ $path != /* ]]; then
      rm -f "$script"
      return 0
    fi
    paths+=("\"$path\"")
  done
  write_if_changed "$script" "GROUP ( ${paths[*]} )"
}

# usage: write_if_changed FILE TEXT
write_if_changed() {
  [[ -e $1 && $(<"$1") == "$2" ]] || printf '%s\n' "$2" >"$1"
}

# The number of cores.
cores() { getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1; }

# How long so much processor time takes here, as a person would say it: a build keeps few cores busy all the time.
# usage: expected_time SECONDS
expected_time() {
  local cores minutes
  cores=$(cores)
  minutes=$((($1 * 6 / (cores * 5) + 59) / 60))
  # Some modules wait for others, however many cores there are.
  ((minutes > $1 / 400)) || minutes=$(($1 / 400 + 1))
  if ((minutes == 1)); then echo "about a minute on $cores cores"; else echo "about $minutes minutes on $cores cores"; fi
}

# Ends the script where the build cannot write, or the disk has no room for it. Says nothing of later builds.
need_room() {
  local free
  { mkdir -p "$scratch" && : >"$root/.build/mittr-writable"; } 2>/dev/null ||
    give_up "cannot write to $root/.build; copy the repository to a folder of yours, or make it yours with chown"
  rm -f "$root/.build/mittr-writable"
  [[ -e $binaries/mittr ]] && return 0
  free=$(df -Pk "$root/.build" 2>/dev/null | awk 'NR == 2 { print int($4 / 1024) }')
  [[ -n $free ]] && ((free < build_megabytes)) &&
    give_up "the first build needs $build_megabytes MB, and there are $free MB free for $root/.build; make room and try again"
  return 0
}

# What a build depends on: contents and not times, so that another commit's build folder is good for what is the same.
sources_digest() {
  {
    build_options
    (cd "$root" && find Package.swift Sources -type f -print | LC_ALL=C sort | tr '\n' '\0' | xargs -0 cksum)
  } | cksum
}

# usage: is_current PRODUCT. Whether it is built from the sources as they are.
is_current() {
  local stamp=$scratch/$1-built newer
  [[ -e $stamp && -x $binaries/$1 ]] || return 1
  newer=$(find "$root/Package.swift" "$root/Sources" "$root/scripts/build.bash" -newer "$stamp" -print -quit)
  [[ -n $newer ]] || return 0
  # Something was written since, perhaps with the contents that it had. What is edited from here on is newer.
  : 2>/dev/null >"$stamp.new" || return 1
  [[ $(sources_digest) == "$(<"$stamp")" ]] || return 1
  touch -r "$stamp.new" "$stamp"
}

# Lets no second build in as long as this one lasts, and tells when there is one already. A build in the background gives
# way.
# usage: lock_builds; the lock is descriptor 9
lock_builds() {
  mkdir -p "$root/.build" 2>/dev/null || need_room
  stop_background_build
  { exec 9>>"$root/.build/mittr-build.lock"; } 2>/dev/null || need_room
  command -v flock >/dev/null || return 0 # macOS: SwiftPM's own lock has to do.
  flock -n 9 && return 0
  echo "${0##*/}: another build runs in $root; waiting for it" >&2
  flock 9
}

# Builds one program, if it has to be, while no other build runs here, and tells before how long that takes.
# usage: need_product PRODUCT WHAT SECONDS
need_product() {
  is_current "$1" && return 0
  need_everything
  lock_builds
  is_current "$1" || tell_time "$@"
  build_product "$1" "$2"
  exec 9>&-
}

# Held as long as a build runs in the background, by the process group whose number stands in it.
readonly background_lock=$root/.build/mittr-background.lock

# usage: is_held LOCK. Whether it is, as far as that can be known.
is_held() {
  local status=0
  [[ -e $1 ]] && command -v flock >/dev/null || return 1
  flock -n "$1" true || status=$?
  ((status == 1))
}

# Ends the build in the background, for something that somebody waits for. The next shell goes on with it.
stop_background_build() {
  local group tries
  is_held "$background_lock" || return 0
  echo "${0##*/}: ending the build in the background" >&2
  # The number follows the lock at once.
  for ((tries = 0; tries < 50; tries++)); do
    [[ ! -s $background_lock ]] || break
    sleep 0.1
  done
  group=$(<"$background_lock")
  [[ $group =~ ^[1-9][0-9]*$ ]] || return 0
  kill -INT -- "-$group" 2>/dev/null || return 0
  flock -w 20 "$background_lock" true || kill -TERM -- "-$group" 2>/dev/null || true
  flock -w 20 "$background_lock" true || true
}

# usage: tell_time PRODUCT WHAT SECONDS
tell_time() {
  if [[ -e $binaries/$1 ]]; then
    echo "${0##*/}: building $2, since its sources have changed" >&2
  else
    echo "${0##*/}: building $2 for the first time, $(expected_time "$3")" >&2
  fi
}

# Builds one program, unless another run has done so while this one waited.
# usage: build_product PRODUCT WHAT
build_product() {
  local digest option options=()
  is_current "$1" && return 0
  need_room
  # What is edited while it runs is newer than this.
  : >"$scratch/$1-built.new"
  digest=$(sources_digest)
  while IFS= read -r option; do options+=("$option"); done < <(build_options)
  mkdir -p "$(release_folder)"
  prefer_static_libraries "$(release_folder)"
  run_build "$2" "${options[@]}" --product "$1" || give_up "$(why_build_failed "$2")"
  printf '%s\n' "$digest" >"$scratch/$1-built"
  touch -r "$scratch/$1-built.new" "$scratch/$1-built"
  write_commit "$binaries/mittr.commit"
}

# Where the linker looks first. The link $binaries is made by the first build only.
release_folder() {
  if [[ -d $binaries ]]; then
    echo "$binaries"
  else
    echo "$scratch/$(swift -print-target-info </dev/null 2>/dev/null |
      sed -n 's/.*"unversionedTriple": "\([^"]*\)".*/\1/p' | head -n 1)/release"
  fi
}

# The commit at hand, as the programs tell it with --version; nothing outside of git.
commit() {
  local commit
  commit=$(git -C "$root" rev-parse --short=12 HEAD 2>/dev/null) || return 0
  [[ -z $(git -C "$root" status --porcelain -- Package.swift Sources 2>/dev/null) ]] || commit+=+changes
  echo "$commit"
}

# usage: write_commit FILE
write_commit() {
  local commit
  commit=$(commit)
  if [[ -n $commit ]]; then echo "$commit" >"$1"; else rm -f "$1"; fi
}

# Runs `swift build` and shows how far it is: one line that is written anew on a terminal, elsewhere one every half a
# minute. All that it prints is kept in a file.
# usage: run_build WHAT ARGUMENT…
run_build() {
  local what=$1
  shift
  build_log=$root/.build/mittr-build.log
  # Its own status is the one that counts.
  { swift build "$@" </dev/null 2>&1 || echo "mittr-build-failed" 2>/dev/null; } | show_progress "$what" "$build_log"
}

# usage: show_progress WHAT LOG
show_progress() {
  local line='' part started=$SECONDS told=$SECONDS step='' status=0 wait=() columns
  # Older versions of bash do not tell the end from a wait that was too long.
  ((BASH_VERSINFO[0] >= 4)) && wait=(-t 1)
  columns=$(stty size 2>/dev/null </dev/tty | awk '{ print $2 }') || columns=
  : >"$2"
  while true; do
    if IFS= read -r ${wait[@]+"${wait[@]}"} part; then
      line+=$part
      if [[ $line == mittr-build-failed ]]; then
        status=1
      else
        printf '%s\n' "$line" >>"$2"
      fi
      [[ $line == \[*/*\]* ]] && step=$line
      line=
    elif (($? > 128)); then
      line+=$part
    else
      break
    fi
    if [[ -t 2 ]]; then
      ((told != SECONDS)) && { progress_line "$1" "$((SECONDS - started))" "$step" "${columns:-80}"; told=$SECONDS; }
    elif ((SECONDS - told >= 30)); then
      echo "${0##*/}: building $1, $(elapsed $((SECONDS - started))) $(printable "$step")" >&2
      told=$SECONDS
    fi
  done
  [[ -t 2 ]] && printf '\r\033[K' >&2
  return "$status"
}

# usage: progress_line WHAT SECONDS STEP COLUMNS
progress_line() {
  local text
  text="building $1, $(elapsed "$2") $(printable "$3")"
  printf '\r%s\033[K' "${text:0:$(($4 - 1))}" >&2
}

elapsed() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# What a build prints may hold whatever a file's name does.
printable() { printf '%s' "${1//[^[:print:]]/?}"; }

# One line: what is the matter, as far as the build's words tell, and what to do.
# usage: why_build_failed WHAT
why_build_failed() {
  local errors
  if grep -q 'No space left on device' "$build_log"; then
    echo "the disk is full while building $1; make room below $root/.build and try again"
  elif grep -Eq 'Could not resolve host|unable to access|Failed to clone|Couldn.t fetch updates|Connection (refused|timed out)' "$build_log"; then
    echo "the packages that $1 needs could not be fetched; is there a network? git takes https_proxy (see $build_log)"
  elif grep -Eq 'was compiled with module cache path|has a different.*path|PCH file.*built' "$build_log"; then
    echo "$root/.build was made in another folder; remove it and try again: rm -rf .build"
  else
    errors=$(grep -a 'error:' "$build_log" | head -n 20)
    printable_lines "${errors:-$(tail -n 20 "$build_log")}" >&2
    echo "the build of $1 failed; all that it said is in $build_log"
  fi
}

printable_lines() {
  local line
  while IFS= read -r line; do printable "$line"; echo; done <<<"$1"
}
