// The answer in words: short texts that the page, its print and the Markdown share. No rules here.
(() => {
  "use strict";

  const { number } = window.WATools;
  const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
  const many = (amount, one, more = `${one}s`) => `${number(amount)} ${amount === 1 ? one : more}`;
  const pick = (pairs, id) => pairs.find(([key]) => key === id)[1];

  // Look-ups by id, made once.
  function words(data) {
    const by = (list, key = "id") => new Map(list.map((item) => [item[key], item]));
    const [workloads, models, obligations] = [by(data.workloads), by(data.models), by(data.obligations, 0)];
    const cards = new Map(data.cards);
    return {
      workload: (id) => workloads.get(id),
      title: (id) => workloads.get(id).title,
      model: (id) => models.get(id),
      obligation: (id) => obligations.get(id),
      card: (id) => cards.get(id),
      verdict: (id) => pick(data.verdicts, id),
      team: (id) => pick(data.teams, id),
      place: (id) => (id.startsWith("edge:") ? "at the edge" : lower(data.forms[id])),
      step: (id, step) => workloads.get(id).steps.find((own) => own.id === step),
    };
  }

  const cardsOf = (say, total) => Object.entries(total.accelerators).map(([id, amount]) => `${number(amount)} × ${say.card(id)}`).join(", ") || "none";

  function hosting(say, pool) {
    if (!pool.accelerator) return "no set of up to eight equal accelerators allowed here holds it";
    const copies = `${number(pool.copies)} ${pool.copies === 1 ? "copy" : "copies"}`;
    return `${pool.counted ? "" : "at least "}${copies} on ${pool.per_copy} × ${say.card(pool.accelerator)}`;
  }

  // What to know of one endpoint before it is shared.
  function cautions(data, say, found, pool) {
    const model = say.model(pool.model);
    const told = [];
    if (model.commercial !== "allowed") told.push(`Licence (${model.licence}) sets conditions.`);
    if (!model.confirmed) told.push(`Licence (${model.licence}) not confirmed by reading.`);
    const short = found.workloads.filter(({ id, steps }) => steps.some((step) => step.nearest && pool.steps.some(([own, at]) => own === id && at === step.id)));
    if (short.length) told.push(`Not known to suffice in all languages of ${short.map(({ id }) => lower(say.title(id))).join(", ")}.`);
    if (pool.late) told.push("The time asked for is out of reach by the bounds on every set that holds it.");
    return told;
  }

  // What there is of law and of what is none, told apart as macros/law/counts.py tells it.
  function headline(data, counts) {
    return data.counted.map(([states, one, more], n) => {
      const amount = states.reduce((sum, state) => sum + counts[state], 0);
      return amount || n === 0 ? (amount === 1 ? one : more).replace("{}", number(amount)) : null;
    }).filter(Boolean).join(", ");
  }

  function said(data, say, found) {
    const size = (verdict) => found.verdicts[verdict].length;
    const runs = `${size("self-host")} inside, ${size("hybrid")} hybrid, ${size("api")} outside`;
    const { pooled, apart } = found.totals;
    const sum = pooled.endpoints
      ? ` ${many(pooled.endpoints, "endpoint")} on ${many(pooled.count, "accelerator")} pooled; ${many(apart.endpoints, "endpoint")} on ${number(apart.count)} if each workload runs by itself.`
      : " Nothing runs inside, so there is nothing to pool.";
    return `${many(found.workloads.length, "workload")} for the team “${say.team(found.team)}”: ${runs}.${sum}`;
  }

  function why(data, say, found, turn) {
    const item = found.workloads.find(({ id }) => id === turn.workload);
    const names = (ids) => ids.map((id) => say.model(id).title).join(", ");
    return [
      `stage “${lower(data.stages[item.stage])}”`,
      item.must_stay ? "its data may not leave, so it cannot begin outside" : null,
      item.next_day ? `next day of law ${item.next_day}${item.next_day_certain ? "" : ", if it applies"}` : null,
      turn.new.length ? `new: ${names(turn.new)}` : "no new endpoint",
      turn.running.length ? `runs already: ${names(turn.running)}` : null,
    ].filter(Boolean).join("; ");
  }

  // Days of law to come: how many duties begin on each, and for how many of the workloads.
  function days(found) {
    const by = new Map();
    for (const { state, applies_from: day, workloads } of found.obligations) {
      if (state !== "applies-from") continue;
      if (!by.has(day)) by.set(day, { day, duties: 0, workloads: new Set() });
      by.get(day).duties += 1;
      workloads.forEach((id) => by.get(day).workloads.add(id));
    }
    return [...by.values()];
  }

  const settings = (data, say, found) => [
    `Models: ${lower(pick(data.tiers, found.tier))}`,
    `Peaks: ${lower(pick(data.peaks, found.peaks))}`,
    `Workloads whose data must stay: ${lower(pick(data.must_stay, found.must_stay))}`,
    found.card ? `Only ${say.card(found.card)}` : "Any NVIDIA data-centre accelerator, least memory first",
    ...Object.entries(found.measured).map(([id, amount]) => `${say.model(id) ? say.model(id).title : id}: ${number(amount)} requests at once a copy, as you measured`),
  ];

  function forms(data, item) {
    return [item.inside, item.outside].filter(Boolean).map((id) => lower(data.forms[id])).join(" + ");
  }

  function volume(say, item) {
    return `${number(item.per_month)} a month (${say.workload(item.id).unit})`;
  }

  // The brief as plain values: what print and Markdown both show.
  function compose(data, found, link) {
    const say = words(data);
    const { pooled, apart } = found.totals;
    const least = (total) => `${total.at_least ? `; ${total.at_least} of its endpoints are a minimum` : ""}${total.without_set ? `; ${total.without_set} on no set and not counted` : ""}`;
    return {
      title: found.title || "A portfolio of AI workloads",
      decision: said(data, say, found),
      meta: `Atlas as of ${found.as_of} · ${link}`,
      settings: settings(data, say, found).join("; "),
      places: data.verdicts.map(([id, label]) => ({
        label, items: found.workloads.filter((item) => item.verdict === id).map((item) => `${say.title(item.id)}: ${forms(data, item)}; ${volume(say, item)}`),
      })).filter(({ items }) => items.length),
      endpoints: found.pools.map((pool) => ({
        model: say.model(pool.model).title,
        where: `${say.place(pool.place)}${pool.own ? ", of its own" : ""}`,
        hosting: hosting(say, pool),
        atOnce: pool.accelerator ? number(pool.at_once) : "–",
        who: [...new Set(pool.steps.map(([id]) => say.title(id)))],
        isolation: pool.isolation,
        cautions: cautions(data, say, found, pool),
      })),
      isolation: [...new Set(found.pools.map(({ isolation }) => isolation).filter(Boolean))].map((kind) => data.isolation[kind]),
      sums: [
        `Pooled: ${many(pooled.count, "accelerator")} (${cardsOf(say, pooled)}), ${number(pooled.gib, 1)} GiB${least(pooled)}.`,
        `Each workload by itself: ${many(apart.count, "accelerator")} (${cardsOf(say, apart)}), ${number(apart.gib, 1)} GiB${least(apart)}.`,
      ],
      law: headline(data, found.counts),
      days: days(found).map(({ day, duties, workloads }) => `From ${day}: ${many(duties, "duty", "duties")} for ${many(workloads.size, "workload")}, those included that depend on an answer`),
      now: found.obligations.filter(({ state, certain }) => state === "in-force" && certain.length).map(({ id, certain }) => {
        const [, name, provision] = say.obligation(id);
        return `${name} (${provision}): ${certain.length === found.workloads.length ? "all" : certain.length > 3 ? `${certain.length} of them` : certain.map(say.title).join(", ")}`;
      }),
      order: found.order.map((turn) => `${say.title(turn.workload)}: ${why(data, say, found, turn)}`),
      outside: found.verdicts.api.map((id) => say.title(id)),
      assumed: data.assumed,
      advice: data.advice,
    };
  }

  function markdown(data, found, link) {
    const b = compose(data, found, link);
    const list = (items) => items.map((item) => `- ${item}`).join("\n");
    const parts = [`# ${b.title}`, `**${b.decision}**`, b.meta, b.settings, "## Where they run"];
    for (const { label, items } of b.places) parts.push(`### ${label}\n\n${list(items)}`);
    if (b.endpoints.length) {
      const cell = (text) => text.replaceAll("|", "\\|");
      const rows = b.endpoints.map((item) => `| ${[item.model, item.where, item.hosting, item.atOnce, item.who.join(", "), item.cautions.join(" ")].map(cell).join(" | ")} |`);
      parts.push(`## Endpoints, pooled\n\n| Model | Where | Accelerators | Requests at once | For | To know |\n|---|---|---|---|---|---|\n${rows.join("\n")}`, list(b.sums));
    }
    if (b.isolation.length) parts.push(`## Isolation\n\n${list(b.isolation)}`);
    parts.push(`## Obligations together\n\n${b.law}. Those that depend on an answer: behind the link.`);
    if (b.days.length) parts.push(list(b.days));
    if (b.now.length) parts.push(`Applies now, whatever you answer, where its law reaches:\n\n${list(b.now)}`);
    if (b.order.length) parts.push(`## Build in this order\n\n${b.order.map((item, n) => `${n + 1}. ${item}`).join("\n")}`);
    if (b.outside.length) parts.push(`Nothing to build, may begin at once: ${b.outside.join(", ")}.`);
    parts.push(`## Assumed\n\n${list(b.assumed)}`, b.advice);
    return `${parts.join("\n\n")}\n`;
  }

  window.WAPortfolio = { ...(window.WAPortfolio || {}), brief: { words, said, hosting, cautions, headline, why, days, forms, volume, cardsOf, compose, markdown, many, lower } };
})();
