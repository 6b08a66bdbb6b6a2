# Sourced by the scripts beside it: checks for what a build needs and installs what can be installed.
# Everything is told on stderr, so that the scripts' standard output is theirs.

# Says in one line what is missing, and ends the script.
# usage: give_up TEXT
give_up() {
  echo "${0##*/}: $1" >&2
  exit 1
}

# The oldest Swift that the package builds with.
readonly swift_major=6 swift_minor=2

need_swift() {
  local version major minor
  command -v swift >/dev/null ||
    give_up "Swift $swift_major.$swift_minor or later is missing; install it from https://www.swift.org/install"
  version=$(swift --version 2>/dev/null </dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p' | head -n 1)
  read -r major minor <<<"${version:-0 0}"
  if ((major < swift_major || (major == swift_major && minor < swift_minor))); then
    give_up "Swift $swift_major.$swift_minor or later is missing (this is $major.$minor); install it from https://www.swift.org/install"
  fi
}

# Installs the Debian packages that dpkg does not know as installed. Where there is no dpkg, only says what to install.
# usage: need_packages NAME…
need_packages() {
  local name missing=()
  [[ $(uname -s) == Linux ]] || return 0 # macOS has libedit and SQLite in its SDK.
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    [[ -e /usr/include/histedit.h && -e /usr/include/sqlite3.h ]] && return 0
    give_up "the development files of libedit and SQLite are missing; install them (Fedora: libedit-devel sqlite-devel)"
  fi
  for name in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || missing+=("$name")
  done
  ((${#missing[@]} == 0)) && return 0
  ((EUID == 0)) || give_up "${missing[*]} missing; install with: sudo apt-get install ${missing[*]}"
  echo "${0##*/}: installing ${missing[*]}" >&2
  # A fresh container has no lists of packages, so that a first attempt may fail for that reason alone.
  local log
  log=$(mktemp)
  { install_packages "${missing[@]}" || { apt-get update </dev/null && install_packages "${missing[@]}"; }; } \
    >"$log" 2>&1 || give_up "${missing[*]} could not be installed: $(why_apt_failed "$log")"
  rm -f "$log"
}

install_packages() {
  DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" </dev/null
}

# What apt-get said last of what is wrong, and where the rest of it is.
# usage: why_apt_failed LOG
why_apt_failed() {
  local last
  last=$(grep -a '^E: ' "$1" | tail -n 1) || last=
  echo "${last:+${last#E: }; }is there a network? (see $1)"
}

need_everything() {
  need_swift
  need_packages libedit-dev libsqlite3-dev
}
