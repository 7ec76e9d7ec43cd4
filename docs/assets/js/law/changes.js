// Filters of the change log: hides what the fragment leaves out. Without it the page shows every change.
(() => {
  "use strict";

  const host = document.getElementById("wa-changes");
  if (!host) return;
  const said = host.querySelector("[role=status]");
  const picks = { instrument: document.getElementById("wa-instrument"), kind: document.getElementById("wa-kind") };
  const entries = [...document.querySelectorAll(".wa-change")];
  const years = [...document.querySelectorAll(".wa-year")];

  // A fragment without “=” names a change; then all are shown, so that it can be found.
  function read() {
    const parts = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
    for (const [key, select] of Object.entries(picks)) {
      const value = parts.get(key) || "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
  }

  function draw() {
    const { instrument, kind } = picks;
    for (const entry of entries) {
      const fits = !instrument.value || entry.dataset.instruments.split(" ").includes(instrument.value);
      entry.hidden = !fits || (kind.value !== "" && entry.dataset.kind !== kind.value);
    }
    for (const year of years) year.hidden = !year.querySelector(".wa-change:not([hidden])");
    const left = entries.filter((entry) => !entry.hidden).length;
    said.textContent = left ? `${left} of ${entries.length} changes.` : "No change has both; choose “any” in one of them.";
  }

  for (const [key, select] of Object.entries(picks)) {
    select.addEventListener("change", () => {
      const parts = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
      if (select.value) parts.set(key, select.value);
      else parts.delete(key);
      history.replaceState(null, "", location.pathname + (parts.size ? `#${parts}` : ""));
      draw();
    });
  }
  host.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    read();
    draw();
  });
  read();
  draw();
  host.hidden = false;
  host.dataset.ready = "";
})();
