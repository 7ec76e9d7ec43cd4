// The decision tool as a page: draws the state of the address, and turns what a visitor does into a new address.
(() => {
  "use strict";

  const { el } = window.WATools;
  const { fragment, take, follow: whenMoved } = window.WASteps;
  const { Table, address, brief } = window.WADecide;
  const data = window.WA_DECIDE;
  const host = document.getElementById("wa-decide");
  const follow = document.getElementById("wa-follow");
  if (!host || !data) return;
  const root = host.dataset.root;
  let table = null;
  let state = null;
  // One node that stays, so that a screen reader hears each change of it.
  const live = Object.assign(document.createElement("p"), { className: "wa-live" });
  live.setAttribute("role", "status");

  const badge = (verdict) => {
    const found = document.getElementById("wa-marks").content.querySelector(`[data-verdict="${verdict}"] > *`);
    return found.cloneNode(true);
  };
  const { told, because, label, lower } = brief;
  const signalOf = (id) => data.signals.find((signal) => signal.id === id);
  const ruleLink = (rule) => el("a", { class: "wa-cite", href: `${root}routing/#rule-${rule.id}` }, rule.title);
  const percent = (part, all) => {
    const share = (100 * part) / all;
    if (share > 0 && share < 1) return "under 1 %";
    if (share < 100 && share > 99) return "over 99 %";
    return `${Math.round(share)} %`;
  };

  // The address of the state, whatever other anchor the browser shows at the moment.
  const link = () => location.origin.replace("null", "file://") + location.pathname + address.write(state, data);
  const team = () => (state.from ? data.reference_team.signals : {});

  // A change of state is a change of the address; drawing always starts from the address.
  function go(change, { focus = true } = {}) {
    const next = { ...state, ask: null, ...change };
    take(address.write(next, data));
    draw(focus);
  }
  const give = (signal, level) => go({ given: address.give(state.given, signal, level) });
  const fresh = { from: null, given: [], show: false };
  function back() {
    if (state.ask) go({});
    else if (state.show) go({ show: false });
    else if (state.given.length) go({ given: state.given.slice(0, -1), show: false });
    else go(fresh);
  }

  function status(answer) {
    const counts = table.counts(state.answers);
    const all = counts.reduce((sum, count) => sum + count, 0);
    const rows = [...data.verdicts].reverse().map((verdict) => {
      const count = counts[data.verdicts.indexOf(verdict)];
      const out = count === 0;
      const excluded = out ? table.excludedBy(state.answers, verdict.id) : [];
      const why = out
        ? `ruled out by ${excluded.length > 2 ? "your answers together" : excluded.map((id) => lower(told(data, id, state.answers[id]))).join(" with ")}`
        : answer.verdict ? "settled" : `${percent(count, all)} of the combinations left`;
      return el("li", { class: `wa-poss wa-poss--${verdict.id}${out ? " wa-poss--out" : ""}`, "data-verdict": verdict.id, "data-out": out },
        badge(verdict.id),
        el("span", { class: "wa-poss__bar", "aria-hidden": "true" }, el("i", { style: `width:${(100 * count) / all}%` })),
        el("span", { class: "wa-poss__why" }, why));
    });
    const said = answer.verdict
      ? [el("strong", {}, "Settled: "), badge(answer.verdict), `, ${answer.strength}. `, el("span", { class: "wa-status__reason" }, answer.reasons[0].reason)]
      : [el("strong", {}, "Not settled. "), "As assumed: ", badge(answer.likely), el("span", { class: "wa-status__reason" }, `, because then: ${answer.reasons[0].reason}`)];
    return el("section", { class: "wa-status", "aria-label": "Verdicts still possible" },
      el("ul", { class: "wa-status__list" }, rows),
      el("p", { class: "wa-status__said" }, said));
  }

  function question(id, answer) {
    const signal = signalOf(id);
    const asked = Object.keys(state.answers).length + state.skipped.length;
    const changing = state.ask === id;
    const taken = team()[id] || signal.assumed.level;
    const choices = [...signal.levels.map((level) => [level.id, level.label, level.help]),
      [address.UNKNOWN, "Don’t know", `It is then taken as “${lower(signal.levels.find((level) => level.id === taken).label)}”${id in team() ? ", as the reference team has it" : ""}, and marked as an open point.`]];
    return el("section", { class: "wa-question", "data-signal": id, "aria-labelledby": "wa-question" },
      el("p", { class: "wa-question__count" }, changing ? "Change an answer" : `Question ${asked + 1}, at most ${data.signals.length}`,
        " · ", signal.scope === "team" ? "about your team" : "about the workload"),
      el("h2", { id: "wa-question", tabindex: "-1" }, signal.question),
      el("p", { class: "wa-question__help" }, signal.help),
      el("ol", { class: "wa-choices" }, choices.map(([level, name, help], number) => {
        const key = level === address.UNKNOWN ? "0" : String(number + 1);
        const chosen = state.answers[id] === level || (level === address.UNKNOWN && state.skipped.includes(id));
        return el("li", {}, el("button", { type: "button", class: "wa-choice", "data-level": level, "data-key": key, "aria-pressed": changing ? String(chosen) : null, onclick: () => give(id, level) },
          el("kbd", { "aria-hidden": "true" }, key), el("span", {}, el("strong", {}, name), " ", el("span", { class: "wa-choice__help" }, help))));
      })),
      el("p", { class: "wa-question__foot" },
        asked || state.from ? el("button", { type: "button", class: "wa-link", onclick: back }, changing ? "Keep it as it is" : "Back") : null,
        !changing && (asked || state.from) && !answer.verdict ? el("button", { type: "button", class: "wa-link", onclick: () => go({ show: true }) }, "Show the result so far") : null,
        el("span", { class: "wa-quiet" }, "Keys: number to answer, 0 for don’t know, B to go back.")));
  }

  function starter() {
    const select = el("select", { id: "wa-from" }, el("option", { value: "" }, "nothing"),
      data.workloads.map((workload) => el("option", { value: workload.id, selected: workload.id === state.from }, workload.title)));
    select.addEventListener("change", () => go({ ...fresh, from: select.value || null }));
    const touched = Object.keys(state.answers).length || state.skipped.length;
    return el("p", { class: "wa-start" }, el("label", { for: "wa-from" }, "Start from "), select,
      touched ? el("button", { type: "button", class: "wa-link", onclick: () => go(fresh) }, "Start over") : null);
  }

  function answers() {
    const rows = data.signals.filter((signal) => signal.id in state.answers || state.skipped.includes(signal.id));
    if (!rows.length) return null;
    return el("section", { class: "wa-given", "aria-label": "Your answers" }, el("h2", { class: "wa-tool__h" }, "Your answers"),
      el("ul", {}, rows.map((signal) => el("li", {}, el("button", { type: "button", class: "wa-chip", onclick: () => go({ ask: signal.id }) },
        el("span", { class: "wa-quiet" }, `${signal.title}: `),
        signal.id in state.answers ? signal.levels.find((level) => level.id === state.answers[signal.id]).label : "don’t know",
        el("span", { class: "wa-chip__do" }, " change"))))));
  }

  function flips(answer) {
    const item = (flip) => el("li", {}, badge(flip.verdict), el("button", { type: "button", class: "wa-flip", "data-verdict": flip.verdict,
      onclick: () => go({ given: Object.entries(flip.changes).reduce((given, [id, level]) => address.give(given, id, level), state.given), show: true }) },
    "if ", Object.entries(flip.changes).map(([signal, level]) => lower(told(data, signal, level))).join(" and "),
    el("span", { class: "wa-chip__do" }, " try it")));
    if (!answer.flips.length) return el("p", {}, "No change of one or two answers leads to another verdict.");
    const first = answer.flips.slice(0, 8);
    const rest = answer.flips.slice(8);
    return [el("ul", { class: "wa-flips" }, first.map(item)),
      rest.length ? el("details", { class: "wa-more" }, el("summary", {}, `${rest.length} more, all changes of two answers or fewer`), el("ul", { class: "wa-flips" }, rest.map(item))) : null];
  }

  function result(answer) {
    const verdict = answer.likely;
    const nearest = table.nearest(state.answers, data.workloads, state.from);
    const start = data.workloads.find((workload) => workload.id === state.from);
    const first = start || (nearest.length ? nearest[0].workload : null);
    const split = data.workloads.find((workload) => workload.id === state.from);
    const forms = [answer.inside, answer.outside].filter(Boolean).map((id) => data.forms[id]);
    const unanswered = data.signals.filter((signal) => !(signal.id in state.answers));
    return el("section", { class: "wa-result", "aria-labelledby": "wa-result" },
      el("div", { class: `wa-plate wa-plate--${verdict}` },
        el("h2", { id: "wa-result", tabindex: "-1", class: "wa-result__verdict" }, badge(verdict),
          el("span", { class: "wa-plate__form" }, `${forms.map((form, n) => (n ? lower(form.title) : form.title)).join(" + ")} · ${answer.strength}${answer.verdict ? "" : " · not settled"}`)),
        answer.verdict ? null : el("p", { class: "wa-caution" }, `Still possible: ${answer.possible.map((id) => label(data, id)).join(", ")}. ${label(data, verdict)} holds if what you left open is as assumed.`),
        el("p", { class: "wa-plate__why" }, `${answer.verdict ? "" : "The reason would be: "}${answer.reasons[0].reason}`)),
      unanswered.length ? el("div", { class: "wa-unknown" }, el("p", {}, el("strong", {}, answer.verdict ? "Not needed for the verdict, and assumed: " : "Open, and assumed: "),
        state.from ? `team signals as for the reference team, ${lower(data.reference_team.title)}; ` : null, "answer them to see forms, reasons and flips for your case."), el("ul", {}, unanswered.map((signal) => el("li", {}, el("button", { type: "button", class: "wa-chip", onclick: () => go({ ask: signal.id }) },
        el("span", { class: "wa-quiet" }, `${signal.title}: `), signal.levels.find((level) => level.id === answer.all[signal.id]).label, el("span", { class: "wa-chip__do" }, " answer")))))) : null,
      el("h3", {}, "Why"),
      el("ul", { class: "wa-reasons" }, answer.reasons.map((rule, number) => el("li", {}, number ? null : el("span", { class: "wa-tag wa-tag--decides" }, "decides"), number ? null : " ",
        rule.reason, because(data, rule, answer.all) ? el("span", { class: "wa-quiet" }, ` (${because(data, rule, answer.all)})`) : null, " ", ruleLink(rule)))),
      !answer.verdict ? el("p", {}, el("strong", {}, "Leaning: "), "not settled while the answers above are open.")
        : answer.hinges.length ? el("p", {}, el("strong", {}, "Leaning: "), "it hangs on ", answer.hinges.flatMap((hinge, number) => [number ? "; and on " : null, ruleLink(hinge.rule), " (without it ", badge(hinge.verdict), ")"]), ".")
        : el("p", {}, el("strong", {}, "Clear: "), "it stands whichever single rule is struck out."),
      answer.overruled.length || answer.against.length ? [el("h3", {}, "What speaks against it"), el("ul", { class: "wa-reasons wa-reasons--against" },
        answer.overruled.map((rule) => el("li", {}, el("span", { class: "wa-tag" }, "overruled"), " ", rule.reason, " ", ruleLink(rule))),
        answer.against.map((item) => el("li", {}, verdict === "hybrid" ? [el("span", { class: "wa-tag" }, item.pull === "control" ? "pulls further inside" : "pulls outside"), " "] : null, item.text, el("span", { class: "wa-quiet" }, ` (${lower(told(data, item.signal, item.level))})`))))] : null,
      verdict === "hybrid" ? [el("h3", {}, "What goes where"), el("dl", { class: "wa-facts" },
        el("div", {}, el("dt", {}, "Stays inside"), el("dd", {}, answer.stays.map((rule) => rule.part).join("; "), split ? el("span", { class: "wa-quiet" }, ` For ${lower(split.title)}: ${split.inside}`) : null)),
        el("div", {}, el("dt", {}, "May go outside"), el("dd", {}, answer.goes.map((rule) => rule.part).join("; "), split ? el("span", { class: "wa-quiet" }, ` For ${lower(split.title)}: ${split.outside}`) : null)))] : null,
      el("h3", {}, "What would change this"), flips(answer),
      el("p", { class: "wa-question__foot" },
        state.given.length || state.from ? el("button", { type: "button", class: "wa-link", onclick: back }, "Back") : null,
        unanswered.length ? el("button", { type: "button", class: "wa-link", "data-do": "next", onclick: () => go({ ask: table.nextQuestion(state.answers) }) }, "Ask me the next question") : null),
      nearest.length ? [el("h3", {}, "Nearest workloads in the atlas"), el("ul", { class: "wa-related" }, nearest.map(({ workload, steps }) => el("li", {}, badge(workload.verdict), " ",
        el("a", { href: root + workload.url }, workload.title), el("span", { class: "wa-quiet" }, steps ? ` ${steps} step${steps === 1 ? "" : "s"} away in its signals` : " the same in what you answered"))))] : null,
      first ? [el("h3", {}, "Models and obligations to start from"),
        el("p", { class: "wa-quiet" }, `Those of ${lower(first.title)}, ${start ? "where you started" : "the nearest"}; yours follow from your own facts.`),
        el("dl", { class: "wa-facts" },
          first.models.map((step) => el("div", {}, el("dt", {}, step.step), el("dd", {}, step.models.length ? step.models.flatMap((model, n) => [n ? ", " : null, el("a", { href: root + model.url }, model.title)]) : "no model of the catalogue"))),
          el("div", {}, el("dt", {}, "Obligations"), el("dd", {}, `${first.class}. `, el("a", { href: `${root}${first.url}law/` }, `${first.notes} notes`), ", among them ",
            first.first_notes.flatMap((note, n) => [n ? "; " : null, el("a", { href: root + note.url }, lower(note.title)), note.from ? ` (from ${note.from})` : null]), ".")))] : null,
      el("h3", {}, "Take it away"), takeAway(answer, first));
  }

  function takeAway(answer, first) {
    const save = (done) => {
      const file = new Blob([brief.workload(data, answer, first || data.workloads[0])], { type: "application/yaml" });
      const link = el("a", { href: URL.createObjectURL(file), download: "new-workload.yml" });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
      done.textContent = "Saved as new-workload.yml; replace the texts marked FILL and run atlas check.";
    };
    return window.WATools.takeAway(() => brief.markdown(brief.compose(data, answer, state, link())), link,
      (done) => el("button", { type: "button", class: "wa-button wa-button--quiet", "data-take": "workload", onclick: () => save(done) }, "Export as workload file"));
  }

  // One page for the person who approves; shown in print only.
  function paper(answer) {
    const b = brief.compose(data, answer, state, link());
    const list = (items) => el("ul", {}, items.map((item) => el("li", {}, item)));
    const part = (title, ...children) => [el("h2", {}, title), ...children];
    return el("article", { class: "wa-brief", "aria-hidden": "true" },
      el("h1", {}, b.title),
      el("p", { class: "wa-brief__decision" }, `${b.decision}${b.forms ? ` · ${b.forms}` : ""}`),
      el("p", { class: "wa-brief__meta" }, `Made ${b.date} · rules version ${b.version} · atlas as of ${b.asOf} · ${b.link}`),
      el("div", { class: "wa-brief__two" },
        el("div", {}, part("Why", list(b.reasons)),
          b.against.length + b.hinges.length ? part("What speaks against it", list([...b.against, ...b.hinges])) : null,
          b.stays.length ? part("What goes where", list([`Inside: ${b.stays.map(lower).join("; ")}`, `May go outside: ${b.goes.map(lower).join("; ")}`, ...b.split, ...b.closed])) : null,
          b.flips.length ? part("What would change this", list(b.moreFlips ? [...b.flips, `${b.moreFlips} more behind the link`] : b.flips)) : null),
        el("div", {}, part("Answers, and who confirms them", el("table", {}, el("tbody", {}, b.answers.map((row) => el("tr", {}, el("th", { scope: "row" }, row.signal), el("td", {}, row.level, row.assumed ? el("em", {}, " (assumed)") : null), el("td", {}, row.by)))))))),
      part("Open points", b.open.length ? list(b.open.map((item) => `${item.point} To be confirmed by: ${lower(item.by)}.`)) : el("p", {}, "None: every signal was answered. Each answer still needs the name of who confirmed it.")),
      part("Documents to ask for", list(b.documents.map((item) => `${item.document}: ${item.shows}`))),
      b.obligations ? part("Obligations", el("p", {}, `${b.obligations.cls}; ${b.obligations.count} notes in the atlas, among them: ${b.obligations.first.map((note) => `${lower(note.title)} (${note.law})${note.from ? `, from ${note.from}` : ""}`).join("; ")}.`)) : null,
      part("Sources of the rules", el("p", {}, b.sources.map((source) => `${source.title}, ${source.publisher}, checked ${source.checked}, ${source.url}`).join("; "), ". Published decisions, terms of vendors and law with their sources: behind the link. Information, not legal advice.")),
      el("p", { class: "wa-brief__sign" }, "Decided by: ______________________   Date: ____________   Review by: ____________"));
  }

  function notices() {
    const found = [];
    if (state.ignored.length) found.push(el("p", { class: "wa-caution" }, `Ignored from the address, because the atlas does not know it: ${state.ignored.join(", ")}.`));
    const old = data.older.find((version) => version.version === state.version);
    if (old) {
      const then = table.older.get(old.version);
      const index = table.index(table.complete(state.answers, team()).all);
      const names = (at) => {
        const list = table.possible(state.answers, at);
        const likely = list.length > 1 ? `, likely ${label(data, data.verdicts[at[index]].id)}` : "";
        return list.map((id) => label(data, id)).join(" or ") + likely;
      };
      const [before, now] = [names(then), names(table.verdictAt)];
      found.push(el("div", { class: "wa-older", role: "note" },
        el("p", {}, el("strong", {}, `This address was made under version ${old.version} of the rules (${old.date}); this is version ${data.version}. `),
          before === now ? `For these answers nothing changed: ${now}.` : `For these answers it said ${before}; now it is ${now}.`),
        old.after.map((version) => el("p", {}, `Version ${version.version}, ${version.date}: ${version.summary} `, el("a", { href: `${root}routing/#version-v${version.version}` }, "Rule by rule"))))) ;
    } else if (state.version && state.version > data.version) {
      found.push(el("p", { class: "wa-caution" }, `This address was made under version ${state.version} of the rules, which is newer than this copy of the atlas (version ${data.version}).`));
    }
    return found;
  }

  // The parts of the page that hold for every form and verdict, cut down to those of the result.
  function trim(answer, shown) {
    follow.hidden = !shown;
    const forms = shown ? [answer.inside, answer.outside] : null;
    for (const node of follow.querySelectorAll("[data-form]")) node.hidden = Boolean(forms) && !forms.includes(node.dataset.form);
    for (const node of follow.querySelectorAll("[data-hybrid]")) node.hidden = Boolean(shown) && answer.likely !== "hybrid";
    for (const node of follow.querySelectorAll("#wa-next [data-verdict]")) node.hidden = Boolean(shown) && node.dataset.verdict !== answer.likely;
    const maturity = state.answers.platform_maturity;
    for (const node of follow.querySelectorAll("[data-maturity]")) node.hidden = Boolean(shown && maturity) && node.dataset.maturity !== maturity;
  }

  function draw(focus) {
    state = address.read(fragment(), data);
    const answer = table.answer(state.answers, team());
    const ask = state.ask || (answer.verdict || state.show ? null : table.nextQuestion(state.answers, new Set(state.skipped)));
    const shown = !ask;
    const main = el("div", { class: "wa-tool__main" }, ask ? question(ask, answer) : result(answer));
    const columns = el("div", { class: "wa-tool__columns" }, status(answer), main, answers());
    host.replaceChildren(...[...notices(), starter(), columns, shown ? paper(answer) : null].filter(Boolean));
    trim(answer, shown);
    document.body.classList.toggle("wa-has-brief", shown);
    const told = `${answer.verdict ? "Settled" : "Not settled; as assumed"}: ${label(data, answer.likely)}. Still possible: ${answer.possible.map((id) => label(data, id)).join(", ")}.`;
    if (live.textContent !== told) live.textContent = told;
    if (focus) {
      const heading = host.querySelector("#wa-question, #wa-result");
      heading.focus({ preventScroll: true });
      const top = host.getBoundingClientRect().top;
      if (top < 0 || top > window.innerHeight * 0.6) host.scrollIntoView({ block: "start" });
    }
  }

  // Keys work while the focus is inside the tool, so that they never get in the way elsewhere.
  host.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || /^(SELECT|INPUT|TEXTAREA)$/.test(event.target.tagName)) return;
    const choice = /^\d$/.test(event.key) ? host.querySelector(`.wa-choice[data-key="${event.key}"]`) : null;
    if (choice) { event.preventDefault(); choice.click(); }
    if (event.key.toLowerCase() === "b" && host.querySelector(".wa-question, .wa-result")) { event.preventDefault(); event.stopPropagation(); back(); }
  });
  whenMoved(() => { if (table) draw(true); });

  if (!("DecompressionStream" in window)) {
    host.hidden = false;
    host.append(el("p", { class: "wa-caution" }, "This browser is too old for the questions. The rules and all verdicts are below."));
    return;
  }
  Table.open(data).then((opened) => {
    table = opened;
    window.WADecide.table = opened;
    host.hidden = false;
    host.before(live);
    draw(true);
    host.dataset.ready = "";
  });
})();
