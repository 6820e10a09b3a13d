/** The browser's offer to keep this page as an app of its own, from the moment it makes one. */

interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

let offer = $state.raw<InstallOffer | null>(null);

window.addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  offer = event as InstallOffer;
});
window.addEventListener("appinstalled", () => {
  offer = null;
});

/** Whether the browser offers it at present. */
export function canKeep(): boolean {
  return offer !== null;
}

/** Takes the offer up; it holds once. */
export async function keep(): Promise<void> {
  const taken = offer;
  offer = null;
  await taken?.prompt();
}
