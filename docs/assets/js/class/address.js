// The state of the helper as the fragment of the address, which a browser never sends to a server; the same notation
// as `atlas classify --set`: `#scope=none&annex_iii=4a,5b?&done=scope,listed`.
(() => {
  "use strict";

  // Answers of one step: what is named is met, what has a question mark is not known, the rest is not met.
  function readStep(step, text, ignored) {
    if (text === "unknown") return {};
    const found = Object.fromEntries(step.facts.map((fact) => [fact.id, false]));
    for (const item of text === "none" ? [] : text.split(",")) {
      const fact = step.facts.find((each) => each.name === item.replace(/\?$/, ""));
      if (!fact) ignored.push(`${step.key}=${item}`);
      else if (item.endsWith("?")) delete found[fact.id];
      else found[fact.id] = true;
    }
    return found;
  }

  function writeStep(step, answers) {
    if (!step.facts.some((fact) => fact.id in answers)) return "unknown";
    const named = step.facts.filter((fact) => answers[fact.id] !== false);
    return named.map((fact) => fact.name + (fact.id in answers ? "" : "?")).join(",") || "none";
  }

  function startOf(data, from) {
    const start = data.workloads.find((workload) => workload.id === from);
    if (!start) return {};
    const facts = data.steps.flatMap((step) => step.facts);
    return Object.fromEntries(facts.map((fact, n) => [fact.id, start.answers[n]]).filter(([, digit]) => digit !== "1").map(([id, digit]) => [id, digit === "2"]));
  }

  function read(fragment, data) {
    const parts = new URLSearchParams(fragment.replace(/^#/, ""));
    const state = { from: null, given: {}, done: [], ask: null, show: false, ignored: [] };
    const steps = new Map(data.steps.map((step) => [step.key, step]));
    for (const [key, value] of parts) {
      if (key === "from" && data.workloads.some((workload) => workload.id === value)) state.from = value;
      else if (steps.has(key)) state.given[steps.get(key).id] = readStep(steps.get(key), value, state.ignored);
      else if (key === "done") state.done = value.split(",").filter((id) => data.steps.some((step) => step.id === id));
      else if (key === "ask" && data.steps.some((step) => step.id === value)) state.ask = value;
      else if (key === "show") state.show = true;
      else if (key !== "") state.ignored.push(`${key}=${value}`);
    }
    return { ...state, answers: answersOf(state, data) };
  }

  // A step that was given replaces what the record says about it.
  function answersOf(state, data) {
    const answers = startOf(data, state.from);
    for (const step of data.steps.filter((each) => each.id in state.given)) {
      for (const fact of step.facts) delete answers[fact.id];
      Object.assign(answers, state.given[step.id]);
    }
    return answers;
  }

  function write(state, data) {
    const parts = [];
    if (state.from) parts.push(["from", state.from]);
    for (const step of data.steps) if (step.id in state.given) parts.push([step.key, writeStep(step, state.given[step.id])]);
    if (state.done.length) parts.push(["done", state.done.join(",")]);
    if (state.ask) parts.push(["ask", state.ask]);
    if (state.show) parts.push(["show", "1"]);
    // Commas and question marks are legal in a fragment and read better than their codes.
    return `#${parts.map(([key, value]) => `${key}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3F/g, "?")}`).join("&")}`;
  }

  window.WAClass = { ...(window.WAClass || {}), address: { read, write, answersOf } };
})();
