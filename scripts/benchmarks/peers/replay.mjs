// The SDK's documented loop: replays every event, one after the other, and prints how many.
import { iterate, replay } from "./events.mjs";

let count = 0;
for await (const event of iterate()) {
  await replay(event.id);
  count++;
}
console.log(count);
