// The state of the page and the fragment of its address, both ways; the fragment is never sent to a server.
// `#w=recruitment-screening:2000,service-desk-agent&at=service-desk-agent.resolve:40&team=…&stay=own&m=whisper-large-v3:8`
(() => {
  "use strict";

  const LONGEST = 120;
  const most = { per_month: 1e9, at_once: 1e5 };

  const empty = (data) => ({ title: "", team: null, card: null, ...data.defaults, workloads: [], measured: {} });

  // A whole number from 1 to `limit`, or null.
  function whole(text, limit) {
    const value = /^[0-9]{1,10}$/.test(text) ? Number(text) : 0;
    return value >= 1 && value <= limit ? value : null;
  }

  // What an id of before is called now; a name such as “constructor” is no former id.
  const renamedTo = (data, folder, id) => (Object.hasOwn(data.former[folder], id) ? data.former[folder][id] : null);

  // The state of an address, and what of it the atlas does not know or calls by another name now.
  function read(fragment, data) {
    const parts = new URLSearchParams(fragment.replace(/^#/, ""));
    const state = empty(data);
    const ignored = [];
    const renamed = [];
    const list = (key) => (parts.get(key) || "").split(",").filter(Boolean);
    const present = (folder, id) => {
      const now = renamedTo(data, folder, id);
      if (now) renamed.push(`${id} is ${now} now`);
      return now || id;
    };
    for (const item of list("w")) {
      const [name, amount] = item.split(":");
      const id = present("workloads", name);
      const own = data.workloads.find((workload) => workload.id === id);
      if (!own || state.workloads.some((other) => other.id === id)) {
        ignored.push(item);
        continue;
      }
      const perMonth = amount === undefined ? null : whole(amount, most.per_month);
      if (amount !== undefined && perMonth === null) ignored.push(item);
      state.workloads.push({ id, per_month: perMonth, at_once: {} });
    }
    for (const item of list("at")) {
      const [, name, stepId, amount] = item.match(/^([^.:]+)\.([^.:]+):(\d+)$/) || [];
      const id = name && (renamedTo(data, "workloads", name) || name);
      const own = state.workloads.find((workload) => workload.id === id);
      const known = own && data.workloads.find((workload) => workload.id === id).steps.some((step) => step.id === stepId);
      const value = known ? whole(amount, most.at_once) : null;
      if (value) own.at_once[stepId] = value;
      else ignored.push(item);
    }
    for (const item of list("m")) {
      const [name, amount] = item.split(":");
      const id = present("models", name);
      const value = data.known.models.includes(id) ? whole(amount || "", most.at_once) : null;
      if (value) state.measured[id] = value;
      else ignored.push(item);
    }
    const pick = (key, name, legal) => {
      const value = parts.get(key);
      if (value === null) return;
      if (legal.includes(value)) state[name] = value;
      else ignored.push(`${key}=${value}`);
    };
    pick("team", "team", data.teams.map(([id]) => id));
    pick("tier", "tier", data.tiers.map(([id]) => id));
    pick("peaks", "peaks", data.peaks.map(([id]) => id));
    pick("stay", "must_stay", data.must_stay.map(([id]) => id));
    pick("card", "card", data.cards.map(([id]) => id));
    if (state.team === data.team) state.team = null;
    state.title = (parts.get("title") || "").slice(0, LONGEST);
    return { state, ignored, renamed };
  }

  function write(state, data) {
    const parts = [
      ["w", state.workloads.map(({ id, per_month: amount }) => (amount ? `${id}:${amount}` : id)).join(",")],
      ["at", state.workloads.flatMap(({ id, at_once: own }) => Object.entries(own).map(([stepId, value]) => `${id}.${stepId}:${value}`)).join(",")],
      ["m", Object.entries(state.measured).map(([id, value]) => `${id}:${value}`).join(",")],
      ["team", state.team], ["card", state.card],
      ...[["tier", "tier"], ["peaks", "peaks"], ["stay", "must_stay"]].map(([key, name]) => [key, state[name] === data.defaults[name] ? "" : state[name]]),
      ["title", state.title.trim()],
    ];
    const said = new URLSearchParams(parts.filter(([, value]) => value)).toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
    return said ? `#${said}` : "";
  }

  window.WAPortfolio = { ...(window.WAPortfolio || {}), address: { read, write, empty, whole, most, renamedTo } };
})();
