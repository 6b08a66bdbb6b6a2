# Checking a script of 200,000 statements, 12 MB, for mistakes without running it. Python is given a twentieth: it takes
# minutes for the whole, and its time is to be multiplied.
if has python3; then
  for language in mittr js; do
    python3 "$here/peers/generate-script.py" "$language" 200000 >"$work/script.$language"
  done
  python3 "$here/peers/generate-script.py" py 10000 >"$work/script.py"
  if [[ -n $mittr ]]; then
    contender whole mittr "$mittr" --no-config --check "$work/script.mittr"
  else
    skipped mittr "not built"
  fi
  if has node; then contender whole node node --check "$work/script.js"; else skipped node "not installed"; fi
  contender whole "Python, a twentieth of it" python3 -m py_compile "$work/script.py"
else
  skipped mittr "python3 is not installed, which writes the script"
fi
compare "check 200,000 statements" 3
