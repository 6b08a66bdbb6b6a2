# What a key takes at the prompt, in a line of 2,000 characters that is coloured: from the key to the last byte of what the
# shell draws for it. The goal is 5 ms.
count=200
[[ -n $quick ]] && count=50
if [[ -n $mittr ]]; then
  contender itself mittr env HOME="$work" TERM=xterm-256color "$bin/type-keys" 2000 "$count" "$mittr" --no-config --color always
else
  skipped mittr "not built"
fi
compare "a key at 2,000 characters, colours on" 3
