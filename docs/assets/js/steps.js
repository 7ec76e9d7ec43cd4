// The address of a tool, whose fragment is its state; browsers never send it. One rule for all tools: a choice is a
// step that the back button undoes, a run of typing in one field is one step, and loading an address adds none.
(() => {
  "use strict";

  const MOMENT = 5000; // milliseconds after which an address is written that the browser refused
  // Another fragment is a place on the page and no state.
  const isState = (fragment) => !fragment || fragment.includes("=");
  const plain = (fragment) => (fragment === "#" ? "" : fragment);
  let now = isState(location.hash) ? location.hash : history.state?.fragment ?? "";
  let typed = null;
  let waiting = [];
  let again = 0;
  let left = null;

  // Browsers refuse addresses that change too often, Safari more than a hundred in half a minute. The tool goes on
  // with what it knows, and the address follows.
  function put(way, fragment, shown = fragment) {
    clearTimeout(again);
    try {
      history[way]({ fragment }, "", location.pathname + location.search + shown);
    } catch {
      again = setTimeout(() => put("replaceState", now), MOMENT);
    }
  }

  // A step, written by `flush`; `field` names the field that is typed in.
  function note(fragment, field = null) {
    const next = plain(fragment);
    left?.remove();
    if (next === now) return;
    const same = field !== null && field === typed;
    typed = field;
    now = next;
    const last = waiting.at(-1);
    if (same && last) last[1] = next;
    else waiting.push([same ? "replaceState" : "pushState", next]);
  }
  function flush() {
    const steps = waiting;
    waiting = [];
    for (const [way, fragment] of steps) put(way, fragment);
  }
  function take(fragment, field = null) {
    note(fragment, field);
    flush();
  }

  // The same step in other words, such as an address without what nobody knows. `shown` is a place on the page.
  function settle(fragment, shown = plain(fragment)) {
    now = plain(fragment);
    if (waiting.length) waiting.at(-1)[1] = now;
    else put("replaceState", now, shown);
  }

  // What the address says and `written`, the address as the tool understood it, does not.
  function missing(written) {
    const kept = new URLSearchParams(plain(written).slice(1));
    const lost = [...new URLSearchParams(now.slice(1))].filter(([key, value]) => value && kept.get(key) !== value);
    return lost.length ? [`this page has no such choice: ${lost.map(([key, value]) => `${key}=${value.slice(0, 40)}`).join(", ")}`] : [];
  }
  // For a tool that leaves out what it does not know: `why`, of texts and elements, is told above it until the next choice.
  function leaveOut(host, written, why = missing(written)) {
    left?.remove();
    if (!why.length) return;
    left = document.createElement("p");
    left.className = "wa-caution";
    left.setAttribute("role", "status");
    left.append("Left out of the address, because ", ...why, ".");
    host.before(left);
    settle(written);
  }

  // `draw` is called when another state comes: by back and forward, by a link, or by hand. A place on the page leaves
  // the tool as it is, and keeps its state for those who come back to it.
  function follow(draw) {
    function heard() {
      const place = !isState(location.hash);
      const fragment = place ? history.state?.fragment : location.hash;
      waiting = [];
      if (place && fragment === undefined) put("replaceState", now, location.hash);
      if (fragment === undefined || fragment === now) return;
      typed = null;
      now = fragment;
      clearTimeout(again);
      draw();
    }
    addEventListener("popstate", heard);
    addEventListener("hashchange", heard);
    addEventListener("pagehide", flush);
  }

  window.WASteps = { fragment: () => now, note, flush, take, settle, leaveOut, follow };
})();
