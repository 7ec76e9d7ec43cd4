// Look-ups in the tables that the build computed from the rules (macros/law/role_tables.py), and the state of the
// helper as the fragment of the address, which a browser never sends. There is no rule in here.
(() => {
  "use strict";

  const HIGH = ["no", "yes", "either"];
  const NUMBERS = ["mp", "mt", "op", "ot", "of"];
  const LINES = ["estimate", "told", "systemic", "other"];
  const data = window.WA_ROLE;
  if (!data) return;
  const question = (id) => data.questions.find((item) => item.id === id);

  // The questions of a layer that can matter for these answers, in the order of asking.
  const kindOf = (answers) => (Object.hasOwn(data.kinds, answers.technique) ? data.kinds[answers.technique] : data.unknown);
  const asked = (layer, answers) => data.asked[layer === "system" ? "system" : kindOf(answers)];

  function lookup(layer, answers) {
    const name = layer === "system" ? "system" : kindOf(answers);
    const at = data.asked[name].reduce((index, id) => {
      const levels = question(id).levels;
      const level = levels.findIndex((item) => item.id === answers[id]);
      return index * (levels.length + 1) + (level < 0 ? levels.length : level);
    }, 0);
    const [one, two] = data.tables[name].slice(2 * at, 2 * at + 2);
    const [told, open, decides] = data.classes[data.digits.indexOf(one) * 64 + data.digits.indexOf(two)];
    const [certain, possible, findings, duties, fines] = data.told[told];
    const roles = Object.keys(data.roles);
    const ids = Object.keys(data.findings);
    return {
      certain: certain.map((n) => roles[n]),
      possible: possible.map((n) => roles[n]),
      findings: findings.map(([n, high]) => ({ id: ids[n], high: HIGH[high] })),
      duties: data.duty_sets[duties].map(([n, state]) => ({ ...data.duties[n], state })),
      fines: fines.map((n) => data.fines[n]),
      open: open.filter((id) => !(id in answers) || answers[id] === data.unknown),
      decides,
    };
  }

  function read(fragment) {
    const state = { answers: {}, ask: null, show: false, line: "estimate", numbers: {}, ignored: [] };
    for (const [key, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
      const found = question(key);
      if (found && (value === data.unknown || found.levels.some((level) => level.id === value))) state.answers[key] = value;
      else if (key === "ask" && question(value)) state.ask = value;
      else if (key === "show") state.show = true;
      else if (key === "line" && LINES.includes(value)) state.line = value;
      else if (NUMBERS.includes(key) && Number(value) > 0 && Number.isFinite(Number(value))) state.numbers[key] = value;
      else if (key !== "") state.ignored.push(`${key}=${value}`);
    }
    return state;
  }

  function write(state) {
    const parts = new URLSearchParams(Object.entries(state.answers));
    if (state.line !== "estimate") parts.set("line", state.line);
    for (const key of NUMBERS) if (state.numbers[key]) parts.set(key, state.numbers[key]);
    if (state.ask) parts.set("ask", state.ask);
    if (state.show) parts.set("show", "1");
    return `#${parts}`;
  }

  window.WARole = { ...(window.WARole || {}), table: { lookup, asked, question, read, write, LINES } };
})();
