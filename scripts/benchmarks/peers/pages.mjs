// Prints the id of every event.
import { iterate } from "./events.mjs";

let ids = "";
for await (const event of iterate()) ids += event.id + "\n";
process.stdout.write(ids);
