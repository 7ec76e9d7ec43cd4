// The rows and cards of the list. They are made once and filled anew in each step, so that the browser lays out other
// texts instead of making and styling other elements. A row is a copy of the page's own, so that both look the same.
(() => {
  "use strict";

  const { el } = window.WATools;

  // The text of a node whatever stood in it, so that what is filled in cannot go beside it.
  function textIn(node) {
    const text = document.createTextNode("");
    node.replaceChildren(text);
    return text;
  }
  const say = (node, text) => { if (node.data !== text) node.data = text; };
  const lead = (link, href) => { if (link.getAttribute("href") !== href) link.setAttribute("href", href); };
  const set = (node, key, value) => { if (node[key] !== value) node[key] = value; };

  // Shows the workloads at `places` in `parent`, in elements that `make` makes when more are needed than ever before.
  // What is in the window, or would be, is filled at once. What nobody sees yet is told to `later`, in small portions:
  // it would take most of the time of a step. `height` are the pixels that most take.
  const PORTION = 10;
  function pool(parent, make, later, height) {
    const slots = [];
    parent.replaceChildren();
    const inView = new Set();
    const watch = new IntersectionObserver((seen) => seen.forEach(({ target, isIntersecting }) => (isIntersecting ? inView.add(target) : inView.delete(target))));
    function fill(places, from, to) {
      const end = Math.min(to, places.length);
      for (let at = from; at < end; at += 1) {
        slots[at] ||= make();
        slots[at].fill(places[at]);
        if (at < parent.children.length) continue;
        parent.append(slots[at].node);
        watch.observe(slots[at].node);
      }
    }
    function trim(length) {
      while (parent.children.length > length) {
        inView.delete(parent.lastElementChild);
        watch.unobserve(parent.lastElementChild);
        parent.lastElementChild.remove();
      }
    }
    return (places, all) => {
      const seen = slots.flatMap(({ node }, at) => (inView.has(node) ? [at] : []));
      const from = all || !seen.length ? 0 : Math.max(0, seen[0] - 1);
      const to = all ? places.length : (seen.length ? seen.at(-1) + 2 : Math.ceil(window.innerHeight / height));
      if (all || places.length < to) trim(places.length);
      const start = Math.min(from, parent.children.length);
      fill(places, start, to);
      if (all) return;
      const portion = (first, last) => () => fill(places, first, last);
      for (let at = 0; at < places.length; at += PORTION) {
        if (at < start) later(portion(at, Math.min(at + PORTION, start)));
        if (at + PORTION > to) later(portion(Math.max(at, to), at + PORTION));
      }
      if (parent.children.length > places.length) later(() => trim(places.length));
    };
  }

  function lists(data, host, cards, { picked, pick, later }) {
    const body = host.querySelector("tbody");
    // Rows are laid out one by one, so that those far from the window need not be; what they are is then told.
    const told = [["thead, tbody", "rowgroup"], ["tr", "row"], ["thead th", "columnheader"], ["tbody th", "rowheader"], ["td", "cell"]];
    host.querySelector(".wa-workloads").setAttribute("role", "table");
    for (const [parts, role] of told) host.querySelectorAll(`.wa-workloads :is(${parts})`).forEach((node) => node.setAttribute("role", role));
    const sample = body.rows[0].cloneNode(true);
    const marks = host.querySelector("template").content;
    const { root } = host.dataset;

    // What rows and cards share: the box, the way to the page, and the verdict.
    function common(link, verdict, input) {
      const badges = new Map();
      let word = null;
      let id = "";
      input.addEventListener("change", () => pick(id, input));
      return (row) => {
        [id] = row;
        const [, title, , , means] = row;
        set(input, "ariaLabel", `Choose ${title}`);
        set(input, "checked", picked(id));
        say(link.firstChild, title);
        lead(link, root + row.at(-1));
        if (word === means) return;
        word = means;
        if (!badges.has(means)) badges.set(means, marks.querySelector(`.wa-verdict--${means}`).cloneNode(true));
        verdict.replaceChildren(badges.get(means));
      };
    }

    function row() {
      const node = sample.cloneNode(true);
      const [choose, name, verdict, ...rest] = node.cells;
      const [link, region] = name.querySelectorAll("a");
      const badge = el("span");
      verdict.querySelector(".wa-verdict").replaceWith(badge);
      const why = textIn(verdict.querySelector(".wa-quiet"));
      const input = el("input", { type: "checkbox" });
      choose.append(input);
      const fill = common(link, badge, input);
      const texts = rest.map(textIn);
      return {
        node,
        fill: (n) => {
          const { row: values, shown } = data.workloads[n];
          const [pattern, deciding, ...said] = shown.map((at) => data.texts[at]);
          fill(values);
          set(node.dataset, "workload", values[0]);
          say(region.firstChild, pattern);
          lead(region, root + data.patterns[values[3]]);
          say(why, deciding);
          texts.forEach((text, at) => say(text, said[at]));
        },
      };
    }

    function card() {
      const [region, title, summary, law] = [0, 1, 2, 3].map(() => document.createTextNode(""));
      const input = el("input", { type: "checkbox" });
      const link = el("a", {}, title);
      const badge = el("p");
      const node = el("li", { class: "wa-card" },
        el("p", { class: "wa-card__rank" }, el("span", {}, region), input),
        el("p", { class: "wa-card__title" }, link), badge, el("p", {}, summary), el("p", { class: "wa-quiet" }, law));
      const fill = common(link, badge, input);
      return {
        node,
        fill: (n) => {
          const { row: values, shown } = data.workloads[n];
          const said = shown.map((at) => data.texts[at]);
          fill(values);
          set(node, "className", `wa-card wa-card--${values[4]}`);
          say(region, said[0]);
          say(summary, values[2]);
          say(law, `${said[3]}; ${said.at(-1)} notes on law`);
        },
      };
    }
    return { rows: pool(body, row, later, 90), cards: pool(cards, card, later, 90) };
  }

  Object.assign(window.WAWorkloads, { lists });
})();
