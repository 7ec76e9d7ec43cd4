// Meanings beside words: a dotted word shows its meaning when pointed at or focused. Without this it is a plain link.
(() => {
  "use strict";

  const WAIT_MS = 150;
  const here = document.currentScript.src;
  let bubble = null;
  let shown = null;
  let timer = 0;
  let loading = null;

  const term = (target) => (target instanceof Element ? target.closest("a.wa-word") : null);
  const load = () => (loading ||= new Promise((done) => {
    const script = document.createElement("script");
    script.src = new URL("glossary/data.js", here);
    script.onload = done;
    document.head.append(script);
  }));

  function hide() {
    clearTimeout(timer);
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    bubble.hidden = true;
    shown = null;
  }

  async function show(link) {
    await load();
    const found = window.WA_GLOSSARY[decodeURIComponent(link.hash.slice(1))];
    if (!found || !link.isConnected) return;
    hide();
    if (!bubble) {
      bubble = document.createElement("div");
      bubble.className = "wa-meaning";
      bubble.id = "wa-meaning";
      bubble.setAttribute("role", "tooltip");
      bubble.addEventListener("mouseenter", () => clearTimeout(timer));
      bubble.addEventListener("mouseleave", leave);
    }
    (link.closest("main") || document.body).append(bubble);
    const title = document.createElement("strong");
    title.textContent = found[0];
    bubble.replaceChildren(title, ` ${found[1]}`);
    bubble.hidden = false;
    link.setAttribute("aria-describedby", bubble.id);
    shown = link;
    place();
  }

  function place() {
    if (!shown) return;
    const at = shown.getClientRects()[0];
    if (!at) return hide();
    const width = document.documentElement.clientWidth;
    bubble.style.left = `${Math.max(8, Math.min(at.left, width - bubble.offsetWidth - 8))}px`;
    const below = at.bottom + bubble.offsetHeight + 8 < innerHeight;
    bubble.style.top = `${below ? at.bottom + 4 : at.top - bubble.offsetHeight - 4}px`;
  }

  function soon(link) {
    clearTimeout(timer);
    timer = setTimeout(() => show(link), WAIT_MS);
  }
  function leave() {
    clearTimeout(timer);
    timer = setTimeout(hide, WAIT_MS);
  }

  document.addEventListener("mouseover", (event) => {
    const link = term(event.target);
    if (link && link !== shown) soon(link);
    else if (link) clearTimeout(timer);
  });
  document.addEventListener("mouseout", (event) => { if (term(event.target)) leave(); });
  document.addEventListener("focusin", (event) => {
    const link = term(event.target);
    if (link) show(link);
    else hide();
  });
  document.addEventListener("focusout", (event) => { if (term(event.target)) hide(); });
  addEventListener("scroll", place, { passive: true });
  addEventListener("resize", place);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
})();
