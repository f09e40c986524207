// Lets a test call the npm package, which does all the work. A line in: {"call": "client.startLogin", "params": {...}};
// a line out: {"value": ...} or {"thrown": "..."}. Binary values are base64url. Ends when its input ends.
import { createInterface } from "node:readline";
import * as opaque from "@serenity-kit/opaque-p256";

await opaque.ready;
for await (const line of createInterface({ input: process.stdin })) {
  const { call, params } = JSON.parse(line);
  const [half, step] = call.split(".");
  let answer;
  try {
    answer = { value: opaque[half][step](params) ?? null };
  } catch (error) {
    answer = { thrown: String(error.message ?? error) };
  }
  process.stdout.write(JSON.stringify(answer) + "\n");
}
