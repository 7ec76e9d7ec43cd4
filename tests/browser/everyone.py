"""What is looked at in every type of page for people who use ears, keyboard, enlarging or other colours."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WIDTHS = {"desk": 1280, "200 %": 640, "phone": 390, "400 %": 320}
"""Enlarging a window of 1,280 pixels to 200 and 400 % leaves it 640 and 320."""

COLOURS = ("color-contrast", "link-in-text-block")
DIFFERENT = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")
"""What can differ from one scheme to the other, and from one width to the other; the rest is checked once."""

RUN = """async (only) => {
  const options = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
  if (only.length) options.runOnly = { type: only[0].startsWith("wcag") ? "tag" : "rule", values: only };
  const { violations } = await axe.run(document, options);
  // Neither a link that the edge of the scrolling contents cuts is a small one nor its neighbour.
  const cut = ({ target }) => {
    const link = document.querySelector(target[0]);
    const [own, edge] = [link, link?.closest(".md-sidebar__scrollwrap")].map((on) => on?.getBoundingClientRect());
    return Boolean(edge) && (own.top < edge.top + 24 || own.bottom > edge.bottom - 24);
  };
  const at = (nodes) => nodes.slice(0, 3).map(({ target }) => target.join(" ")).join(", ");
  return violations.map((found) => (
    found.id === "target-size" ? { ...found, nodes: found.nodes.filter((node) => !cut(node)) } : found
  )).filter(({ nodes }) => nodes.length).map(({ id, impact, nodes }) => `${id} (${impact}) at ${at(nodes)}`);
}"""

# WCAG 1.4.12: nothing may be lost with these distances.
SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""

LOST = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node);
  if (style.overflowY !== "hidden" && style.overflowX !== "hidden") return false;
  if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) return false;
  const unseen = style.clipPath !== "none" || style.visibility === "hidden" || style.textIndent !== "0px";
  if (unseen || node.clientHeight <= 1) return false;
  const range = document.createRange();
  range.selectNodeContents(node);
  const [said, box] = [range.getBoundingClientRect(), node.getBoundingClientRect()];
  return said.bottom > box.bottom + 4 || (style.textOverflow !== "ellipsis" && said.right > box.right + 4);
}).slice(0, 3).map((node) => `${node.className} “${node.textContent.trim().slice(0, 40)}”`)"""

# After a key was pressed, focus set by a script is shown as that of the keyboard.
FOCUS = """(most) => {
  const seen = (node) => node.getClientRects().length && getComputedStyle(node).visibility === "visible";
  const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const found = [...document.querySelectorAll(all)].filter(seen);
  const step = Math.max(1, Math.ceil(found.length / most));
  const look = ({ boxShadow, borderColor, backgroundColor }) => [boxShadow, borderColor, backgroundColor].join();
  const bad = [];
  for (const node of found.filter((_, n) => n % step === 0 || n < 20)) {
    const plain = look(getComputedStyle(node));
    node.focus({ focusVisible: true });
    if (document.activeElement !== node) continue;
    const style = getComputedStyle(node);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const said = (node.textContent || node.getAttribute("aria-label") || "").trim().slice(0, 30);
    const name = `${node.tagName.toLowerCase()}.${node.className} “${said}”`;
    if (!outlined && look(style) === plain) bad.push(`no focus seen: ${name}`);
    if (node.closest(".md-header, .md-skip, .md-sidebar")) continue;
    const header = document.querySelector(".md-header").getBoundingClientRect();
    if (node.getBoundingClientRect().bottom <= header.bottom) bad.push(`under the header: ${name}`);
  }
  document.activeElement.blur();
  return bad.slice(0, 5);
}"""

