// What a visitor takes away: a one-page brief, the same as Markdown, and a workload file to contribute.
(() => {
  "use strict";

  const MOST_FLIPS = 4;

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  }

  const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);

  function told(data, signal, level) {
    const found = data.signals.find((item) => item.id === signal);
    return `${found.title}: ${lower(found.levels.find((item) => item.id === level).label)}`;
  }

  function because(data, rule, all) {
    const rests = Object.entries(rule.rests_on).filter(([signal, ranks]) => {
      const levels = data.signals.find((item) => item.id === signal).levels;
      return ranks.includes(levels.findIndex((level) => level.id === all[signal]));
    });
    return rests.map(([signal]) => lower(told(data, signal, all[signal]))).join("; ");
  }

  const label = (data, verdict) => data.verdicts.find((item) => item.id === verdict).label;

  // A few flips, the first of each verdict before others.
  function spread(flips) {
    const first = flips.filter((flip, number) => flips.findIndex((other) => other.verdict === flip.verdict) === number);
    return [...first, ...flips.filter((flip) => !first.includes(flip))].slice(0, MOST_FLIPS);
  }

  // The brief as plain values: what print and Markdown both show.
  function compose(data, answer, state, link) {
    const forms = [answer.inside, answer.outside].filter(Boolean);
    const open = Object.keys(answer.assumed).map((signal) => {
      const found = data.signals.find((item) => item.id === signal);
      return { point: `${found.question} Assumed: ${lower(found.levels.find((l) => l.id === answer.assumed[signal]).label)}.`, by: found.confirmed_by, proof: found.proof };
    });
    const start = data.workloads.find((workload) => workload.id === state.from);
    const verdict = answer.verdict || answer.likely;
    const sources = [...new Set([...answer.reasons, ...answer.overruled].flatMap((rule) => rule.sources))];
    return {
      title: start ? `Where to run: ${lower(start.title)}` : "Where to run this workload",
      decision: answer.verdict
        ? `${label(data, verdict)} (${answer.strength})`
        : `Not settled: ${answer.possible.map((id) => label(data, id)).join(" or ")}; likely ${label(data, verdict)} (${answer.strength})`,
      forms: forms.map((id) => `${data.forms[id].side}: ${lower(data.forms[id].title)}`).join("; "),
      reasons: answer.reasons.map((rule) => `${rule.reason} (${because(data, rule, answer.all) || "always"})`),
      against: [
        ...answer.overruled.map((rule) => `Overruled: ${rule.reason}`),
        ...answer.against.map((item) => item.text),
      ],
      hinges: answer.hinges.map((hinge) => `Hangs on “${hinge.rule.title}”; without it ${label(data, hinge.verdict)}.`),
      stays: answer.stays.map((rule) => rule.part),
      goes: answer.goes.map((rule) => rule.part),
      split: answer.stays.length && start ? [`For ${lower(start.title)}, inside: ${start.inside} Outside: ${start.outside}`] : [],
      closed: answer.stays.length ? [`Must fail closed when the inside is down, never re-routed: ${data.closed.map((hop) => lower(hop.title)).join(", ")}.`] : [],
      flips: spread(answer.flips).map((flip) =>
        `${label(data, flip.verdict)} if ${Object.entries(flip.changes).map(([s, l]) => lower(told(data, s, l))).join(" and ")}`),
      moreFlips: Math.max(0, answer.flips.length - MOST_FLIPS),
      answers: data.signals.map((signal) => ({
        signal: signal.title,
        level: signal.levels.find((level) => level.id === answer.all[signal.id]).label,
        assumed: signal.id in answer.assumed,
        by: signal.confirmed_by,
      })),
      open,
      documents: forms.flatMap((id) => (data.documents[id] || []).slice(0, forms.length > 1 ? 2 : 4)),
      sources: sources.map((id) => ({ id, ...data.sources[id] })),
      obligations: start ? { count: start.notes, first: start.first_notes, cls: start.class } : null,
      date: today(),
      asOf: data.as_of,
      version: data.version,
      link,
    };
  }

  function markdown(brief) {
    const list = (items) => items.map((item) => `- ${item}`).join("\n");
    const parts = [
      `# ${brief.title}`,
      `**${brief.decision}**${brief.forms ? ` · ${brief.forms}` : ""}`,
      `Made ${brief.date} with rules version ${brief.version}, atlas as of ${brief.asOf}: ${brief.link}`,
      `## Why\n\n${list(brief.reasons)}`,
    ];
    const against = [...brief.against, ...brief.hinges];
    if (against.length) parts.push(`## What speaks against it\n\n${list(against)}`);
    if (brief.stays.length) parts.push(`## What goes where\n\n${list([`Inside: ${brief.stays.map(lower).join("; ")}`, `May go outside: ${brief.goes.map(lower).join("; ")}`, ...brief.split, ...brief.closed])}`);
    if (brief.flips.length) parts.push(`## What would change this\n\n${list(brief.moreFlips ? [...brief.flips, `${brief.moreFlips} more behind the link`] : brief.flips)}`);
    parts.push(`## Answers\n\n| Signal | Answer | Confirmed by |\n|---|---|---|\n${brief.answers.map((row) => `| ${row.signal} | ${row.level}${row.assumed ? " (assumed)" : ""} | ${row.by} |`).join("\n")}`);
    if (brief.open.length) parts.push(`## Open points\n\n${list(brief.open.map((item) => `${item.point} To be confirmed by: ${lower(item.by)}. Proof: ${lower(item.proof)}.`))}`);
    if (brief.documents.length) parts.push(`## Documents to ask for\n\n${list(brief.documents.map((item) => `${item.document}: ${item.shows}`))}`);
    if (brief.obligations) parts.push(`## Obligations\n\n${brief.obligations.cls}; ${brief.obligations.count} notes in the atlas, among them:\n\n${list(brief.obligations.first.map((item) => `${item.title} (${item.law})${item.from ? `, from ${item.from}` : ""}`))}`);
    parts.push(`## Sources of the rules\n\n${list(brief.sources.map((source) => `${source.title}, ${source.publisher}, checked ${source.checked}, ${source.url}`))}`);
    parts.push("Information, not legal advice.");
    return `${parts.join("\n\n")}\n`;
  }

  // A workload file with everything known filled in and every text still to write marked FILL.
  function workload(data, answer, nearest) {
    const own = data.signals.filter((signal) => signal.scope === "workload");
    const seconds = { batch: 3600, interactive: 30, critical: 2 };
    const values = {
      signals: own.map((signal) => `  ${signal.id}: ${answer.all[signal.id]}`).join("\n"),
      notes: own.map((signal) => `  ${signal.id}: "FILL why ${answer.all[signal.id]} and not the next level up or down${signal.id in answer.assumed ? "; it was assumed, not answered" : ""}."`).join("\n"),
      tools: String(answer.all.system_reach !== "none"),
      complete_s: String(seconds[answer.all.latency]),
      data_kind: answer.all.data_boundary === "may_leave" ? "public-content" : "personal",
      effect: "none",
      decision: "informs",
      related: nearest.id,
      as_of: data.as_of,
    };
    return data.skeleton.replace(/@@(\w+)@@/g, (_, name) => values[name]);
  }

  window.WADecide = { ...(window.WADecide || {}), brief: { compose, markdown, workload, told, because, label, lower } };
})();
