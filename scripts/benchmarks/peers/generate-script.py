"""Writes a program of statements without end to their kinds: in our language, in JavaScript or in Python.

usage: generate-script.py mittr|js|py COUNT
"""

import sys

LINES = {
    "mittr": [
        'let x{i} = {{"a": {i}, "b": [1, 2.50, "x"], "c": null}}',
        'events list --status failed | where .a > {i} and .b == "x" | select id .payload.amount',
        'if $x{j}.a > {i} {{ print "value \\($x{j}.b[0])" }}',
        "[1, 2, {i}] | each {{ . + 1 }} | sum",
    ],
    "js": [
        'let x{i} = {{"a": {i}, "b": [1, 2.50, "x"], "c": null}};',
        'select(list({{status: "failed"}}).filter(e => e.a > {i} && e.b == "x"), "id", "payload.amount");',
        "if (x{j}.a > {i}) {{ print(`value ${{x{j}.b[0]}}`); }}",
        "sum([1, 2, {i}].map(e => e + 1));",
    ],
    "py": [
        'x{i} = {{"a": {i}, "b": [1, 2.50, "x"], "c": None}}',
        'select(list(status="failed").where(lambda e: e.a > {i} and e.b == "x"), "id", "payload.amount")',
        'if x{j}["a"] > {i}: print(f"value {{x{j}}}")',
        "sum([e + 1 for e in [1, 2, {i}]])",
    ],
}

lines, count = LINES[sys.argv[1]], int(sys.argv[2])
for number in range(count):
    print(lines[number % 4].format(i=number, j=number - number % 4))
