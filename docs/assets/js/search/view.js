// What the search shows: results as a listbox of a combobox, facets with counts, and what to do when there is nothing.
(() => {
  "use strict";

  const SHOWN = 20;
  const WAYS = [
    ["decide/", "Route your workload"], ["workloads/", "All workloads"], ["questions/", "Questions people ask"], ["models/", "Models"], ["size/", "Size a model"],
    ["assurances/", "What an assurance buys"], ["regulation/", "Law"], ["pages/", "All pages"],
  ];

  function start(dialog, root, loadSources) {
    const { el } = WATools;
    const { engine, pieces, holds, words, stem } = WASearch;
    const data = window.WASearchData;
    const part = (name) => dialog.querySelector(`.wa-search__${name}`);
    const field = dialog.querySelector("[role=combobox]");
    const [facets, said, list, rest] = ["facets", "said", "list", "rest"].map(part);
    const atlas = engine(MiniSearch, data);
    let kind = null;
    let active = -1;
    let ready = false;

    const marked = (text, terms, length) => pieces(text, terms, length).map(([piece, hit]) => (hit ? el("mark", {}, piece) : piece));
    // From a disk a browser shows a folder as a list of files instead of its page.
    const page = (path) => (location.protocol === "file:" ? path.replace(/\/(?=#|$)/, "/index.html") : path);
    const address = (path) => new URL(page(path), root).href;
    const ways = (heading, links) => [
      el("p", { class: "wa-search__h" }, heading),
      el("ul", { class: "wa-search__ways" }, links.map(([path, title, what]) => el("li", {}, el("a", { href: address(path) }, title,
        what ? [" ", el("span", { class: "wa-search__kind" }, what)] : null)))),
    ];

    // The provision, and the names by which it was found where its title does not say as much.
    function otherNames(entry, terms) {
      const hits = (text) => pieces(text, terms, 300).filter(([, hit]) => hit).flatMap(([piece]) => words(piece).map(stem));
      const told = new Set(hits(entry.title));
      const names = entry.law.length ? [`${entry.law[1]}, ${entry.law[0]}`] : [];
      for (const name of entry.names) {
        const fresh = hits(name).filter((word) => !told.has(word));
        if (!fresh.length || names.length > 2) continue;
        names.push(name);
        fresh.forEach((word) => told.add(word));
      }
      return names.length ? el("span", { class: "wa-search__names" }, names.flatMap((name, n) => [n ? " · " : "", marked(name, terms, 200)])) : null;
    }

    // A guide is called by its part of the site, since a word of the glossary is not a tool.
    const called = ({ path, kind: of }) => data.parts.find(([place]) => path.startsWith(place))?.[1] || data.kinds[of][2];

    function option({ entry }, n, terms) {
      const text = !holds(entry.summary, terms) && holds(entry.text, terms) ? entry.text : entry.summary;
      return el("a", { role: "option", id: `wa-hit-${n}`, tabindex: "-1", "aria-selected": "false", href: address(entry.path), class: "wa-search__hit" },
        el("span", { class: "wa-search__title" }, marked(entry.title, terms, 300)),
        " ", el("span", { class: "wa-search__kind" }, called(entry)), " ",
        otherNames(entry, terms), " ",
        el("span", { class: "wa-search__text" }, marked(text, terms)));
    }

    const facet = (label, count, value) => el("button", {
      type: "button", class: "wa-search__facet", "aria-pressed": String(kind === value),
      onclick: () => { kind = value; draw(); field.focus(); },
    }, label, " ", el("span", { class: "wa-search__count" }, String(count)));

    function drawFacets(found) {
      facets.hidden = !found.total;
      facets.replaceChildren(facet("All", found.total, null), ...data.kinds
        .map(([, label], n) => (found.counts[n] || kind === n ? facet(label, found.counts[n], n) : null)).filter(Boolean));
    }

    function tell(found, shown) {
      const { length } = found.hits;
      const parts = [length === 1 ? "1 result" : `${length} results`];
      if (length > shown) parts[0] += `, the first ${shown} shown`;
      if (found.corrected.length) parts.push(`read as ${found.corrected.map(([, word]) => `“${word}”`).join(", ")}`);
      if (length && !found.whole) parts.push("no page has all of these words");
      else if (kind === null && found.whole < length) parts[0] += `, ${found.whole} with all of these words`;
      said.textContent = `${parts.join("; ")}.`;
    }

    // What the atlas does not cover, and where else to look.
    function limits(query) {
      const found = atlas.near(query).slice(0, 5);
      // Equal names are told apart by their part of the site; of one kind they can be all.
      const shared = (title) => found.filter((entry) => entry.title === title).length > 1;
      const near = found.map(({ path, title }) => [path, title, shared(title) ? path.split("/")[0] : null]);
      return [
        el("p", {}, "The atlas covers AI workloads, where they can run, models with open weights, accelerators, serving engines, and the law that follows. It does not rate models, and knows no national law beyond the instruments it lists. ",
          el("a", { href: address("coverage/") }, "What the atlas does not cover")),
        ...(near.length ? ways("Words that begin alike", near) : []),
        ...ways("Other ways in", WAYS),
      ];
    }

    function nothing(query, found) {
      if (!found.total) return [el("p", {}, `Nothing in the atlas matches “${query}”.`), ...limits(query)];
      if (!found.hits.length) {
        return [el("p", {}, `None of the ${found.total} results is of this kind. `,
          el("button", { type: "button", class: "wa-link", onclick: () => { kind = null; draw(); field.focus(); } }, "Show all kinds"))];
      }
      // Documents that the atlas cites are no answer of its own.
      return found.hits.every(({ entry }) => data.kinds[entry.kind][0] === "source") && kind === null ? limits(query) : [];
    }

    function draw() {
      const query = field.value.trim();
      active = -1;
      field.removeAttribute("aria-activedescendant");
      if (!ready) return;
      if (!query) {
        kind = null;
        facets.hidden = true;
        list.hidden = true;
        field.setAttribute("aria-expanded", "false");
        said.textContent = "";
        rest.replaceChildren(...ways("Ways in", WAYS));
        return;
      }
      const found = atlas.search(field.value, kind);
      const hits = found.hits.slice(0, SHOWN);
      list.replaceChildren(...hits.map((hit, n) => option(hit, n, found.terms)));
      list.hidden = !hits.length;
      list.scrollTop = 0;
      field.setAttribute("aria-expanded", String(hits.length > 0));
      drawFacets(found);
      tell(found, hits.length);
      rest.replaceChildren(...nothing(query, found));
    }

    function choose(n) {
      const options = list.hidden ? [] : [...list.children];
      if (!options.length) return;
      options[active]?.setAttribute("aria-selected", "false");
      active = (n + options.length) % options.length;
      const chosen = options[active];
      chosen.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    }

    function keys(event) {
      if (event.isComposing) return;
      if (event.key === "ArrowDown") choose(active + 1);
      else if (event.key === "ArrowUp") choose(active < 0 ? -1 : active - 1);
      else if (event.key === "Enter") {
        const chosen = list.hidden ? null : list.children[Math.max(active, 0)];
        if (chosen && (event.ctrlKey || event.metaKey)) window.open(chosen.href);
        else if (chosen) { dialog.close(); location.assign(chosen.href); }
      } else return;
      event.preventDefault();
    }

    field.addEventListener("input", draw);
    field.addEventListener("keydown", keys);
    dialog.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });

    const again = () => { if (active < 0) draw(); };
    // The weightiest entries come first, and are answered from while the others are read.
    return atlas.add(data.entries, () => { ready = true; draw(); }).then(() => {
      dialog.dataset.ready = "";
      again();
      return loadSources();
    }).then(() => atlas.add(window.WASearchSources.entries)).then(() => {
      dialog.dataset.ready = "all";
      again();
    });
  }

  window.WASearchView = { start };
})();
