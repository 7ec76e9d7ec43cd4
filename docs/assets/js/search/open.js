// Opens the search: by its link, by Ctrl+K and by "/". The rest is loaded when it is first opened.
(() => {
  "use strict";

  const link = document.querySelector("a.wa-find");
  if (!link || typeof HTMLDialogElement === "undefined") return;
  const root = new URL("..", link.href);
  const here = "assets/js/search/";
  const FILES = ["assets/js/dom.js", "assets/js/vendor/minisearch-7.2.0.js", `${here}text.js`, `${here}reading.js`, `${here}engine.js`, `${here}data.js`, `${here}view.js`];

  // A single key as a shortcut can disturb people who speak to their computer: it can be turned off (WCAG 2.1.4).
  const KEY = "wa-search-slash";
  const remembered = (value) => {
    try {
      if (value !== undefined) localStorage.setItem(KEY, value);
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };

  const load = (file) => new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = new URL(file, root).href;
    script.async = false;
    script.addEventListener("load", done);
    script.addEventListener("error", () => failed(new Error(file)));
    document.head.append(script);
  });

  let dialog = null;

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "wa-search";
    dialog.setAttribute("aria-label", "Search the atlas");
    dialog.innerHTML = `
      <div class="wa-search__head">
        <input id="wa-search-query" type="text" role="combobox" aria-label="Search the atlas" aria-autocomplete="list" aria-expanded="false"
          aria-controls="wa-search-list" autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"
          placeholder="Workload, law, article, model, GPU">
        <button type="button" class="wa-search__close">Close</button>
      </div>
      <div class="wa-search__facets" role="group" aria-label="Kind of page" hidden></div>
      <p class="wa-search__said" role="status"></p>
      <div id="wa-search-list" class="wa-search__list" role="listbox" aria-label="Results" hidden></div>
      <div class="wa-search__rest"></div>
      <div class="wa-search__foot"><span class="wa-search__keys"><kbd>↓</kbd> <kbd>↑</kbd> choose, <kbd>Enter</kbd> open, <kbd>Esc</kbd> close</span>
        <label><input type="checkbox"> <kbd>/</kbd> opens the search</label></div>`;
    document.body.append(dialog);
    const slash = dialog.querySelector("input[type=checkbox]");
    slash.checked = remembered() !== "off";
    slash.addEventListener("change", () => remembered(slash.checked ? "on" : "off"));
    dialog.querySelector(".wa-search__close").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    const said = dialog.querySelector(".wa-search__said");
    said.textContent = "Loading the index …";
    Promise.all(FILES.map(load))
      .then(() => WASearchView.start(dialog, root, () => load(`${here}sources.js`)))
      .catch(() => {
        said.replaceChildren("The index could not be loaded. ", Object.assign(document.createElement("a"), { href: link.href, textContent: "All pages as a list" }));
      });
  }

  function open() {
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
    const field = dialog.querySelector("[role=combobox]");
    field.focus();
    field.select();
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !event.target.closest("[data-wa-search]")) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing && remembered() !== "off";
    const chord = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    if (!slash && !chord) return;
    event.preventDefault();
    open();
  });

  // An address can ask: `?q=cv+screening` on any page is a link to what is found.
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    open();
    dialog.querySelector("[role=combobox]").value = asked.slice(0, 300);
  }
})();
