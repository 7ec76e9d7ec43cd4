// What a visitor takes away: the same brief for paper and as Markdown.
(() => {
  "use strict";

  const DAYS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const spoken = (day) => `${Number(day.slice(8))} ${DAYS[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`;

  function dated(answer) {
    if (!answer.applies_from) return null;
    return `${answer.state === "in-force" ? "Applies since" : "Applies from"} ${spoken(answer.applies_from)}`;
  }

  function line(item) {
    const { duty } = item;
    const only = duty.only_if.length ? ` Also needs: ${duty.only_if.join("; ")}.` : "";
    return `${duty.title} (${duty.provision}; binds: ${duty.binds.join(", ")}): ${duty.when}.${only}${duty.note ? ` ${duty.note}` : ""}`;
  }

  function compose(data, answer, state, link) {
    const start = data.workloads.find((workload) => workload.id === state.from);
    const given = data.steps.flatMap((step) => step.facts.filter((fact) => fact.id in state.answers && state.answers[fact.id]).map((fact) => `${fact.title}: yes (${fact.provision})`));
    const none = data.steps.filter((step) => step.facts.every((fact) => state.answers[fact.id] === false)).map((step) => step.nothing);
    const open = new Map(answer.questions_left.map((item) => [item.key, item]));
    return {
      title: start ? `Class under the EU AI Act: ${start.title}` : "Class of a use under the EU AI Act",
      decision: answer.title,
      says: [answer.explanation, answer.unclear ? `Not settled: ${answer.unclear}` : "", answer.fine ? `Fine: ${answer.fine}` : "", dated(answer) ? `${dated(answer)}.` : ""].filter(Boolean).join(" "),
      made: `Law as of ${spoken(data.as_of)} · ${link}`,
      reasons: answer.reasons.map((reason) => (reason.provision ? `${reason.text} (${reason.provision})` : reason.text)),
      provisions: answer.provisions,
      answers: [...given, ...none],
      follows: answer.obligations.filter((item) => item.follows === "yes" && !item.duty.only_if.length).map(line),
      follows_if: answer.obligations.filter((item) => item.follows === "yes" && item.duty.only_if.length).map(line),
      may: answer.obligations.filter((item) => item.follows === "open").map(line),
      open: data.steps.flatMap((step) => step.facts.filter((fact) => open.has(fact.id)).map((fact) => `${fact.question} (${fact.provision}) If yes: ${open.get(fact.id).if_yes}.`)),
      record: start ? ["exemption", "question", ...(answer.unclear ? [] : ["unclear"])].map((key) => start.record[key]).filter(Boolean) : [],
      notice: data.notice,
    };
  }

  function markdown(brief) {
    const list = (items) => items.map((item) => `- ${item}`).join("\n");
    const part = (title, items) => (items.length ? [`## ${title}\n\n${list(items)}`] : []);
    return `${[
      `# ${brief.title}`,
      `**${brief.decision}** · ${brief.says}`,
      brief.made,
      ...part("Why", brief.reasons),
      ...part("Provisions", brief.provisions),
      ...part("Obligations that follow", brief.follows),
      ...part("Obligations that follow if what each also needs holds", brief.follows_if),
      ...part("Obligations that may follow", brief.may),
      ...part("Questions left", brief.open),
      ...part("What the record says", brief.record),
      brief.notice,
    ].join("\n\n")}\n`;
  }

  window.WAClass = { ...(window.WAClass || {}), brief: { compose, markdown, dated, spoken } };
})();
