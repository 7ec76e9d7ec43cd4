// What is shown of the answer for a portfolio: places, endpoints, sums, law and order; and the sheet for print.
(() => {
  "use strict";

  const { el, table, number } = window.WATools;
  const { brief } = window.WAPortfolio;
  const { many, lower } = brief;

  const badge = (verdict) => document.getElementById("wa-marks").content.querySelector(`[data-verdict="${verdict}"] > *`).cloneNode(true);
  const unique = (items) => [...new Set(items)];

  // Names, or their number with the names behind it.
  function names(titles, every, key) {
    if (titles.length <= 3) return titles.join(", ");
    const sum = titles.length === every ? `all ${every}` : `${titles.length} of ${every}`;
    return el("details", { class: "wa-more wa-pf__names", "data-key": key }, el("summary", {}, sum), titles.join(", "));
  }

  function places(data, say, found, root) {
    return [el("h2", {}, "Where they run"), el("div", { class: "wa-pf__places" }, data.verdicts.map(([verdict]) => {
      const items = found.workloads.filter((item) => item.verdict === verdict);
      return el("div", { role: "group", class: `wa-card wa-card--${verdict}`, "aria-label": `${say.verdict(verdict)}: ${many(items.length, "workload")}` },
        el("h3", { class: "wa-card__title" }, badge(verdict), ` ${items.length}`),
        items.length ? el("ul", {}, items.map((item) => el("li", {}, el("a", { href: `${root}workloads/${item.id}/` }, say.title(item.id)),
          el("span", { class: "wa-quiet" }, ` ${brief.forms(data, item)}${item.must_stay ? "; data must stay" : ""}`)))) : el("p", { class: "wa-quiet" }, "None of them."));
    }))];
  }

  function endpoints(data, say, found, root) {
    if (!found.pools.length) return [el("h2", {}, "Shared models and accelerators"), el("p", {}, "For this team nothing of the choice runs inside, so there is no endpoint to share and no accelerator to count.")];
    const rows = found.pools.map((pool, n) => {
      const who = unique(pool.steps.map(([id]) => id));
      const model = say.model(pool.model);
      const joins = unique(pool.could_join || []).map(([id, step]) => `${say.title(id)}: ${lower(say.step(id, step).title)}`);
      return [
        [el("a", { href: `${root}models/${pool.model}/` }, model.title), el("span", { class: "wa-quiet" }, ` ${say.place(pool.place)}${pool.own ? ", of its own" : ""}; ${model.licence}`)],
        [el("div", {}, names(who.map(say.title), found.workloads.length, `who-${n}`)),
          joins.length ? el("details", { class: "wa-more wa-pf__names", "data-key": `join-${n}` }, el("summary", {}, `would suffice for ${many(joins.length, "more step")}`), joins.join("; ")) : null],
        pool.accelerator ? number(pool.at_once) : "–",
        brief.hosting(say, pool),
        [pool.isolation ? el("span", { class: `wa-tag${pool.isolation === "must-stay" ? " wa-tag--unsure" : ""}` }, pool.isolation === "must-stay" ? "isolation: data must stay" : "isolation: tenants") : null,
          brief.cautions(data, say, found, pool).map((text) => el("div", { class: "wa-pf__know" }, text))],
      ];
    });
    const isolation = unique(found.pools.map((pool) => pool.isolation).filter(Boolean));
    return [
      el("h2", {}, "Shared models and accelerators"),
      el("p", { class: "wa-quiet" }, "Steps share an endpoint if they take the same model, run in the same place and no boundary keeps them apart. A model is taken only by steps whose needs it meets: input, output, length, languages, tools, structure and a licence that allows the use. Where no model is known to suffice in all languages, that is said."),
      table("Endpoints, pooled", ["Model and place", "For", "Requests at once", "Accelerators, by memory", "To know"], rows, { right: [2], stack: true }),
      isolation.length ? el("div", { class: "wa-pf__isolation" }, isolation.map((kind) => el("p", {}, el("strong", {}, kind === "must-stay" ? "Data must stay: " : "Tenants: "), data.isolation[kind])),
        el("p", {}, el("a", { href: `${root}infrastructure/#upkeep-tenant-isolation` }, "What each engine does about it"))) : null,
      el("h3", {}, "Pooled against separate"),
      sums(data, say, found),
    ];
  }

  function sums(data, say, found) {
    const { pooled, apart } = found.totals;
    const row = (name, total) => [name, number(total.endpoints), number(total.count), number(total.gib, 1), brief.cardsOf(say, total),
      [total.at_least ? `${many(total.at_least, "endpoint")}: a minimum` : null, total.without_set ? `${many(total.without_set, "endpoint")} on no set` : null].filter(Boolean).join("; ") || "–"];
    const less = apart.count - pooled.count;
    const line = less > 0 ? `Pooling takes ${many(less, "accelerator")} and ${number(apart.gib - pooled.gib, 1)} GiB less.`
      : `Pooling takes ${less < 0 ? `${many(-less, "accelerator")} more, and ` : "no fewer accelerators; "}${number(Math.abs(apart.gib - pooled.gib), 1)} GiB ${apart.gib >= pooled.gib ? "less" : "more"} memory.`;
    const peaks = found.peaks === "together" ? "Pooling adds peaks: that they do not coincide is assumed only if you say so above." : "As you said, one workload is at its peak at a time, the others at the mean of their month.";
    return [el("p", {}, el("strong", {}, line), ` ${peaks}`),
      table("Pooled against separate", ["Way", "Endpoints", "Accelerators", "GiB", "Which", "Not settled"], [row("Pooled", pooled), row("Each workload by itself", apart)], { right: [1, 2, 3], stack: true }),
      el("details", { class: "wa-more", "data-key": "assumed" }, el("summary", {}, "What these sums assume"), el("ul", {}, data.assumed.map((text) => el("li", {}, text))))];
  }

  function law(data, say, found, root) {
    const every = found.workloads.length;
    const group = ([id, states, title]) => {
      const items = found.obligations.filter(({ state }) => states.includes(state));
      if (!items.length) return null;
      const later = id === "later";
      const rows = items.map((item, n) => {
        const [, name, provision, , page] = say.obligation(item.id);
        const open = item.workloads.length - item.certain.length;
        return [el("a", { href: root + page }, name), provision, ...(later ? [item.applies_from] : []), names(item.workloads.map(say.title), every, `${id}-${n}`), open ? `for ${open === every ? "all" : open}` : "no"];
      });
      return el("details", { class: "wa-more", "data-key": `law-${id}` }, el("summary", {}, `${title}: ${items.length}`),
        table(title, ["Obligation", "Provision", ...(later ? ["From"] : []), "Met by", "Depends on an answer"], rows, { stack: true }));
    };
    const days = brief.days(found);
    return [el("h2", {}, "Obligations of all together"),
      el("p", {}, el("strong", {}, `${brief.headline(data, found.counts)}. `), "Each counted once, however many of the workloads meet it. Law of all jurisdictions of the atlas; where it reaches you is for you to say."),
      days.length ? el("ul", {}, days.map(({ day, duties, workloads }) => el("li", {}, el("time", { datetime: day }, day), `: ${many(duties, "duty begins", "duties begin")} to apply for ${many(workloads.size, "workload")}, counted also where it depends on an answer`))) : null,
      data.kinds.map(group),
      el("p", { class: "wa-advice" }, data.advice)];
  }

  function order(data, say, found, root) {
    if (!found.order.length) return [];
    const rule = el("details", { class: "wa-more", "data-key": "rule" }, el("summary", {}, "The rule behind the order"),
      el("ol", {}, data.rule.map(([title, why]) => el("li", {}, el("strong", {}, `${title}. `), why))));
    return [el("h2", {}, "What to build first"), rule,
      el("ol", { class: "wa-pf__order" }, found.order.map((turn) => el("li", {}, el("a", { href: `${root}workloads/${turn.workload}/` }, say.title(turn.workload)), el("span", { class: "wa-quiet" }, ` ${brief.why(data, say, found, turn)}`)))),
      found.verdicts.api.length ? el("p", {}, el("strong", {}, "Nothing to build, may begin at once: "), found.verdicts.api.map(say.title).join(", "), ".") : null];
  }

  function results(data, found, root) {
    const say = brief.words(data);
    return [places(data, say, found, root), endpoints(data, say, found, root), law(data, say, found, root), order(data, say, found, root)].flat(3).filter(Boolean);
  }

  // One or two sheets for the person who approves; shown in print only.
  function paper(b) {
    const list = (items) => el("ul", {}, items.map((item) => el("li", {}, item)));
    const part = (title, ...children) => [el("h2", {}, title), ...children];
    return el("article", { class: "wa-brief wa-brief--portfolio", "aria-hidden": "true" },
      el("h1", {}, b.title),
      el("p", { class: "wa-brief__decision" }, b.decision),
      el("p", { class: "wa-brief__meta" }, `${b.meta} · ${b.settings}`),
      part("Where they run", el("div", { class: "wa-brief__columns" }, b.places.map(({ label, items }) => [el("p", {}, el("strong", {}, `${label}: ${items.length}`)), list(items)]))),
      b.endpoints.length ? part("Endpoints, pooled", el("table", {}, el("thead", {}, el("tr", {}, ["Model", "Where", "Accelerators, by memory", "At once", "For"].map((head) => el("th", { scope: "col" }, head)))),
        el("tbody", {}, b.endpoints.map((item) => el("tr", {}, el("td", {}, item.model), el("td", {}, item.where), el("td", {}, item.hosting), el("td", {}, item.atOnce),
          el("td", {}, item.who.length > 4 ? many(item.who.length, "workload") : item.who.join(", "), item.isolation === "must-stay" ? " (isolation: data must stay)" : item.isolation ? " (isolation: tenants)" : "", item.cautions.length ? `. ${item.cautions.join(" ")}` : ""))))), list([...b.sums, ...b.isolation])) : null,
      part("Obligations of all together", el("p", {}, `${b.law}. ${b.advice}`), b.days.length ? list(b.days) : null,
        b.now.length ? [el("p", {}, el("strong", {}, "Applies now, whatever you answer, where its law reaches:")), el("ul", { class: "wa-brief__columns" }, b.now.map((item) => el("li", {}, item)))] : null),
      b.order.length ? part("What to build first", el("ol", { class: "wa-brief__columns" }, b.order.map((item) => el("li", {}, item)))) : null,
      b.outside.length ? el("p", {}, `Nothing to build, may begin at once: ${b.outside.join(", ")}.`) : null,
      part("Assumed", list(b.assumed)),
      el("p", { class: "wa-brief__sign" }, "Decided by: ______________________   Date: ____________   Review by: ____________"));
  }

  window.WAPortfolio = { ...(window.WAPortfolio || {}), results, paper };
})();
