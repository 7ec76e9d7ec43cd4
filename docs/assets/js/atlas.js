// Links to a heading are named here once: written into each of them, the name was a hundred bytes of every page.
document.querySelectorAll("a.headerlink").forEach((link) => { link.title = "Permanent link"; });

// Printed sheets say at their foot what they belong to.
const heading = document.querySelector("h1")?.textContent.trim().replace(/[\s"\\]+/g, " ");
if (heading) document.documentElement.style.setProperty("--wa-title", `"${heading} · Workload Atlas"`);

// Printing shows the list of notes and what is compared: they are opened for the print and closed again; a note in
// full, licences, commands and lists of what else is possible stay as they are, or a page would print as a book.
const closed = new Set();
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details:is(.wa-control, .wa-bylaw, .wa-beside__part, .wa-beside__fold):not([open])").forEach((details) => {
    closed.add(details);
    details.open = true;
  });
});
window.addEventListener("afterprint", () => {
  closed.forEach((details) => { details.open = false; });
  closed.clear();
});
