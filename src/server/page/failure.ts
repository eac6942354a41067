/**
 * Says so when a script of the page fails, or does not load. It stands by itself and comes first, so that it is there
 * when nothing else is.
 */
const RELOAD = "Reload it; what you edited is kept.";

function say(words: string): void {
  const banner = document.getElementById("failure");
  if (!banner) return;
  banner.hidden = false;
  banner.textContent = `This page has failed: ${words.slice(0, 300)}. ${RELOAD}`;
}

addEventListener(
  "error",
  (event) => {
    const { target } = event;
    if (target instanceof HTMLScriptElement) say(`${target.src} did not load`);
    // What the browser says of its own work is no failure: layout goes on in the next frame.
    else if (event instanceof ErrorEvent && !/ResizeObserver/.test(event.message))
      say(event.message);
  },
  true,
);
addEventListener("unhandledrejection", ({ reason }) => {
  if (reason?.name !== "AbortError") say(String(reason?.message ?? reason));
});

export {};
