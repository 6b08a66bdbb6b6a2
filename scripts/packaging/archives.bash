# Sourced by scripts/package: makes the archives of what is laid out below a prefix. It reads $root and $work.
# Each function returns a failure: they run where `set -e` does not hold.
# shellcheck disable=SC2154

# How hard it is tried to make them small, from 0 to 9, which takes minutes.
readonly xz_level=${MITTR_XZ_LEVEL:-9}

# The one place where the version stands.
version() { sed -n 's/.*static let text = "\(.*\)".*/\1/p' "$root/Sources/Basics/ReleaseVersion.swift"; }

tarball_name() { echo "mittr-$(version)-linux-$(uname -m)"; }
deb_name() { echo "mittr_$(version)_$(dpkg --print-architecture).deb"; }

# One thread: how many there are would show in the bytes. The filter knows the jumps of x86 code, which saves a tenth. The
# dictionary reaches over both programs, which have a lot in common: that saves a fifth, and unpacking takes 200 MB.
# usage: pack FOLDER FILE ARGUMENT-OF-TAR…
pack() {
  local filter=()
  [[ $(uname -m) != x86_64 ]] || filter=(--x86)
  (
    set -o pipefail
    tar -C "$1" --format=gnu --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -c "${@:3}" |
      xz -T1 ${filter[@]+"${filter[@]}"} --lzma2=preset="$xz_level",dict=192MiB >"$2"
  )
}

# usage: make_tarball PREFIX FILE
make_tarball() {
  local folder
  folder=$work/tarball/$(tarball_name)
  mkdir -p "${folder%/*}" && cp -al "$1" "$folder" && cp "$root/scripts/install" "$folder/" &&
    chmod 755 "$folder/install" || return
  pack "${folder%/*}" "$2" "${folder##*/}"
}

# usage: make_deb PREFIX FILE
make_deb() {
  local folder=$work/deb
  mkdir -p "$folder/DEBIAN" && cp -al "$1" "$folder/usr" || return
  # Debian keeps this folder for what is no package.
  mv "$folder/usr/share/zsh/site-functions" "$folder/usr/share/zsh/vendor-completions" || return
  (cd "$folder" && find usr -type f | sort | tr '\n' '\0' | xargs -0 md5sum >DEBIAN/md5sums) || return
  write_control "$folder" >"$folder/DEBIAN/control" || return
  settle "$folder/usr" || return
  # As dpkg-deb does, which does not know the filter for code.
  echo 2.0 >"$work/debian-binary" && pack "$folder/DEBIAN" "$work/control.tar.xz" . &&
    pack "$folder" "$work/data.tar.xz" --exclude ./DEBIAN . || return
  (cd "$work" && ar rcD "$2" debian-binary control.tar.xz data.tar.xz)
}

# usage: write_control FOLDER
write_control() {
  local depends
  depends=$(needed_libraries "$1/usr/bin/mittr" "$1/usr/bin/mittr-sandbox") || return
  cat <<END
Package: mittr
Version: $(version)
Architecture: $(dpkg --print-architecture)
Maintainer: The Mittr for Swift authors <noreply@mittr.io>
Installed-Size: $(du -sk --apparent-size "$1/usr" | cut -f 1)
Depends: $depends
Recommends: ca-certificates
Suggests: man-db, less
Section: utils
Priority: optional
Homepage: https://github.com/mittr/mittr-swift
Description: shell for webhooks, with a local server to try it on
 mittr is an interactive shell for the Mittr API: it explores events and
 endpoints, replays what failed, runs scripts and says why a signature is
 refused. mittr-sandbox is a local Mittr server that really delivers, for
 work with no account and no network.
END
}

# What the programs are linked with, as Debian names it.
# usage: needed_libraries PROGRAM…
needed_libraries() {
  local folder=$work/shlibs
  mkdir -p "$folder/debian" && printf 'Source: mittr\n\nPackage: mittr\nArchitecture: any\n' >"$folder/debian/control" || return
  (cd "$folder" && dpkg-shlibdeps -O --warnings=0 "$@") | sed -n 's/^shlibs:Depends=//p' | grep .
}
