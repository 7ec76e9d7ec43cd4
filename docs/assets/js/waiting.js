// Beside a tool that is not there yet: that it is loading, and if it does not come, that it could not be loaded.
(() => {
  "use strict";

  const SOON_MS = 400;
  const LONG_MS = 5500; // Just before the style sheet lets the rest of the page be seen (wa-wait).
  const host = document.querySelector(".md-content__inner > div[id^='wa-']:is([hidden], [data-root]):not([data-ready])");
  if (!host) return;
  // Some tools have a place of their own, for which the rest of the page waits; one makes a tool of what is there.
  const placed = host.hidden;
  const line = document.createElement("p");
  line.className = "wa-waits";
  line.setAttribute("role", "status");
  host.before(line);
  const reload = document.createElement("button");
  reload.type = "button";
  reload.className = "wa-link";
  reload.textContent = "Reload the page";
  reload.addEventListener("click", () => location.reload());

  const showRest = () => host.parentElement.classList.add("wa-waited");
  function tell(text) {
    if (line.dataset.told === text) return;
    line.dataset.told = text;
    line.replaceChildren(`${text} `, reload, "; below is what works without it.");
    showRest();
  }
  const failed = () => tell("This tool could not be loaded.");
  // While the page itself still loads, the tool may come.
  const late = () => (document.readyState === "complete" ? failed() : tell("This tool is still loading. If it does not come:"));
  const stop = (event) => {
    if (event.target instanceof HTMLScriptElement && event.target.closest(".md-content")) failed();
  };

  const timers = [setTimeout(late, LONG_MS)];
  if (placed) timers.push(setTimeout(() => { if (!line.dataset.told) line.textContent = "Loading …"; }, SOON_MS));
  const until = new AbortController();
  addEventListener("load", () => timers.push(setTimeout(late, LONG_MS)), { signal: until.signal });
  // That a script did not come is heard on the way down alone.
  addEventListener("error", stop, { capture: true, signal: until.signal });

  const watch = new MutationObserver(() => {
    if (placed ? host.hidden : !("ready" in host.dataset)) return;
    watch.disconnect();
    until.abort();
    timers.forEach(clearTimeout);
    showRest();
    line.remove();
  });
  watch.observe(host, { attributes: true, attributeFilter: ["hidden", "data-ready"] });
})();
