// verify-node.mjs SIZE COUNT: what VerifyBenchmark does, with Node's crypto.
import { createHmac, timingSafeEqual } from "node:crypto";

const [size, count] = process.argv.slice(2).map(Number);
const secret = "whsec_test";
const timestamp = "1706123456";
const now = 1706123456;
const body = Buffer.from(Array.from({ length: size }, (_, i) => (i * 31 + 7) & 0xff));
const changed = Buffer.from(body);
changed[size - 1] ^= 1;

const digest = (body) => createHmac("sha256", secret).update(timestamp).update(".").update(body).digest();
const verify = (headers, body) => {
  const signature = headers["x-mittr-signature"];
  if (!/^v1=[0-9a-f]{64}$/.test(signature)) return false;
  const received = Buffer.from(signature.slice(3), "hex");
  return timingSafeEqual(received, digest(body)) && Math.abs(now - Number(headers["x-mittr-timestamp"])) <= 300;
};
const headers = { "x-mittr-timestamp": timestamp, "x-mittr-signature": "v1=" + digest(body).toString("hex") };
console.log(headers["x-mittr-signature"], verify(headers, body), verify(headers, changed));

let accepted = 0;
const start = process.hrtime.bigint();
for (let i = 0; i < count; i++) if (verify(headers, body)) accepted++;
const end = process.hrtime.bigint();
if (accepted !== count) process.exit(1);
console.log(Number(end - start) / count);
