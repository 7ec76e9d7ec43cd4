// The classification helper as a page: draws the state of the address, and turns what a visitor does into a new one.
(() => {
  "use strict";

  const { el } = window.WATools;
  const { fragment, take, follow } = window.WASteps;
  const { Table, address, brief } = window.WAClass;
  const data = window.WA_CLASS;
  const host = document.getElementById("wa-class");
  if (!host || !data) return;
  const root = host.dataset.root;
  const table = new Table(data);
  const stepOf = (id) => data.steps.find((step) => step.id === id);
  let state = null;
  // One node that stays, so that a screen reader hears each change of it.
  const live = el("p", { class: "wa-live", role: "status" });
  const standing = el("section", { class: "wa-status", "aria-label": "Classes still possible" });

  const link = () => location.origin.replace("null", "file://") + location.pathname + address.write(state, data);
  const started = () => data.workloads.find((workload) => workload.id === state.from);
  const answered = () => table.answer(state.answers, started());

  function go(change, { focus = true } = {}) {
    const next = { ...state, ask: null, ...change };
    take(address.write(next, data));
    draw(focus);
  }
  const fresh = { from: null, given: {}, done: [], show: false };

  // An answer changes the address and what is still possible, and leaves the form as it stands.
  function give(step, fact, value) {
    const own = Object.fromEntries(step.facts.filter((each) => each.id in state.answers).map((each) => [each.id, state.answers[each.id]]));
    if (value === null) delete own[fact.id];
    else own[fact.id] = value;
    state = { ...state, given: { ...state.given, [step.id]: own } };
    state.answers = address.answersOf(state, data);
    take(address.write(state, data));
    stand(answered());
  }

  function pass(step, rest) {
    const own = Object.fromEntries(step.facts.map((fact) => [fact.id, state.answers[fact.id]]).filter(([, value]) => value !== undefined));
    if (rest === false) for (const fact of step.facts) if (!(fact.id in own)) own[fact.id] = false;
    go({ given: { ...state.given, [step.id]: own }, done: [...state.done.filter((id) => id !== step.id), step.id] });
  }

  function back() {
    if (state.ask) go({});
    else if (state.show) go({ show: false });
    else if (state.done.length) go({ done: state.done.slice(0, -1), ask: state.done[state.done.length - 1], show: false });
    else go(fresh);
  }

  function stand(answer) {
    const settled = answer.settled;
    standing.replaceChildren(el("details", { open: window.matchMedia("(min-width: 60em)").matches },
      el("summary", { class: "wa-law__said" }, el("strong", {}, settled ? "Settled: " : answer.unclear ? "Not settled: " : "Still possible: "), settled || answer.unclear ? answer.title : `${answer.possible.length} of ${data.classes.length} classes`),
      el("ul", { class: "wa-law__classes" }, data.classes.map((cls) => {
        const left = answer.possible.includes(cls.id);
        return el("li", { "data-class": cls.id, "data-out": !left, class: left ? null : "wa-poss--out" }, el("span", { "aria-hidden": "true" }, left ? "● " : "○ "), cls.title, left ? null : el("span", { class: "wa-quiet" }, " – out"));
      }))));
    const told = settled || answer.unclear ? `${settled ? "Settled" : "Not settled"}: ${answer.title}.` : `${answer.possible.length} classes still possible.`;
    if (live.textContent !== told) live.textContent = told;
  }

  function row(step, fact) {
    const held = fact.id in state.answers ? state.answers[fact.id] : null;
    const choice = (value, text) => el("label", {}, el("input", { type: "radio", name: fact.id, value: String(value), checked: held === value && (value !== null || fact.id in state.answers),
      onchange: () => give(step, fact, value) }), " ", text);
    return el("fieldset", { class: "wa-ask", "data-fact": fact.id },
      el("legend", {}, fact.question),
      el("p", { class: "wa-ask__help" }, fact.help, " ", step.id === "listed" ? null : el("a", { class: "wa-cite", href: fact.url }, fact.provision)),
      el("div", { class: "wa-ask__do" }, choice(true, "Yes"), choice(false, "No"), choice(null, "Don’t know")));
  }

  function question(id, answer) {
    const step = stepOf(id);
    const number = data.steps.indexOf(step) + 1;
    const listed = step.id === "listed";
    return el("section", { class: "wa-question", "data-step": id, "aria-labelledby": "wa-question" },
      el("p", { class: "wa-question__count" }, `Step ${number} of ${data.steps.length} · the step that decides most is asked first`),
      el("h2", { id: "wa-question", tabindex: "-1" }, step.title),
      el("p", { class: "wa-question__help" }, step.help, listed ? [" The intended purpose counts, also where a person decides in the end. ", el("a", { class: "wa-cite", href: step.facts[0].url }, step.facts[0].provision)] : null),
      el("div", { class: listed ? "wa-asks wa-asks--short" : "wa-asks" }, step.facts.map((fact) => row(step, fact))),
      el("p", { class: "wa-question__foot wa-law__foot" },
        el("button", { type: "button", class: "wa-button", "data-do": "none", onclick: () => pass(step, false) }, "No to the rest, and on"),
        el("button", { type: "button", class: "wa-button wa-button--quiet", "data-do": "open", onclick: () => pass(step, null) }, "Leave the rest open, and on"),
        state.done.length || state.ask || state.from ? el("button", { type: "button", class: "wa-link", onclick: back }, "Back") : null,
        answer.steps_left.length && !state.ask && (state.done.length || state.from) ? el("button", { type: "button", class: "wa-link", onclick: () => go({ show: true }) }, "Show the result so far") : null));
  }

  function starter() {
    const select = el("select", { id: "wa-from" }, el("option", { value: "" }, "nothing"),
      data.workloads.map((workload) => el("option", { value: workload.id, selected: workload.id === state.from }, workload.title)));
    select.addEventListener("change", () => go({ ...fresh, from: select.value || null }));
    return el("p", { class: "wa-start" }, el("label", { for: "wa-from" }, "Start from "), select,
      state.from || state.done.length ? el("button", { type: "button", class: "wa-link", onclick: () => go(fresh) }, "Start over") : null);
  }

  function told(step) {
    const yes = step.facts.filter((fact) => state.answers[fact.id] === true).map((fact) => fact.title.replace(/^Annex III, point /, ""));
    const open = step.facts.filter((fact) => !(fact.id in state.answers)).length;
    const parts = [...yes, ...(open ? [`${open === step.facts.length ? "all" : open} open`] : [])];
    return parts.join(", ") || "none";
  }

  function answers() {
    const seen = data.steps.filter((step) => state.done.includes(step.id) || step.facts.some((fact) => fact.id in state.answers));
    if (!seen.length) return null;
    return el("section", { class: "wa-given", "aria-label": "Your answers" }, el("h2", { class: "wa-tool__h" }, "Answers by step"),
      state.from ? el("p", { class: "wa-quiet" }, "What the record does not state about scope and Article 5 counts as no: it describes an ordinary use. Check both for yours.") : null,
      el("ul", {}, seen.map((step) => el("li", {}, el("button", { type: "button", class: "wa-chip", onclick: () => go({ ask: step.id }) },
        el("span", { class: "wa-quiet" }, `${step.title} `), told(step), el("span", { class: "wa-chip__do" }, " change"))))));
  }

  const moment = (duty) => el("span", { class: `wa-state wa-state--${duty.state === "in-force" ? "now" : duty.state === "applies-from" ? "later" : duty.state}` }, duty.when);

  function duties(items) {
    return el("ul", { class: "wa-law__duties" }, items.map(({ duty }) => el("li", {},
      el("a", { href: root + duty.url }, duty.title), " ", el("span", { class: "wa-quiet" }, `${duty.provision} · ${duty.binds.join(", ")}`), " ", moment(duty),
      duty.only_if.length ? el("span", { class: "wa-law__only" }, `Also needs: ${duty.only_if.join("; ")}.`) : null,
      duty.note ? el("span", { class: "wa-law__only" }, duty.note) : null)));
  }

  // What one answer to the questions of a step changes, each change told once with the questions that bring it.
  function ways(step, items, word, key) {
    const groups = new Map();
    for (const item of items) groups.set(item[key], [...(groups.get(item[key]) || []), step.facts.find((fact) => fact.id === item.key).title]);
    const told = [...groups].sort((a, b) => a[1].length - b[1].length);
    // Where the questions are not weighed together, a no stands for all of them.
    if (told.length === 1) return [`${word}${items.length === 1 ? "" : word === "No" && !step.table ? " to all" : " to one"}: ${told[0][0]}.`];
    return told.map(([change, titles], n) => `${word} to ${n && titles.length > 2 && n === told.length - 1 ? "one of the others" : titles.map((title) => `“${title}”`).join(" or ")}: ${change}.`);
  }

  function leftover(answer) {
    const steps = [...new Set(answer.questions_left.map((item) => item.step))];
    return el("ol", { class: "wa-law__left" }, steps.map((id) => {
      const items = answer.questions_left.filter((item) => item.step === id);
      const lines = [...ways(stepOf(id), items, "Yes", "if_yes"), ...ways(stepOf(id), items, "No", "if_no")];
      return el("li", {}, el("strong", {}, stepOf(id).title), " ", el("span", { class: "wa-quiet" }, `${items.length} question${items.length === 1 ? "" : "s"}`),
        lines.map((line) => [el("br", {}), line]), " ",
        el("button", { type: "button", class: "wa-link", onclick: () => go({ ask: id }) }, "answer"));
    }));
  }

  function result(answer) {
    const start = started();
    const firm = answer.obligations.filter((item) => item.follows === "yes");
    const sure = firm.filter((item) => !item.duty.only_if.length);
    const more = firm.filter((item) => item.duty.only_if.length);
    const open = answer.obligations.filter((item) => item.follows === "open");
    const date = brief.dated(answer);
    const record = start ? ["exemption", "question", ...(answer.unclear ? [] : ["unclear"])].map((key) => start.record[key]).filter(Boolean) : [];
    return el("section", { class: "wa-result", "aria-labelledby": "wa-result" },
      el("div", { class: `wa-plate wa-law__plate wa-law__plate--${answer.settled || answer.unclear ? answer.class : "open"}` },
        el("h2", { id: "wa-result", tabindex: "-1", class: "wa-result__verdict" }, answer.title),
        el("p", { class: "wa-plate__why" }, answer.explanation),
        answer.unclear ? el("p", { class: "wa-plate__why" }, el("strong", {}, "Not settled: "), answer.unclear) : null,
        answer.fine ? el("p", { class: "wa-plate__why" }, el("strong", {}, "Fine: "), answer.fine) : null,
        date ? el("p", { class: "wa-plate__why" }, el("span", { class: `wa-state wa-state--${answer.state === "in-force" ? "now" : "later"}` }, date), " ", el("span", { class: "wa-quiet" }, `as of ${brief.spoken(data.as_of)}`)) : null,
        el("p", { class: "wa-quiet" }, answer.provisions.join(" · "))),
      el("h3", {}, "Why"),
      el("ul", { class: "wa-reasons" }, answer.reasons.map((reason) => el("li", {}, reason.text, " ", reason.text_url ? el("a", { class: "wa-cite", href: reason.text_url }, reason.provision) : null))),
      record.length ? [el("h3", {}, "What the record says"), el("ul", {}, record.map((text) => el("li", {}, text)), el("li", {}, el("a", { href: `${root}${start.url}law/` }, `All notes of ${start.title}`)))] : null,
      answer.questions_left.length ? [el("h3", {}, "Questions left"), leftover(answer)] : null,
      sure.length ? [el("h3", {}, "Obligations that follow"), duties(sure)] : null,
      more.length ? [el("h3", {}, "Obligations that follow if what each also needs holds"), duties(more)] : null,
      open.length ? [el("h3", {}, "Obligations that may follow"), el("details", { class: "wa-more" }, el("summary", {}, `${open.length} depend on the questions left, or on what each also needs`), duties(open))] : null,
      el("p", { class: "wa-quiet" }, "Who is provider and who is deployer of a system is a question of its own: ", el("a", { href: `${root}regulation/role/` }, "provider or deployer, of what?")),
      el("h3", {}, "Take it away"), takeAway(answer),
      el("p", { class: "wa-question__foot" }, el("button", { type: "button", class: "wa-link", onclick: back }, "Back")));
  }

  const takeAway = (answer) => window.WATools.takeAway(() => brief.markdown(brief.compose(data, answer, state, link())), link);

  // What goes on paper; shown in print only.
  function paper(answer) {
    const b = brief.compose(data, answer, state, link());
    const part = (title, items) => (items.length ? [el("h2", {}, title), el("ul", {}, items.map((item) => el("li", {}, item)))] : null);
    return el("article", { class: "wa-brief", "aria-hidden": "true" },
      el("h1", {}, b.title), el("p", { class: "wa-brief__decision" }, b.decision), el("p", {}, b.says), el("p", { class: "wa-brief__meta" }, b.made),
      part("Why", b.reasons), part("Provisions", b.provisions), part("Obligations that follow", b.follows), part("Obligations that follow if what each also needs holds", b.follows_if), part("Obligations that may follow", b.may),
      part("Questions left", b.open), part("What the record says", b.record),
      el("p", {}, b.notice), el("p", { class: "wa-brief__sign" }, "Answered by: ______________________   Date: ____________   Review by: ____________"));
  }

  // `stay` is a step whose form is shown: an answer to it taken back does not leave it.
  function draw(focus, stay = null) {
    const before = state;
    state = address.read(fragment(), data);
    const same = stay && ["from", "show", "ask", "done"].every((key) => String(before[key]) === String(state[key]));
    const answer = answered();
    const ask = state.ask || (same ? stay : null) || (state.show ? null : answer.steps_left.find((id) => !state.done.includes(id)) || null);
    stand(answer);
    const main = el("div", { class: "wa-tool__main" }, ask ? question(ask, answer) : result(answer));
    const notice = state.ignored.length ? el("p", { class: "wa-caution" }, `Ignored from the address, because the atlas does not know it: ${state.ignored.join(", ")}.`) : null;
    const columns = el("div", { class: "wa-tool__columns" }, standing, main, answers());
    host.replaceChildren(...[notice, starter(), columns, ask ? null : paper(answer)].filter(Boolean));
    document.body.classList.toggle("wa-has-brief", !ask);
    if (focus) {
      host.querySelector("#wa-question, #wa-result").focus({ preventScroll: true });
      const { top } = host.getBoundingClientRect();
      if (top < 0 || top > window.innerHeight * 0.6) host.scrollIntoView({ block: "start" });
    }
  }

  follow(() => draw(true, host.querySelector("[data-step]")?.dataset.step));
  window.WAClass.table = table;
  host.hidden = false;
  host.before(live);
  draw(false);
  host.dataset.ready = "";
})();
