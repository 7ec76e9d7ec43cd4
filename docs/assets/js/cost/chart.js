// The staircase: money a month by volume, both on logarithmic scales. Lines differ by dash and name, not by colour alone.
(() => {
  "use strict";

  const NS = "http://www.w3.org/2000/svg";
  const HEIGHT = 320;
  const MOST = 800;
  const LETTER = 6; // about the width of a letter
  const LEFT = 64;
  const BOTTOM = 40;
  const { line, lineAt, fleet, fleetAt, words } = window.WACost;

  function node(name, attributes, ...children) {
    const made = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const ticks = (low, high) => {
    const found = [];
    for (let power = Math.ceil(Math.log10(low) - 1e-9); power <= Math.log10(high) + 1e-9; power += 1) found.push(10 ** power);
    return found;
  };

  // Where the fleet jumps, so that stairs are drawn upright; of many stairs only the first.
  function edges(stairs, high) {
    const found = [];
    for (let n = stairs.least; n * stairs.capacity < high && n < stairs.least + 80; n += 1) found.push(n * stairs.capacity, n * stairs.capacity * (1 + 1e-9));
    return found;
  }

  // The width that is drawn where there is `room`: a unit is a pixel, so that letters keep their size.
  const wide = (room) => Math.max(280, Math.min(MOST, room || MOST));

  function draw(answer, unit, currency, caption, room) {
    const WIDTH = wide(room);
    const units = answer.figures.units || 1;
    const evens = answer.fleets.map((f) => f.crossings.lasting).filter((v) => v);
    const low = units / 30;
    const high = Math.min(Math.max(units * 30, ...evens.map((v) => v * 4)), units * 1e6);
    const count = 240;
    const volumes = Array.from({ length: count + 1 }, (_, n) => low * (high / low) ** (n / count));
    const lines = [["API", answer.figures, (f, v) => lineAt(line(f), v), "api"],
      ...answer.fleets.map((f) => [words.KINDS[f.kind], f.figures, (g, v) => fleetAt(fleet(g), v), f.kind])];
    const drawn = lines.map(([name, f, at, kind]) => {
      const every = kind === "api" ? volumes : [...volumes, ...edges(fleet(f), high).filter((v) => v > low)].sort((a, b) => a - b);
      return { name, kind, points: every.map((v) => [v, at(f, v)]).filter(([, y]) => y > 0) };
    }).filter((l) => l.points.length);
    const money = drawn.flatMap((l) => l.points.map(([, y]) => y));
    if (!money.length) return null;
    const floor = 10 ** Math.floor(Math.log10(Math.min(...money)));
    const roof = 10 ** Math.ceil(Math.log10(Math.max(...money)));
    const x = (v) => LEFT + ((WIDTH - LEFT - 12) * Math.log(v / low)) / Math.log(high / low);
    const y = (v) => 12 + ((HEIGHT - BOTTOM - 12) * Math.log(roof / v)) / Math.log(roof / floor || 10);
    const parts = [];
    for (const value of ticks(floor, roof)) {
      parts.push(node("line", { class: "wa-chart__grid", x1: LEFT, x2: WIDTH - 12, y1: y(value), y2: y(value) }),
        node("text", { class: "wa-chart__text", x: LEFT - 6, y: y(value) + 4, "text-anchor": "end" }, words.amount(value, currency)));
    }
    const marks = ticks(low, high);
    const every = Math.ceil(marks.length / Math.max(2, Math.floor(WIDTH / 130)));
    marks.forEach((value, n) => {
      parts.push(node("line", { class: "wa-chart__grid", y1: 12, y2: HEIGHT - BOTTOM, x1: x(value), x2: x(value) }));
      const name = words.volume(value, unit).replace(" tokens", "");
      const anchor = x(value) + (name.length * LETTER) / 2 > WIDTH ? "end" : "middle";
      if (n % every === 0) parts.push(node("text", { class: "wa-chart__text", x: x(value), y: HEIGHT - BOTTOM + 16, "text-anchor": anchor }, name));
    });
    parts.push(node("text", { class: "wa-chart__text", x: WIDTH - 12, y: HEIGHT - 6, "text-anchor": "end" }, "a month"));
    for (const { kind, points } of drawn) {
      parts.push(node("polyline", { class: `wa-chart__line wa-chart__line--${kind}`, points: points.map(([v, m]) => `${x(v).toFixed(1)},${y(m).toFixed(1)}`).join(" ") }));
    }
    for (const f of answer.fleets) {
      for (const c of f.crossings.found.filter((item) => item.volume > low && item.volume < high).slice(0, 40)) {
        parts.push(node("circle", { class: "wa-chart__cross", cx: x(c.volume), cy: y(lineAt(answer.bill, c.volume)), r: 4 }));
      }
    }
    if (answer.figures.units) parts.push(node("line", { class: "wa-chart__own", x1: x(units), x2: x(units), y1: 12, y2: HEIGHT - BOTTOM }));
    const svg = node("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, class: "wa-chart", role: "img", "aria-label": caption }, ...parts);
    const key = drawn.map(({ name, kind }) => [name, node("svg", { viewBox: "0 0 28 8", width: 28, height: 8, "aria-hidden": "true" }, node("line", { class: `wa-chart__line wa-chart__line--${kind}`, x1: 0, x2: 28, y1: 4, y2: 4 }))]);
    return { svg, key };
  }

  // The picture with its key. It is drawn anew when its place becomes wider or narrower, as when a phone is turned: in
  // the next frame, because its height changes what is observed. `room` is the width until it has a place.
  function figure(answer, unit, currency, caption, room) {
    const first = draw(answer, unit, currency, caption, room);
    if (!first) return null;
    let drawn = wide(room);
    let { svg } = first;
    const span = (...children) => window.WATools.el("span", { class: "wa-cost__key" }, children);
    const place = window.WATools.el("figure", { class: "wa-cost__figure" }, svg, window.WATools.el("figcaption", {},
      first.key.map(([name, mark]) => span(mark, ` ${name}`)), span("○ crossing"), span("│ your volume")));
    const renew = () => {
      const now = place.clientWidth;
      if (!now || wide(now) === drawn) return;
      drawn = wide(now);
      const next = draw(answer, unit, currency, caption, now).svg;
      svg.replaceWith(next);
      svg = next;
    };
    new ResizeObserver(() => requestAnimationFrame(renew)).observe(place);
    return place;
  }

  window.WACost.chart = figure;
})();