MOVING = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node);
  const long = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
  return long(style.transitionDuration) || (style.animationName !== "none" && long(style.animationDuration));
}).slice(0, 3).map((node) => node.className || node.tagName)"""

# Hundreds of like rows take axe minutes: of neighbours, those stay that have something not yet seen three times.
THIN = """(most) => {
  const kind = (node) => `${node.tagName}.${node.getAttribute("class")}.${node.getAttribute("role")}`;
  const spare = [];
  for (const parent of document.querySelectorAll(".md-content *")) {
    if (parent.children.length <= most) continue;
    const seen = new Map();
    for (const child of parent.children) {
      const own = new Set([kind(child), ...[...child.querySelectorAll("*")].map(kind)]);
      if ([...own].every((one) => seen.get(one) >= most)) spare.push(child);
      else for (const one of own) seen.set(one, (seen.get(one) || 0) + 1);
    }
  }
  for (const node of spare) node.style.setProperty("display", "none", "important");
}"""

READY = """() => !document.querySelector(".md-content__inner > div[id^='wa-'][hidden]:not(#wa-follow)")
  && document.fonts.status === "loaded" """
"""What a tool is put into is hidden until it is there with its answer; what follows from an answer, for longer."""

SHIFTS = """() => new Promise((done) => {
  const found = [];
  const seen = new PerformanceObserver((list) => found.push(...list.getEntries()));
  seen.observe({ type: "layout-shift", buffered: true });
  const name = ({ node }) => node?.parentElement?.className || node?.nodeName || "?";
  setTimeout(() => done(found.filter((shift) => !shift.hadRecentInput).map((shift) => [
    shift.value, shift.sources.slice(0, 2).map(name),
  ])), 50);
})"""


# Chromium tells the colour that fills letters as it was before colours were forced, and axe asks that first.
AS_FORCED = """() => {
  const told = CSSStyleDeclaration.prototype.getPropertyValue;
  CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
    return name === "-webkit-text-fill-color" ? "" : told.call(this, name);
  };
}"""


@cache
def axe() -> str:
    """The library, read once."""
    return str(Axe().axe_script)


def unfold(page: Page) -> None:
    """Open all that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")


def violations(page: Page, *only: str) -> list[str]:
    """What axe finds in the page as it is now, by all rules or only by these, rules or tags; it is put in once."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe())
    found: list[str] = page.evaluate(RUN, list(only))
    return found


def thin(page: Page) -> None:
    """Hide what only repeats, for axe; widths and focus are to be looked at before."""
    page.evaluate(THIN, 3)


def widened(page: Page) -> list[str]:
    """Widths at which the page scrolls sideways, as it is and with wider lines and letters; what these cut off."""
    found = []
    style = page.add_style_tag(content=SPACING)
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 800})
        for kind, off in (("", True), ("spaced, ", False)):
            style.evaluate("(node, off) => { node.disabled = off; }", off)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{kind}scrolls sideways at {name}")
    page.set_viewport_size({"width": 1280, "height": 900})
    found += [f"spaced, cut: {said}" for said in page.evaluate(LOST)]
    style.evaluate("(node) => node.remove()")
    return found


def look(page: Page) -> list[str]:
    """What axe finds in the page as it is: wide in the light scheme, as narrow as can be in the dark one."""
    page.evaluate("scrollTo(0, 0)")  # what the header covers by half is no small target
    found = violations(page)
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_selector("body[data-md-color-scheme=slate]")
    found += [f"dark, at 320: {said}" for said in violations(page, *DIFFERENT)]
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.wait_for_selector("body[data-md-color-scheme=default]")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def skipped(page: Page) -> list[str]:
    """Whether the first key leads to a link that skips to the content."""
    first = "document.querySelector('a[href], button, summary, select, textarea, [tabindex]').className"
    if page.evaluate(first) != "md-skip":
        return ["the first focus is no link that skips"]
    # A tool may have put the focus into itself.
    page.locator(".md-skip").focus()
    page.wait_for_function("document.querySelector('.md-skip').getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.closest('.md-content, .md-footer') !== null"):
        return []
    return [f"skips to {page.evaluate('document.activeElement.outerHTML')[:200]}"]


def focused(page: Page, most: int = 60) -> list[str]:
    """Which of at most about `most` places show no focus, or show it under the header."""
    page.keyboard.press("Tab")
    found: list[str] = page.evaluate(FOCUS, most)
    return found


def visit(page: Page, address: str) -> list[str]:
    """Load the page and wait until all is there; what moved meanwhile, if more than half of what is good."""
    page.goto("about:blank")
    page.goto(address, wait_until="load")
    page.wait_for_function(READY)
    found: list[Any] = page.evaluate(SHIFTS)
    moved = sum(value for value, _ in found)
    return [f"moved by {moved:.3f} while loading: {found[:2]}"] if moved > 0.05 else []


def late_fonts(page: Page, milliseconds: int) -> None:
    """Let fonts come this much later than the rest."""

    def later(route: Any) -> None:
        page.wait_for_timeout(milliseconds)
        route.continue_()

    page.route("**/*.woff2", later)


def addresses(types: dict[str, list[str]], share: int, shares: int) -> list[str]:
    """The part that one test looks at: of each type the heaviest page, and where there are many the lightest."""
    pages = [page for own in types.values() for page in dict.fromkeys((own[0], own[-1]))]
    return pages[share::shares]


def sample(site: Path) -> dict[str, list[str]]:
    """The types of pages of the built site."""
    from tests.page_types import page_types

    found = page_types(site)
    # Thousands of equal cells take axe minutes; a filter leaves every kind of cell.
    return {
        type_: ["regulation/matrix/#control=logs"] if type_ == "regulation/matrix/" else own
        for type_, own in found.items()
    }
