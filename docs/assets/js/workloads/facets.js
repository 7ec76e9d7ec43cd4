// The facets beside the list: a set of boxes for each, with the number of workloads that a value would leave.
(() => {
  "use strict";

  const { el } = window.WATools;
  const OPEN = ["verdict", "pattern"];

  // A sentence from data: text, and text with the path that it leads to.
  function sentence(spans, root) {
    const place = (path) => root + (location.protocol === "file:" ? path.replace(/\/(?=#|$)/, "/index.html") : path);
    return spans.map((span) => (typeof span === "string" ? span : el("a", { href: place(span[1]) }, span[0])));
  }

  // `change` is told the facet and the values then chosen. Beside a value that no workload has stands why.
  function facets(data, root, later, change) {
    const made = data.facets.map(({ id, label, help, values, none }) => {
      const note = el("span", { class: "wa-facet__chosen" });
      const boxes = values.map(([value, text]) => {
        const why = none[value] ? el("p", { class: "wa-facet__help wa-facet__why", id: `wa-none-${id}-${value}` }, sentence(none[value], root)) : null;
        const input = el("input", { type: "checkbox", name: id, value, "aria-describedby": why?.id, onchange: () => change(id, chosen()) });
        const count = document.createTextNode("");
        return { value, input, count, why, node: el("label", { class: "wa-facet__value" }, input, el("span", {}, text), " ", el("span", { class: "wa-facet__count" }, count)) };
      });
      const chosen = () => boxes.filter(({ input }) => input.checked).map(({ value }) => value);
      const node = el("details", { class: "wa-more wa-facet", "data-facet": id, open: OPEN.includes(id) },
        el("summary", {}, el("span", { class: "wa-facet__name" }, label), note),
        el("fieldset", {},
          el("legend", { class: "wa-code__what" }, label),
          el("p", { class: "wa-facet__help" }, help),
          boxes.flatMap((box) => [box.node, box.why])));
      node.style.setProperty("--wa-values", values.length);
      return { id, note, boxes, node };
    });

    const inView = new Set();
    const watch = new IntersectionObserver((seen) => seen.forEach(({ target, isIntersecting }) => (isIntersecting ? inView.add(target) : inView.delete(target))));
    made.forEach(({ node }) => watch.observe(node));

    function recount({ boxes }, own) {
      boxes.forEach(({ count, node }, n) => {
        const amount = `(${own[n]})`;
        if (count.data === amount) return;
        count.data = amount;
        node.classList.toggle("wa-facet__value--none", own[n] === 0);
      });
    }
    // A facet in which something is chosen is opened once, so that what an address says can be seen. Counts that
    // nobody sees follow; `all` counts at once.
    function update(state, counts, all) {
      made.forEach((facet, f) => {
        const { id, note, boxes, node } = facet;
        const chosen = state[id];
        const said = chosen.length ? `${chosen.length} chosen` : "";
        if (note.textContent !== said) {
          note.textContent = said;
          if (said && !node.dataset.met) node.open = true;
          node.dataset.met = "";
        }
        boxes.forEach(({ value, input }) => {
          const on = chosen.includes(value);
          if (input.checked !== on) input.checked = on;
        });
        if (all || inView.has(node)) recount(facet, counts[f]);
        else later(() => recount(facet, counts[f]));
      });
    }
    return { nodes: made.map(({ node }) => node), update };
  }

  Object.assign(window.WAWorkloads, { facets, sentence });
})();
