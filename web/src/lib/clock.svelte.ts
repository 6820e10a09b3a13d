/** The present moment for sentences such as 'open for 9 more minutes'; steps every few seconds. */

const STEP_MS = 5000;

let now = $state(Date.now());
setInterval(() => {
  now = Date.now();
}, STEP_MS);

export function present(): number {
  return now;
}
