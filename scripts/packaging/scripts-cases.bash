# Sourced by scripts/check-scripts: what the scripts of packages do on a bad day, and that their files are well formed.
# It uses its set_up, stand_in, run and expect. What the packages are when all goes well, scripts/check-package tries.
# shellcheck disable=SC2154

# A tarball as it is unpacked, in a folder with a space.
set_up_tarball() {
  set_up
  unpacked="$work/a folder/unpacked"
  mkdir -p "$unpacked/bin" "$unpacked/share/mittr" "$work/home" "$work/tmp"
  cp "$root/scripts/install" "$unpacked/install"
  printf '#!/bin/bash\necho mittr 1.2.3\n' >"$unpacked/bin/mittr"
  chmod +x "$unpacked/bin/mittr"
  echo abcdef0 >"$unpacked/share/mittr/commit"
}

# usage: install ARGUMENT…; leaves status and said
install() {
  status=0
  said=$(HOME="$work/home" PATH="$work/bin:$PATH" timeout 60 bash "$unpacked/install" "$@" 2>&1 </dev/null) || status=$?
}

files_below() { (cd "$1" && find . -type f | LC_ALL=C sort | tr '\n' ' '); }

set_up_tarball
install --prefix "$work/a prefix"
expect "a tarball installs to a folder with a space" "$status $said" "0 installed mittr 1.2.3 below $work/a prefix*add it to PATH: *a\\\\ prefix/bin*"
expect "only what is listed is there" "$(files_below "$work/a prefix")" "./bin/mittr ./share/mittr/commit ./share/mittr/installed-files "
PATH="$work/a prefix/bin:$PATH" install --prefix="$work/a prefix"
expect "again, and on the PATH" "$status $said" "0 installed mittr 1.2.3 below $work/a prefix"
echo '../outside' >>"$work/a prefix/share/mittr/installed-files"
echo 'share/../../outside' >>"$work/a prefix/share/mittr/installed-files"
echo kept >"$work/outside"
install --uninstall --prefix "$work/a prefix"
expect "it takes away what it brought, and nothing outside" "$status $(files_below "$work/a prefix") $(<"$work/outside")" "0  kept"
install --uninstall --prefix "$work/a prefix"
expect "nothing to take away" "$status $said" "1 install: nothing is installed below *; name the folder with --prefix FOLDER"
(cd "$work" && install --prefix relative && [[ $status == 0 && -x $work/relative/bin/mittr ]])
expect "a folder from here" "$?" 0
install --prefix "$work/outside"
expect "a prefix that is a file" "$status $said" "1 install: cannot write to $work/outside; choose another folder *"
install --prefix
expect "a prefix that is missing" "$status $said" "1 install: --prefix takes a folder"
install --bogus
expect "an option that there is not" "$status $said" "1 install: there is no --bogus; usage: *"
stand_in cp 'echo "cp: error writing x: No space left on device" >&2; exit 1'
install --prefix "$work/full"
expect "a full disk" "$status $said $(files_below "$work/full")" "1 install: could not copy to *: No space left on device; make room *"
rm "$work/bin/cp" "$unpacked/bin/mittr"
install --prefix "$work/half"
expect "half a tarball" "$status $said" "1 install: there is no bin/mittr beside this script; unpack the whole tarball, *"

if [[ $(uname -s) == Linux ]] && command -v dpkg-deb >/dev/null; then
  set_up
  mkdir -p "$repository/scripts/packaging" "$work/tmp"
  cp "$root/scripts/package" "$repository/scripts"
  cp "$root"/scripts/packaging/*.bash "$repository/scripts/packaging"
  run package --output
  expect "an output that is missing" "$status $errors" "1 package: --output takes a folder"
  run package dist
  expect "an argument that there is not" "$status $errors" "1 package: there is no dist; usage: *"
  run package --output "$repository/Package.swift"
  expect "an output that is a file" "$status $errors" "1 package: cannot write to *Package.swift; choose another folder *"
  stand_in df 'printf "a b c d\nx 1 1 2048 1\n"'
  run package
  expect "too little room for packages" "$status $errors" "1 package: packages need * MB, and there are 2 MB free for *"
  stand_in df 'printf "a b c d\nx 1 1 99999999 1\n"'
  stand_in strip 'echo "strip: x: No space left on device" >&2; exit 1'
  run package
  expect "a full disk, while it packs" "$status $errors" "1 *package: the disk is full while making the programs; make room *"
  expect "it leaves nothing behind" "$(find "$repository/.build" "$repository/dist" -name '*package.*' -o -name '*.deb')" ""
  stand_in strip 'echo "strip: what is this?" >&2; exit 1'
  run package
  expect "a step that fails" "$status $errors" "1 *package: could not make the programs: strip: what is this?"
fi

set_up
mkdir -p "$repository/.github" "$repository/Sources/Basics"
cp "$root/scripts/release-notes" "$repository/scripts"
echo '  package static let text = "1.2.3"' >"$repository/Sources/Basics/ReleaseVersion.swift"
printf '%s\n' '# Log' '## [1.3.0]' '- later' '## [1.2.3] - today' '- this' '## [1.2.2]' '- earlier' >"$repository/.github/CHANGELOG.md"
run release-notes v1.2.3
expect "the notes of this version alone" "$status $output" "0 - this"
run release-notes v1.3.0
expect "a tag of another version" "$status $errors" "1 release-notes: the tag is v1.3.0, but *says 1.2.3; *"
echo '  package static let text = "2.0.0"' >"$repository/Sources/Basics/ReleaseVersion.swift"
run release-notes
expect "a version without notes" "$status $errors" "1 release-notes: *has no section for 2.0.0; add one"

if command -v ruby >/dev/null; then
  expect "the Homebrew formula" "$(ruby -c "$root/scripts/packaging/mittr.rb" 2>&1)" "Syntax OK"
fi
expect "the Containerfile has only what one may have" \
  "$(sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$root/scripts/packaging/Containerfile" | grep -vE '^(#|$|(FROM|WORKDIR|COPY|RUN|USER|ENTRYPOINT) )')" ""
expect "and ends as a user who is not root" "$(grep '^USER' "$root/scripts/packaging/Containerfile")" "USER mittr"
if command -v shellcheck >/dev/null && python3 -c 'import yaml' 2>/dev/null; then
  set_up
  # What GitHub puts in place of an expression is not the shell's.
  python3 - "$root" "$work/log" <<'PYTHON'
import pathlib, sys, yaml

root, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
files = [*root.glob(".github/workflows/*.yml"), *root.glob(".github/actions/*/action.yml")]
for file in files:
    content = yaml.safe_load(file.read_text())
    jobs = content["jobs"].values() if "jobs" in content else [content["runs"]]
    steps = [step for job in jobs for step in job["steps"]]
    for number, step in enumerate(steps):
        assert ("run" in step) != ("uses" in step), f"{file}: step {number} runs nothing, or two things"
        if "run" in step:
            assert "${{" not in step["run"], f"{file}: step {number} takes an expression as code"
            (folder / f"{file.parent.name}-{file.stem}-{number}.sh").write_text("#!/bin/bash\n" + step["run"])
PYTHON
  status=0
  shellcheck "$work"/log/*.sh || status=$?
  expect "what the workflows and actions run" "$status" 0
fi
