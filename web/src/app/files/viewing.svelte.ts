/** The picture that is looked at, and those beside it. */

import type { Message } from "../../api";

interface Viewing {
  among: readonly Message[];
  at: number;
}

class Viewer {
  open = $state.raw<Viewing | null>(null);
}

export const viewer = new Viewer();
