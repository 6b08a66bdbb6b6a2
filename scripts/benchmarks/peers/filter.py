# filter.py LIBRARY FILE: prints the ids of the failed events above 15,000, with orjson or json.
import importlib
import sys

loads = importlib.import_module(sys.argv[1]).loads
with open(sys.argv[2], "rb") as file:
    for line in file:
        event = loads(line)
        if event["status"] == "failed" and event["payload"]["amount"] > 15000:
            print(event["id"])
