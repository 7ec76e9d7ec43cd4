// The portfolio as YAML, both ways. Reading shows every problem at once, with the codes and words of `atlas portfolio`;
// the shape is that of schema/portfolio.schema.json, which comes with the data. The parser is loaded with this file.
(() => {
  "use strict";

  const MAX_BYTES = 256 * 1024;
  const NULL = /^(?:~|null|Null|NULL|)$/;
  const BOOL = /^(?:true|True|TRUE|false|False|FALSE)$/;
  const INT = /^[-+]?(?:0|[1-9][0-9]*)$/;
  const FLOAT = /^[-+]?(?:[0-9]*\.[0-9]+|[0-9]+\.?)(?:[eE][-+]?[0-9]+)?$/;

  // What the file says, with everything that is a default left out. `schema` is where the site publishes the schema.
  function write(state, data, schema) {
    const lines = [...(schema ? [`# yaml-language-server: $schema=${schema}`] : []), "format: 1"];
    if (state.title.trim()) lines.push(`title: ${JSON.stringify(state.title.trim())}`);
    if (state.team) lines.push(`team: ${state.team}`);
    for (const key of ["tier", "peaks", "must_stay"]) if (state[key] !== data.defaults[key]) lines.push(`${key}: ${state[key]}`);
    if (state.card) lines.push(`card: ${state.card}`);
    lines.push("workloads:");
    for (const { id, per_month: amount, at_once: own } of state.workloads) {
      lines.push(`  - id: ${id}`);
      if (amount) lines.push(`    per_month: ${amount}`);
      if (Object.keys(own).length) lines.push("    at_once:", ...Object.entries(own).map(([step, value]) => `      ${step}: ${value}`));
    }
    if (Object.keys(state.measured).length) {
      lines.push("measured:");
      for (const [model, value] of Object.entries(state.measured)) lines.push(`  - model: ${model}`, `    at_once: ${value}`);
    }
    return `${lines.join("\n")}\n`;
  }

  // The likeness of two words and the nearest of many, as Python’s difflib has them.
  function matching(a, b) {
    let best = [0, 0, 0];
    for (let i = 0; i < a.length; i += 1) {
      for (let j = 0; j < b.length; j += 1) {
        let size = 0;
        while (i + size < a.length && j + size < b.length && a[i + size] === b[j + size]) size += 1;
        if (size > best[2]) best = [i, j, size];
      }
    }
    const [i, j, size] = best;
    return size ? size + matching(a.slice(0, i), b.slice(0, j)) + matching(a.slice(i + size), b.slice(j + size)) : 0;
  }
  const near = (word, choices, most = 2) => choices
    .map((choice) => [(2 * matching(choice, word)) / (choice.length + word.length || 1), choice])
    .filter(([score]) => score >= 0.6)
    .sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? 1 : -1)).slice(0, most).map(([, choice]) => choice);
  function meant(word, choices, otherwise) {
    const found = near(word, choices);
    return found.length ? `did you mean ${found.map((choice) => `\`${choice}\``).join(" or ")}?` : otherwise;
  }

  // The file as a tree of nodes with their lines.
  function tree(text, tell) {
    const stack = [{ children: [] }];
    const lineAt = (position) => text.slice(0, position).split("\n").length;
    const start = (position) => {
      const skipped = text.slice(position).match(/^(?:[ \t\n]|#[^\n]*(?:\n|$))*/)[0].length;
      return position + skipped;
    };
    const listener = (event, state) => {
      if (event === "open") stack.push({ at: start(state.position), children: [] });
      else {
        const node = stack.pop();
        // What is looked at as a key first and is none is told twice, once inside itself.
        const [inner] = node.children;
        if (node.children.length === 1 && typeof state.result === "object" && state.result !== null && inner.text === state.result) node.children = inner.children;
        Object.assign(node, { kind: state.kind, text: state.result, first: text[node.at] || "", line: lineAt(Math.min(node.at, text.length)) });
        stack[stack.length - 1].children.push(node);
      }
    };
    try {
      window.jsyaml.load(text, { schema: window.jsyaml.FAILSAFE_SCHEMA, json: true, listener });
    } catch (error) {
      if (!error.mark) tell(1, "WA006", "a second document starts here", "keep one document a file");
      else if (/alias/.test(error.reason)) tell(error.mark.line + 1, "WA005", "an alias is used", "write the value out");
      else if (/tag/.test(error.reason)) tell(error.mark.line + 1, "WA007", "a tag is used", "remove it and put text in quotes");
      else tell(error.mark.line + 1, "WA003", error.reason, "check the indentation and the quotes here and in the line above");
      return null;
    }
    return stack[0].children[0] || null;
  }

  // A node as a plain value: { kind, line, value } with `entries` of mappings and `items` of lists.
  function plain(node, tell) {
    if (node.first === "&" || node.first === "*") tell(node.line, "WA005", "an anchor or alias is used", "remove it and write the value out");
    if (node.first === "!") tell(node.line, "WA007", "a tag is used", "remove it and put text in quotes");
    if (node.kind === "mapping") {
      const entries = new Map();
      if (node.children.length % 2) tell(node.line, "WA003", "a key has no value", "write `key: value`");
      for (let n = 0; n + 1 < node.children.length; n += 2) {
        const [key, value] = [node.children[n], node.children[n + 1]];
        const name = String(key.text === null ? "" : key.text);
        if (name === "<<") tell(key.line, "WA005", "`<<` is a merge key", "write the keys out");
        else if (entries.has(name)) tell(key.line, "WA004", `key \`${name}\` appears twice (first in line ${entries.get(name).keyLine})`, "keep one of the two");
        else {
          const own = plain(value, tell);
          entries.set(name, { keyLine: key.line, ...own, line: own.kind === "null" ? key.line : own.line });
        }
      }
      return { kind: "object", line: node.line, entries };
    }
    if (node.kind === "sequence") return { kind: "array", line: node.line, items: itemsOf(node, tell) };
    const raw = node.kind === "scalar" ? String(node.text) : "";
    if (node.kind === "scalar" && "\"'|>".includes(node.first)) return { kind: "string", line: node.line, raw, value: raw };
    if (NULL.test(raw)) return { kind: "null", line: node.line, raw, value: null };
    if (BOOL.test(raw)) return { kind: "boolean", line: node.line, raw, value: raw.toLowerCase() === "true" };
    if (INT.test(raw) && raw.length < 20) return { kind: "integer", line: node.line, raw, value: Number(raw) };
    if (FLOAT.test(raw)) return { kind: "number", line: node.line, raw, value: Number(raw) };
    return { kind: "string", line: node.line, raw, value: raw };
  }

  // The parser tells nothing of an entry without content; it stands in the line after the one before.
  function itemsOf(node, tell) {
    const given = [...node.children];
    let line = node.line - 1;
    return node.text.map((value) => {
      const item = value === null || !given.length ? { kind: "null", line: line + 1, raw: "", value: null } : plain(given.shift(), tell);
      line = item.line;
      return item;
    });
  }

  const WANTED = { string: "text", integer: "a whole number", array: "a list", object: "a mapping of keys" };
  const GOT = { boolean: "true or false", integer: "a number", number: "a number", string: "text", array: "a list", object: "a mapping of keys", null: "empty" };
  const SINGULAR = { workloads: "workload", models: "model", teams: "team", accelerators: "accelerator" };

  // The part of JSON Schema that the schema of portfolios uses.
  function check(node, schema, name, known, tell, within = name === "file" ? "" : ` in \`${name}\``) {
    if (schema.type && node.kind !== schema.type) {
      const quoted = schema.type === "string" && node.raw ? `write it in quotes: "${node.raw}"` : `write ${WANTED[schema.type]}`;
      tell(node.line, "WA103", `\`${name}\` is ${GOT[node.kind]}${node.raw ? ` (\`${node.raw}\`)` : ""}`, quoted);
    }
    if (schema.enum && !schema.enum.includes(node.value)) {
      const choices = schema.enum.map(String);
      const word = node.raw === undefined ? GOT[node.kind] : node.raw;
      tell(node.line, "WA104", `\`${word.slice(0, 60)}\` is not allowed for \`${name}\``, meant(word, choices, `write one of ${choices.join(", ")}`));
    }
    if (node.kind === "string") {
      const length = [...node.value].length;
      if (length < (schema.minLength || 0)) tell(node.line, "WA105", `\`${name}\` is too short: ${length} characters`, `write at least ${schema.minLength} characters`);
      if (length > (schema.maxLength || Infinity)) tell(node.line, "WA105", `\`${name}\` is too long: ${length} characters`, `write at most ${schema.maxLength} characters`);
      const folder = schema["x-reference"];
      if (folder && !known[folder].includes(node.value)) {
        tell(node.line, "WA201", `unknown ${SINGULAR[folder]} \`${node.value}\``, meant(node.value, [...known[folder]].sort(), `use the name of a file in atlas/${folder}, without .yml`));
      }
    }
    if (node.kind === "integer" || node.kind === "number") {
      if (node.value < schema.minimum) tell(node.line, "WA107", `\`${name}\` is ${node.value}`, `write at least ${schema.minimum}`);
      if (node.value > schema.maximum) tell(node.line, "WA107", `\`${name}\` is ${node.value}`, `write at most ${schema.maximum}`);
    }
    if (node.kind === "array") {
      const size = node.items.length;
      if (size < (schema.minItems || 0)) tell(node.line, "WA108", `\`${name}\` has ${size} entries`, `give at least ${schema.minItems}`);
      if (size > (schema.maxItems || Infinity)) tell(node.line, "WA108", `\`${name}\` has ${size} entries`, `give at most ${schema.maxItems}`);
      if (schema.items) node.items.forEach((item) => check(item, schema.items, name, known, tell, ""));
    }
    if (node.kind === "object") keys(node, schema, within, known, tell);
  }

  function keys(node, schema, within, known, tell) {
    const properties = schema.properties || {};
    const unknown = [...node.entries.keys()].filter((key) => !Object.hasOwn(properties, key));
    if (schema.additionalProperties === false) {
      for (const key of unknown) {
        const own = Object.keys(properties);
        tell(node.entries.get(key).keyLine, "WA101", `unknown key \`${key}\``, meant(key, own, `remove it, or use one of ${own.join(", ")}`));
      }
    }
    for (const key of schema.required || []) {
      if (node.entries.has(key) || near(key, unknown, 1).length) continue;
      const what = properties[key].description.split(". ")[0].replace(/\.$/, "");
      tell(node.line, "WA102", `missing key \`${key}\`${within}`, `add \`${key}:\` (${what.charAt(0).toLowerCase()}${what.slice(1)})`);
    }
    for (const [key, value] of node.entries) {
      if (Object.hasOwn(properties, key)) check(value, properties[key], key, known, tell);
      else if (typeof schema.additionalProperties === "object") check(value, schema.additionalProperties, key, known, tell);
    }
  }

  // The mappings of a list that have text under `key`.
  const listed = (root, list, key) => ((root.entries.get(list) || {}).items || [])
    .filter((item) => item.kind === "object" && (item.entries.get(key) || {}).kind === "string").map((item) => [item, item.entries.get(key)]);

  function contradictions(root, data, tell) {
    for (const [list, key] of [["workloads", "id"], ["measured", "model"]]) {
      const seen = new Set();
      for (const [, id] of listed(root, list, key)) {
        if (seen.has(id.value)) tell(id.line, "WA108", `\`${id.value}\` stands twice in \`${list}\``, "keep one of the two");
        seen.add(id.value);
      }
    }
    for (const [item, id] of listed(root, "workloads", "id")) {
      const own = data.workloads.find((workload) => workload.id === id.value);
      const stated = item.entries.get("at_once");
      if (!own || !stated || stated.kind !== "object") continue;
      const steps = own.steps.map((step) => step.id);
      for (const [step, value] of stated.entries) {
        if (!steps.includes(step)) tell(value.keyLine, "WA201", `unknown step \`${step}\` of \`${id.value}\``, meant(step, steps, `its steps are ${steps.join(", ")}`));
      }
    }
    const card = root.entries.get("card");
    const planned = data.cards.map(([id]) => id);
    if (card && card.kind === "string" && data.known.accelerators.includes(card.value) && !planned.includes(card.value)) {
      tell(card.line, "WA104", `\`${card.value}\` is not an accelerator that portfolios are planned on`, `write one of ${planned.join(", ")}, or remove it`);
    }
  }

  function renamed(root, data) {
    const told = [];
    for (const [list, key, folder] of [["workloads", "id", "workloads"], ["measured", "model", "models"]]) {
      for (const [, id] of listed(root, list, key)) {
        const now = window.WAPortfolio.address.renamedTo(data, folder, id.value);
        if (!now) continue;
        told.push(`${id.value} is ${now} now`);
        id.value = now;
      }
    }
    return told;
  }

  // The state that a file describes, all its problems by line, and remarks. No state with any problem.
  function read(source, data) {
    const problems = [];
    const tell = (line, code, what, instead) => problems.push({ line, code, what, instead });
    const size = new TextEncoder().encode(source).length;
    if (size > MAX_BYTES) {
      tell(1, "WA002", `the file has ${size.toLocaleString("en-GB")} bytes; the limit is ${MAX_BYTES.toLocaleString("en-GB")}`, "split it, or check what was pasted into it");
      return { state: null, problems, remarks: [] };
    }
    const node = tree(source.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n"), tell);
    if (problems.length) return { state: null, problems, remarks: [] };
    const root = node && plain(node, tell);
    if (!root || root.kind !== "object") {
      tell(1, "WA006", !root || root.kind === "null" ? "the file is empty" : "the file is not a mapping of keys", "start with `format: 1`");
      return { state: null, problems, remarks: [] };
    }
    const remarks = renamed(root, data);
    check(root, data.schema, "file", data.known, tell);
    contradictions(root, data, tell);
    problems.sort((a, b) => a.line - b.line);
    return { state: problems.length ? null : freeze(root, data), problems, remarks };
  }

  function freeze(root, data) {
    const of = (key, otherwise) => (root.entries.has(key) ? root.entries.get(key).value : otherwise);
    const numbers = (node) => Object.fromEntries([...(node ? node.entries : [])].map(([key, { value }]) => [key, value]));
    const team = of("team", null);
    return {
      title: of("title", ""), team: team === data.team ? null : team, card: of("card", null),
      tier: of("tier", data.defaults.tier), peaks: of("peaks", data.defaults.peaks), must_stay: of("must_stay", data.defaults.must_stay),
      workloads: root.entries.get("workloads").items.map(({ entries }) => ({
        id: entries.get("id").value, per_month: entries.has("per_month") ? entries.get("per_month").value : null, at_once: numbers(entries.get("at_once")),
      })),
      measured: Object.fromEntries(((root.entries.get("measured") || {}).items || []).map(({ entries }) => [entries.get("model").value, entries.get("at_once").value])),
    };
  }

  window.WAPortfolio = { ...(window.WAPortfolio || {}), file: { read, write } };
})();
