// filter.mjs FILE: prints the ids of the failed events above 15,000.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const ids = [];
for await (const line of createInterface({ input: createReadStream(process.argv[2]), crlfDelay: Infinity })) {
  const event = JSON.parse(line);
  if (event.status === "failed" && event.payload.amount > 15000) ids.push(event.id);
}
process.stdout.write(ids.join("\n") + "\n");
