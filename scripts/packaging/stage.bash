# Sourced by scripts/package: what is installed, laid out as it is below a prefix. It reads $root and $binaries.
# Each function returns a failure: they run where `set -e` does not hold.
# shellcheck disable=SC2154

# The programs without what only a debugger reads. Their time is that of all files, so that the commit is believed.
# usage: stage_programs PREFIX
stage_programs() {
  local product
  mkdir -p "$1/bin" "$1/share/mittr" || return
  for product in mittr mittr-sandbox; do
    if [[ $(uname -s) == Linux ]]; then
      # The build's identifier and the hashes that Swift's driver keeps are not the program's, and differ with the folder
      # that it was built in.
      strip --strip-all --remove-section=.note.gnu.build-id --remove-section=.swift_modhash --remove-section=.comment \
        -o "$1/bin/$product" "$binaries/$product" || return
    else
      strip -x -o "$1/bin/$product" "$binaries/$product" || return
    fi
  done
  leave_out_locales "$1/bin/mittr-sandbox" || return
  if [[ -e $binaries/mittr.commit ]]; then cp "$binaries/mittr.commit" "$1/share/mittr/commit" || return; fi
}

# A tool of its own rather than a script: it reads the whole program.
# usage: leave_out_locales PROGRAM
leave_out_locales() {
  local tool=$root/.build/leave-out-locales
  if [[ ! -x $tool || $root/scripts/packaging/leave-out-locales.swift -nt $tool ]]; then
    swiftc -O "$root/scripts/packaging/leave-out-locales.swift" -o "$tool.$$" && mv "$tool.$$" "$tool" || return
  fi
  "$tool" "$1"
}

# usage: stage_pages PREFIX
stage_pages() {
  local share=$1/share shell product
  mkdir -p "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/site-functions" \
    "$share/fish/vendor_completions.d" "$share/doc/mittr" || return
  for product in mittr mittr-sandbox; do
    "$1/bin/$product" --manual >"$share/man/man1/$product.1" || return
    gzip -9n "$share/man/man1/$product.1" || return
  done
  for shell in bash zsh fish; do
    "$1/bin/mittr" --completions "$shell" >"$(completion_file "$share" mittr "$shell")" || return
    "$1/bin/mittr-sandbox" --generate-completion-script "$shell" \
      >"$(completion_file "$share" mittr-sandbox "$shell")" || return
  done
  gzip -9nc "$root/.github/CHANGELOG.md" >"$share/doc/mittr/changelog.gz"
}

# usage: completion_file SHARE PRODUCT SHELL
completion_file() {
  case $3 in
    bash) echo "$1/bash-completion/completions/$2" ;;
    zsh) echo "$1/zsh/site-functions/_$2" ;;
    fish) echo "$1/fish/vendor_completions.d/$2.fish" ;;
  esac
}

# One file with our licence and the licence texts of all that is linked in.
# usage: stage_licences PREFIX
stage_licences() {
  local file=$1/share/doc/mittr/copyright text name
  {
    echo "Mittr for Swift, https://github.com/mittr/mittr-swift"
    echo
    cat "$root/LICENSE" || return
    echo
    echo "The programs contain the libraries below, each under the licence that stands there."
    while IFS= read -r text; do
      name=${text#"$root/.build/checkouts/"} name=${name#"$root/scripts/packaging/licences/"}
      name=${name/#*\/share\/swift\//"the runtime of Swift, "} name=${name#/usr/share/doc/}
      printf '\n%s\n%s\n\n' "$(printf '=%.0s' {1..78})" "$name"
      cat "$text" || return
    done < <(library_licences)
  } >"$file"
}

# The files with licences and notices: of the packages, of the libraries that are linked statically, of Swift's runtime.
library_licences() {
  local library swift
  (cd "$root/.build/checkouts" && find . -type f \( -name 'LICENSE*' -o -name 'NOTICE*' \) \
    \( -path './*/LICENSE*' -o -path './*/NOTICE*' \) ! -path '*/Tests/*' ! -path '*/Examples/*' ! -path '*/Benchmarks/*') |
    sed "s|^\.|$root/.build/checkouts|" | sort
  swift=$(swift -print-target-info </dev/null 2>/dev/null | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')
  [[ -z $swift || ! -e $swift/../../share/swift/LICENSE.txt ]] || (cd "$swift/../../share/swift" && echo "$PWD/LICENSE.txt")
  for library in /usr/share/doc/{libbsd,libedit,libmd,libncurses,libsqlite3}-dev /usr/share/doc/libstdc++-[0-9]*-dev; do
    [[ ! -e $library/copyright ]] || echo "$library/copyright"
  done
  find "$root/scripts/packaging/licences" -type f | sort
}

# One owner's rights and one time for all.
# usage: settle FOLDER
settle() {
  find "$1" -type d -exec chmod 755 {} + && find "$1" -type f -exec chmod 644 {} + && chmod 755 "$1"/bin/* || return
  find "$1" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} + 2>/dev/null ||
    find "$1" -exec touch -h -t "$(date -r "$SOURCE_DATE_EPOCH" +%Y%m%d%H%M.%S)" {} +
}
