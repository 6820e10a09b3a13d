/** The way to the tray, which is fetched with the first file that somebody chooses, drops, pastes or records. */

import type { Tray } from "./tray.svelte";

class Attached {
  /** Null until then. */
  tray = $state.raw<Tray | null>(null);
  /** Files were chosen, and what they are put into is on its way here. */
  coming: Promise<unknown> | null = null;

  add(files: readonly File[]): Promise<unknown> {
    this.coming = import("./tray.svelte").then(({ tray }) => {
      tray.add(files);
      this.coming = null;
    });
    return this.coming;
  }
}

export const attached = new Attached();
