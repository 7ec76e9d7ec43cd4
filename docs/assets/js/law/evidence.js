// Order and filter of the evidence table; the rows and what is said of them are the page's own.
(() => {
  "use strict";

  const host = document.getElementById("wa-evidence");
  if (!host) return;
  const { fragment, take, leaveOut, follow } = window.WASteps;
  const said = host.querySelector("[role=status]");
  const sort = document.getElementById("wa-sort");
  const show = document.getElementById("wa-show");
  const body = document.querySelector(".wa-evidence").tBodies[0];
  const rows = [...body.rows];
  const by = (key) => (one, other) => one.dataset[key].localeCompare(other.dataset[key], "en", { numeric: true });
  let order = "";
  const ORDERS = {
    "": () => 0,
    oldest: by("checked"),
    newest: (one, other) => by("checked")(other, one),
    instrument: by("law"),
  };

  function read() {
    const parts = new URLSearchParams(fragment().slice(1));
    sort.value = Object.hasOwn(ORDERS, parts.get("sort")) ? parts.get("sort") : "";
    show.value = ["unconfirmed", "copies"].includes(parts.get("show")) ? parts.get("show") : "";
    leaveOut(host, written());
  }
  function written() {
    const parts = new URLSearchParams();
    if (sort.value) parts.set("sort", sort.value);
    if (show.value) parts.set("show", show.value);
    return `#${parts}`;
  }

  function draw() {
    // Rows that stay where they are need no layout.
    if (sort.value !== order) body.append(...[...rows].sort(ORDERS[sort.value]));
    order = sort.value;
    for (const row of rows) row.hidden = show.value !== "" && row.dataset[show.value] !== "yes";
    said.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} provisions.`;
  }

  function keep() {
    take(written());
    draw();
  }

  sort.addEventListener("change", keep);
  show.addEventListener("change", keep);
  host.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  follow(() => {
    read();
    draw();
  });
  read();
  draw();
  host.hidden = false;
  host.dataset.ready = "";
})();
