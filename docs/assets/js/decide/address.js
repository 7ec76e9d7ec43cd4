// The state of the tool as the fragment of the address, which a browser never sends to a server.
// `#v=2&from=recruitment-screening&data_boundary=must_stay&traffic=unknown`; answers in the order they were given.
(() => {
  "use strict";

  const UNKNOWN = "unknown";

  // `given` holds what the visitor answered, in order; `answers` adds what the workload it started from says.
  function read(fragment, data) {
    const state = { version: null, from: null, given: [], ask: null, show: false, ignored: [] };
    const signals = new Map(data.signals.map((signal) => [signal.id, signal]));
    const legal = (id, value) => value === UNKNOWN || signals.get(id).levels.some((level) => level.id === value);
    for (const [key, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
      if (key === "v" && /^\d+$/.test(value)) state.version = Number(value);
      else if (key === "from" && data.workloads.some((workload) => workload.id === value)) state.from = value;
      else if (key === "ask" && signals.has(value)) state.ask = value;
      else if (key === "show") state.show = true;
      else if (signals.has(key) && legal(key, value)) state.given = give(state.given, key, value);
      else if (key !== "") state.ignored.push(`${key}=${value}`);
    }
    return { ...state, ...known(state, data) };
  }

  // The list with an answer given last; an earlier one to the same question is dropped.
  function give(given, signal, level) {
    return [...given.filter(([id]) => id !== signal), [signal, level]];
  }

  function known(state, data) {
    const start = data.workloads.find((workload) => workload.id === state.from);
    const answers = { ...(start ? start.signals : {}), ...Object.fromEntries(state.given) };
    const skipped = state.given.filter(([, level]) => level === UNKNOWN).map(([id]) => id);
    for (const id of skipped) delete answers[id];
    return { answers, skipped };
  }

  function write(state, data) {
    const parts = new URLSearchParams([["v", String(data.version)]]);
    if (state.from) parts.set("from", state.from);
    for (const [signal, level] of state.given) parts.set(signal, level);
    if (state.ask) parts.set("ask", state.ask);
    if (state.show) parts.set("show", "1");
    return `#${parts}`;
  }

  window.WADecide = { ...(window.WADecide || {}), address: { read, write, give, UNKNOWN } };
})();
