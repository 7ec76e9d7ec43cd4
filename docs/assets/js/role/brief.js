// What a visitor takes away: a brief for print and the same as Markdown. Both layers, each on its own.
(() => {
  "use strict";

  const data = window.WA_ROLE;
  if (!data) return;
  const { table, compute } = window.WARole;
  const LAYERS = { model: "The model", system: "The system" };
  const GROUPS = {
    any: "Whatever the class",
    transparency: "Transparency, if the use meets Article 50",
    "high-risk": "High-risk systems",
    product: "Only in a product of Annex I",
  };
  const STATES = { freed: "freed by an open release", if: "depends on an open answer" };

  const when = (duty) => (duty.from ? `, from ${duty.from}` : "");

  const roleNames = (ids) => ids.map((id) => data.roles[id].label);

  const either = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names[names.length - 1]}` : names[0]);

  // The roles in one line: those that are certain, or those still possible; “not settled” says nothing beside others.
  function headline(outcome) {
    if (!outcome.possible.length) return roleNames(outcome.certain).join(" and ");
    const others = outcome.possible.filter((id) => id !== "open");
    if (outcome.certain.length) return `${roleNames(outcome.certain).join(" and ")}; still open: ${either(roleNames(others.length ? others : outcome.possible))}`;
    return `still open: ${either(roleNames(others))}${outcome.possible.includes("open") && others.length === 1 ? ", or not settled by the text" : ""}`;
  }

  const yardstick = (answers) => data.yardsticks[answers.known || data.unknown][answers.systemic || data.unknown];

  function lineText(answers) {
    const found = yardstick(answers);
    if (found === "original") return "One third of the training compute of the original (guidelines, 63).";
    if (found === "open") return "One third of the original’s training compute; only if that can be neither known nor estimated, a third of 10^25 FLOP with systemic risk, otherwise of 10^23 (guidelines, 63, 64).";
    const figure = data.compute.fallback[found] / data.compute.share;
    return `The original’s compute can be neither known nor estimated, so the line is a third of ${compute.scientific(data.compute.fallback[found]).replace("1 × ", "")} FLOP: ${compute.scientific(figure)} FLOP (guidelines, 64).`;
  }

  // Duties of Chapter V with their state, if a role of a model provider is held or possible.
  function modelDuties(outcome, answers) {
    const roles = [...outcome.certain, ...outcome.possible].filter((id) => data.model_roles.includes(id));
    if (!roles.length) return [];
    const states = data.model_states[answers.systemic || data.unknown][answers.release || data.unknown];
    const part = roles.every((id) => id === "modifier");
    return data.model_duties.filter((item) => states[item.id] !== "no")
      .map((item) => ({ ...item, text: part ? item.part : item.whole, state: states[item.id] }));
  }

  // Duties by group; `lead` says once for the paper what all of a group have in common.
  function groups(duties) {
    return Object.keys(GROUPS).map((id) => {
      const items = duties.filter((duty) => duty.group === id);
      const same = items.length > 0 && items.every((duty) => duty.from === items[0].from) ? items[0].from : null;
      const open = items.every((duty) => duty.state === "if");
      const lead = `${GROUPS[id]}${same ? `, from ${same}` : ""}${open && id === "high-risk" ? ", if it is high-risk and the role yours" : ""}`;
      const line = (duty) => `${duty.title} (${duty.provision}${same ? "" : when(duty)})${duty.state === "if" && !open ? ": depends on an open answer" : ""}`;
      return { id, title: GROUPS[id], items, lead, lines: items.map(line) };
    }).filter((group) => group.items.length);
  }

  function layer(name, answers) {
    const outcome = table.lookup(name, answers);
    const list = [...(name === "model" ? ["technique"] : []), ...table.asked(name, answers)];
    const shown = data.questions.filter((item) => item.layer === name && (list.includes(item.id) || (item.id in answers && ["known", "release"].includes(item.id))));
    const trained = table.asked("model", answers).includes("share");
    return {
      name,
      title: LAYERS[name],
      outcome,
      headline: headline(outcome),
      findings: outcome.findings.map(({ id, high }) => ({ id, high, ...data.findings[id] })),
      decides: outcome.decides && table.question(outcome.decides),
      line: name === "model" && trained ? lineText(answers) : null,
      modelDuties: name === "model" ? modelDuties(outcome, answers) : [],
      duties: name === "system" ? groups(outcome.duties) : [],
      fines: outcome.fines,
      answers: shown.filter((item) => item.id in answers).map((item) => ({
        id: item.id,
        title: item.title,
        label: answers[item.id] === data.unknown ? "not known" : item.levels.find((level) => level.id === answers[item.id]).label,
      })),
    };
  }

  const layers = (answers) => [layer("model", answers), layer("system", answers)];

  function markdown(answers, link, numbers) {
    const list = (items) => items.map((item) => `- ${item}`).join("\n");
    const parts = ["# Provider or deployer, of what?", `Atlas as of ${data.as_of}: ${link}`];
    for (const part of layers(answers)) {
      parts.push(`## ${part.title}: ${part.headline}`);
      parts.push(list(part.findings.map((item) => `**${item.title}.** ${item.reason} (${item.provisions.map((p) => p.text).join("; ")})${item.unsure ? ` Open: ${item.unsure}` : ""}`)));
      if (part.decides) parts.push(`Decided by: ${part.decides.question}`);
      if (part.line) parts.push(`Line: ${part.line}${numbers ? ` ${numbers}` : ""}`);
      if (part.modelDuties.length) parts.push(`### Duties\n\n${list(part.modelDuties.map((duty) => `${duty.text} (${duty.provision})${STATES[duty.state] ? `: ${STATES[duty.state]}` : ""}`))}`);
      for (const group of part.duties) parts.push(`### ${group.lead}\n\n${list(group.lines)}`);
      if (part.fines.length) parts.push(`### Fines\n\n${list(part.fines.map((fine) => `${fine.breach}: ${fine.maximum} (${fine.provision})`))}`);
      if (part.answers.length) parts.push(`### Answers\n\n${list(part.answers.map((answer) => `${answer.title}: ${answer.label}`))}`);
    }
    const cited = [...new Set(layers(answers).flatMap((part) => part.findings.flatMap((item) => item.sources)))];
    parts.push(`## Sources\n\n${list(cited.map((id) => data.sources[id]).map((s) => `${s.title}, ${s.publisher}, checked ${s.checked}, ${s.url}`))}`);
    parts.push("Point numbers of the model guidelines: C(2025) 5045 final of 18 July 2025. Information, not legal advice.");
    return `${parts.join("\n\n")}\n`;
  }

  window.WARole = { ...window.WARole, brief: { layers, markdown, headline, lineText, STATES, when } };
})();
