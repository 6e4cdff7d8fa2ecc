// The browser's rules as a process: one JSON request a line in, one JSON answer a line out. See coding_parity.py.
// {"scheme": ...} keeps the scheme for the requests that follow and answers {}.
// {"operations": [...], "events": [...], "watched": {...}} applies them in turn to a coding with these events and answers
// {"answers": [changes | {"unlawful": [code, message]}], "state": ..., "ms": [time of each apply with its take]};
// with "brief": true the answers and the state stay away.
import { createInterface } from "node:readline";

import { Coding, Unlawful, apply, changesJson } from "../../coder_app/web/workbench/frontend/coding.js";

let scheme;

function answer({ operations, events = [], watched = {}, brief = false }) {
  const coding = Coding.restore(scheme, events, watched, {});
  const answers = [];
  const ms = [];
  for (const operation of operations) {
    const start = performance.now();
    try {
      const changes = apply(coding, operation);
      coding.take(changes);
      ms.push(performance.now() - start);
      if (!brief) answers.push(changesJson(changes));
    } catch (error) {
      if (!(error instanceof Unlawful)) throw error;
      answers.push({ unlawful: [error.code, error.message] });
    }
  }
  return brief ? { ms } : { answers, state: coding.stateJson(), ms };
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const request = JSON.parse(line);
  if (request.scheme) scheme = request.scheme;
  const found = request.operations ? answer(request) : {};
  process.stdout.write(`${JSON.stringify(found)}\n`);
}
