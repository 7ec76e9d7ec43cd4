// What is left of the theme's script: colours, the menu of narrow screens, the place in the contents, and details that
// hold a linked place.
(() => {
  "use strict";

  const { body } = document;

  // Colours: those of the system until someone chooses. The page sets them before it is painted (macros/theme_assets.py).
  const KEY = "wa-scheme";
  const system = matchMedia("(prefers-color-scheme: dark)");
  const button = document.querySelector(".wa-scheme");
  const chosen = () => {
    try { return localStorage.getItem(KEY); } catch { return null; }
  };
  function colour(scheme) {
    body.dataset.mdColorScheme = scheme;
    button?.setAttribute("aria-pressed", String(scheme === "slate"));
  }
  if (button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const scheme = body.dataset.mdColorScheme === "slate" ? "default" : "slate";
      colour(scheme);
      try { localStorage.setItem(KEY, scheme); } catch { /* It holds for this page. */ }
    });
  }
  colour(body.dataset.mdColorScheme);
  system.addEventListener("change", () => { if (!chosen()) colour(system.matches ? "slate" : "default"); });

  // The theme opens its menu with labels of hidden boxes, which no key reaches: they become buttons.
  const drawer = document.getElementById("__drawer");
  const sidebar = document.querySelector(".md-sidebar--primary");
  const narrow = matchMedia("(max-width: 76.234375em)");
  const toggles = new Map();
  for (const label of document.querySelectorAll("label[for=__drawer].md-header__button, .md-sidebar--primary :is(label[for^=__nav], label[for=__toc])")) {
    const box = document.getElementById(label.htmlFor);
    if (!box) continue;
    const back = label.classList.contains("md-nav__title");
    const toggle = document.createElement("button");
    for (const { name, value } of label.attributes) toggle.setAttribute(name, value);
    toggle.type = "button";
    toggle.classList.add("wa-toggle");
    const own = (label.textContent.trim() || box.parentElement.querySelector(".md-ellipsis, .md-nav__title").textContent).trim();
    const does = box.id === "__toc" ? "contents of this page" : "open or close";
    toggle.setAttribute("aria-label", box === drawer ? "Menu" : `${own}, ${does}`);
    toggle.append(...label.childNodes);
    if (back) {
      // Where the arrow leads: to the panel that holds the box of this one.
      const above = box.parentElement.closest(".md-nav");
      const up = document.createElement("span");
      up.className = "wa-menu-up";
      up.textContent = `Back to ${above.dataset.mdLevel === "0" ? "the whole menu" : above.getAttribute("aria-label")}`;
      toggle.prepend(up);
      toggle.setAttribute("aria-label", `${up.textContent}, from ${own}`);
    }
    label.replaceWith(toggle);
    toggles.set(box, { ...toggles.get(box), [back ? "back" : "open"]: toggle });
    const tell = () => toggle.setAttribute("aria-expanded", String(box.checked));
    tell();
    box.addEventListener("change", tell);
    toggle.addEventListener("click", () => {
      box.click();
      // In the menu one panel covers the other, so the focus goes along.
      if (box !== drawer && narrow.matches) toggles.get(box)[box.checked ? "back" : "open"].focus({ preventScroll: true });
    });
  }

  // The open menu: the focus is in the panel on top and stays in the menu, and the page behind takes none.
  const seen = (node) => node.getClientRects().length && getComputedStyle(node).visibility === "visible";
  const reached = () => [...sidebar.querySelectorAll("a[href], button")].filter(seen);
  const opened = () => drawer.checked && narrow.matches;
  function enclose() {
    const open = opened();
    for (let at = sidebar; at !== body; at = at.parentElement) {
      for (const other of at.parentElement.children) {
        if (other !== at && !other.matches(".md-toggle, .md-overlay, dialog")) other.inert = open;
      }
    }
  }
  function enter() {
    const items = reached().filter((node) => node.matches(".md-nav__list :not(.md-nav__title)"));
    const item = items.find((node) => node.matches(".md-nav__link--active")) || items[0];
    // Brought into view by hand: the browser would scroll panels sideways while they slide in.
    const list = item.closest(".md-nav__list");
    list.scrollTop = item.offsetTop - list.clientHeight / 2;
    item.focus({ preventScroll: true });
  }
  const close = () => { if (drawer.checked) drawer.click(); };
  // Every panel ends with the ways in that end the page, as what one seeks may be in none of the panels above it.
  function offer() {
    const ways = document.querySelector(".wa-footer ul");
    if (!ways || sidebar.querySelector(".wa-menu-ways")) return;
    for (const list of sidebar.querySelectorAll(".md-nav[data-md-level] > .md-nav__list")) {
      const item = document.createElement("li");
      item.className = "md-nav__item wa-menu-ways";
      const head = document.createElement("p");
      head.textContent = ways.parentElement.getAttribute("aria-label");
      item.append(head, ways.cloneNode(true));
      list.append(item);
    }
  }
  if (drawer && sidebar) {
    const closer = document.createElement("button");
    closer.type = "button";
    closer.className = "wa-menu-close";
    closer.setAttribute("aria-label", "Close the menu");
    closer.textContent = "×";
    closer.addEventListener("click", close);
    sidebar.prepend(closer);
    drawer.addEventListener("change", () => {
      enclose();
      if (opened()) {
        offer();
        enter();
      }
      else toggles.get(drawer).open.focus();
    });
    narrow.addEventListener("change", close);
    // A browser that goes back may have kept the menu open.
    addEventListener("pageshow", enclose);
    sidebar.addEventListener("click", (event) => {
      if (!event.target.closest("a[href^='#']") || !opened()) return;
      drawer.checked = false;
      drawer.dispatchEvent(new Event("change"));
    });
    sidebar.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || !opened()) return;
      const all = reached();
      const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
      if (document.activeElement !== from) return;
      event.preventDefault();
      to.focus();
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.target.closest("dialog")) close(); });
  }

  // The place a fragment names, if any; what cannot be decoded names none.
  function placeOf(fragment) {
    try { return document.getElementById(decodeURIComponent(fragment.slice(1))); } catch { return null; }
  }

  // The heading under which one reads is marked in the contents.
  const links = [...document.querySelectorAll(".md-sidebar--secondary a[href^='#']")];
  const places = links.map((link) => placeOf(link.hash));
  let waiting = 0;
  let marked = -1;
  function mark() {
    waiting = 0;
    let now = -1;
    while (now + 1 < places.length && (!places[now + 1] || places[now + 1].getBoundingClientRect().top < 130)) now += 1;
    if (now === marked) return;
    links[marked]?.classList.remove("md-nav__link--active");
    links[now]?.classList.add("md-nav__link--active");
    marked = now;
  }
  if (links.length) addEventListener("scroll", () => { waiting ||= requestAnimationFrame(mark); }, { passive: true });

  // A link into something folded unfolds it.
  function unfold() {
    const place = location.hash.length > 1 && !location.hash.includes("=") && placeOf(location.hash);
    if (!place) return;
    let changed = false;
    for (let at = place.closest("details"); at; at = at.parentElement.closest("details")) {
      changed ||= !at.open;
      at.open = true;
    }
    if (changed) place.scrollIntoView();
  }
  addEventListener("hashchange", unfold);
  unfold();
})();
