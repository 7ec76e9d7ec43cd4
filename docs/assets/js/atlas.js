// The button on the home page opens the theme's search, also by keyboard.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("[data-wa-search]")) return;
  const toggle = document.querySelector("[data-md-toggle=search]");
  if (toggle instanceof HTMLInputElement && !toggle.checked) toggle.click();
  document.querySelector("[data-md-component=search-query]")?.focus();
});

// Printing shows the notes: they are opened for the print and closed again; licences, commands and lists of what
// else is possible stay as they are, or a page would print as a book.
const closed = new Set();
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details:is(.wa-control, .wa-note):not([open])").forEach((details) => {
    closed.add(details);
    details.open = true;
  });
});
window.addEventListener("afterprint", () => {
  closed.forEach((details) => { details.open = false; });
  closed.clear();
});
