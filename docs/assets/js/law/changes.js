// Filters of the change log: hides what the fragment leaves out. Without it the page shows every change.
(() => {
  "use strict";

  const host = document.getElementById("wa-changes");
  if (!host) return;
  const { fragment, take, settle, leaveOut, follow } = window.WASteps;
  const said = host.querySelector("[role=status]");
  const picks = { instrument: document.getElementById("wa-instrument"), kind: document.getElementById("wa-kind") };
  const entries = [...document.querySelectorAll(".wa-change")];
  const years = [...document.querySelectorAll(".wa-year")];

  function read() {
    const parts = new URLSearchParams(fragment().slice(1));
    for (const [key, select] of Object.entries(picks)) {
      const value = parts.get(key) || "";
      select.value = [...select.options].some((option) => option.value === value) ? value : "";
    }
    leaveOut(host, written());
  }
  function written() {
    return `#${new URLSearchParams(Object.entries(picks).map(([key, select]) => [key, select.value]).filter(([, value]) => value))}`;
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

  for (const select of Object.values(picks)) {
    select.addEventListener("change", () => {
      take(written());
      draw();
    });
  }
  host.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  follow(() => {
    read();
    draw();
  });
  // A link to a change shows all, so that it can be found.
  window.addEventListener("hashchange", () => {
    const change = location.hash.includes("=") ? null : document.getElementById(location.hash.slice(1));
    if (!change?.closest("[hidden]")) return;
    settle("", location.hash);
    read();
    draw();
    change.scrollIntoView();
  });
  read();
  draw();
  host.hidden = false;
  host.dataset.ready = "";
})();
