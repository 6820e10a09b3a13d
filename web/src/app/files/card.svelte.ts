/**
 * The card of a file, which is fetched with the first file: most conversations open without one.
 *
 * Whoever puts messages into the page awaits it, so that a card stands there with its message, as high as it will be.
 */

import type { Message } from "../../api";

class Cards {
  card = $state.raw<typeof import("./FileCard.svelte").default | null>(null);

  /** Fetches it where one of these messages needs it. */
  async load(messages: readonly Message[]): Promise<void> {
    if (this.card !== null || messages.every(({ file }) => file === null)) return;
    this.card = (await import("./FileCard.svelte")).default;
  }
}

export const cards = new Cards();
