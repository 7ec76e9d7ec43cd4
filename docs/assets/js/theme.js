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
  for (const label of document.querySelectorAll("label[for=__drawer].md-header__button, label[for^=__nav]")) {
    const box = document.getElementById(label.htmlFor);
    if (!box) continue;
    const menu = box.id === "__drawer";
    const toggle = document.createElement("button");
    for (const { name, value } of label.attributes) toggle.setAttribute(name, value);
    toggle.type = "button";
    toggle.classList.add("wa-toggle");
    const name = menu ? "Menu" : `${box.parentElement.querySelector(".md-ellipsis, .md-nav__title").textContent.trim()}, open or close`;
    toggle.setAttribute("aria-label", name);
    toggle.append(...label.childNodes);
    label.replaceWith(toggle);
    const tell = () => toggle.setAttribute("aria-expanded", String(box.checked));
    tell();
    box.addEventListener("change", tell);
    toggle.addEventListener("click", () => {
      box.click();
      if (menu && box.checked) document.querySelector(".md-sidebar--primary :is(a.md-nav__link--active, .md-nav__item a)").focus();
    });
  }
  const drawer = document.getElementById("__drawer");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer?.checked) return;
    drawer.click();
    document.querySelector(".wa-toggle.md-header__button").focus();
  });

  // The heading under which one reads is marked in the contents.
  const links = [...document.querySelectorAll(".md-sidebar--secondary a[href^='#']")];
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
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
    const place = location.hash.length > 1 && !location.hash.includes("=") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
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
