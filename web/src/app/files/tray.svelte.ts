/**
 * Files that are about to be sent: chosen, then on their way to the agent one after another, then gone from here, as the
 * message says the rest.
 *
 * What fails stays, with the reason, until its person sends it again or lets it go. Nothing of it is kept by the browser.
 */

import { NotTaken, sendFile, type Offer, type Sending } from "../../lib/files";
import { t } from "../../lib/l10n";
import { told } from "../../lib/socket";
import { attached } from "./attached.svelte";

export class Item {
  state = $state<"chosen" | "waiting" | "moving" | "failed">("chosen");
  taken = $state(0);
  /** Bytes a second; null until it can be said. */
  speed = $state<number | null>(null);
  reason = $state("");
  caption = "";
  sending: Sending | null = null;

  constructor(
    readonly bytes: Blob,
    readonly name: string,
    /** What is known of it beside its name, such as a voice note's waveform. */
    readonly look: Partial<Offer> = {},
  ) {}
}

export class Tray {
  items = $state.raw<readonly Item[]>([]);
  /** There are files that go with the next message. */
  readonly isChosen = $derived(this.items.some((item) => item.state === "chosen"));
  #busy = false;

  add(files: Iterable<File>): void {
    this.items = [...this.items, ...[...files].map((file) => new Item(file, file.name))];
  }

  /** Sends something that was not chosen from the disk, at once. */
  put(item: Item): void {
    item.state = "waiting";
    this.items = [...this.items, item];
    void this.#run();
  }

  /** Lets go of a file; one that is on its way leaves nothing. */
  drop(item: Item): void {
    this.items = this.items.filter((other) => other !== item);
    item.sending?.cancel();
  }

  /** Sends what was chosen; the words go beside the first. */
  send(caption: string): void {
    const chosen = this.items.filter((item) => item.state === "chosen");
    chosen.forEach((item, i) => {
      item.caption = i === 0 ? caption : "";
      item.state = "waiting";
    });
    void this.#run();
  }

  again(item: Item): void {
    item.state = "waiting";
    void this.#run();
  }

  /** One at a time, in order. */
  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#next(); next !== undefined; next = this.#next()) await this.#move(next);
    this.#busy = false;
  }

  #next(): Item | undefined {
    return this.items.find((item) => item.state === "waiting");
  }

  async #move(item: Item): Promise<void> {
    item.state = "moving";
    item.taken = 0;
    item.speed = null;
    // A small picture of it goes with the message; what makes it is fetched when the first picture is sent.
    const look = /\.(avif|gif|jpe?g|png|webp)$/iu.test(item.name) ? await import("./picture").then(({ lookOf }) => lookOf(item.bytes)) : {};
    if (!this.items.includes(item)) return;
    const since = performance.now();
    const offer = { name: item.name, size: item.bytes.size, caption: item.caption, ...look, ...item.look };
    item.sending = sendFile(offer, item.bytes, (taken) => {
      const seconds = (performance.now() - since) / 1000;
      item.taken = taken;
      item.speed = seconds < 1 ? null : taken / seconds;
    });
    try {
      await item.sending.done;
      this.items = this.items.filter((other) => other !== item);
    } catch (failure) {
      const refusal = failure instanceof NotTaken ? failure.refusal : null;
      const error = refusal === null ? null : await told(refusal);
      item.reason = error === null ? t("tray-lost") : `${error.message} ${error.hint}`;
      item.state = "failed";
    } finally {
      item.sending = null;
    }
  }
}

export const tray = new Tray();
attached.tray = tray;
