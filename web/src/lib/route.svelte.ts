/** Which page is shown: the fragment, so that the browser's back button and a reload do what they say. */

let path = $state(read());
window.addEventListener("hashchange", () => {
  path = read();
});

/** The parts of the fragment: `#/add/abc` is `["add", "abc"]`. */
export function route(): readonly string[] {
  return path;
}

export function go(...parts: string[]): void {
  location.hash = `#/${parts.join("/")}`;
}

function read(): string[] {
  return location.hash.startsWith("#/") ? location.hash.slice(2).split("/").filter(Boolean) : [];
}
