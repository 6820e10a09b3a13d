/** A waveform as its sender measured it, brought to as many bars as there is room for. */

/** The least that is drawn, so that silence is seen as well. */
const LEAST = 0.08;

/** Heights from 0 to 1: the loudest of the steps that fall into each bar. */
export function bars(steps: readonly number[], count: number): number[] {
  const loudest = Math.max(1, ...steps);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * steps.length) / count);
    const to = Math.max(from + 1, Math.floor(((i + 1) * steps.length) / count));
    const most = Math.max(0, ...steps.slice(from, to));
    return Math.max(LEAST, most / loudest);
  });
}

/** The most steps that travel with a voice note. */
const STEPS_MAX = 128;

/** Loudness over time as it travels: at most so many steps, each the loudest of those that it stands for. */
export function gathered(levels: readonly number[]): number[] {
  const count = Math.min(STEPS_MAX, levels.length);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * levels.length) / count);
    const to = Math.floor(((i + 1) * levels.length) / count);
    return levels.slice(from, to).reduce((most, level) => Math.max(most, level), 0);
  });
}
