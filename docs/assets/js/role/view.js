// The helper as a page: draws the state of the address, and turns what a visitor does into a new address.
(() => {
  "use strict";

  const { el } = window.WATools;
  const { fragment, take, follow } = window.WASteps;
  const data = window.WA_ROLE;
  const host = document.getElementById("wa-role");
  const calculator = document.getElementById("wa-compute");
  if (!host || !data) return;
  const { table, compute, brief } = window.WARole;
  const root = host.dataset.root;
  const UNKNOWN = data.unknown;
  const SIDES = { below: "Clearly at or below the line", close: "Too close to call", above: "Clearly above the line" };
  const LINES = {
    estimate: "parameters and tokens of the original",
    told: "its training compute, as its maker tells",
    systemic: "not knowable; the original has systemic risk",
    other: "not knowable; any other original",
  };
  let state = null;
  const live = el("p", { class: "wa-live", role: "status" });

  const link = () => location.origin.replace("null", "file://") + location.pathname + table.write(state);

  function go(change, focus = true) {
    take(table.write({ ...state, ask: null, ...change }));
    draw(focus);
  }
  // An answer goes to the end of the list, so that back takes the last one.
  function give(id, level) {
    const { [id]: _, ...rest } = state.answers;
    go({ answers: { ...rest, [id]: level }, show: false });
  }
  function back() {
    const ids = Object.keys(state.answers);
    if (state.ask) go({});
    else if (state.show) go({ show: false });
    else go({ answers: Object.fromEntries(Object.entries(state.answers).filter(([id]) => id !== ids[ids.length - 1])) });
  }

  // The next question that matters and was neither answered nor skipped: first all of the model, then the system.
  function next() {
    for (const layer of ["model", "system"]) {
      const found = table.lookup(layer, state.answers).open.find((id) => !(id in state.answers));
      if (found) return found;
    }
    return null;
  }

  function plates(layers) {
    return el("div", { class: "wa-layers" }, layers.map((part) => el("section", { class: "wa-plate wa-layer", "data-layer": part.name, "aria-label": `${part.title}, so far` },
      el("p", { class: "wa-layer__name" }, part.title),
      el("p", { class: "wa-layer__role" }, part.answers.length ? part.headline : "not asked yet"))));
  }

  function asked(id) {
    const found = table.question(id);
    const choices = [...found.levels.map((level) => [level.id, level.label, level.help]), [UNKNOWN, "Not known", "What is still possible is shown, with the question that decides."]];
    return el("section", { class: "wa-question", "data-question": id, "aria-labelledby": "wa-asked" },
      el("p", { class: "wa-question__count" }, found.layer === "model" ? "About the model" : "About the system", state.ask ? " · change an answer" : ""),
      el("h3", { id: "wa-asked", tabindex: "-1" }, found.question),
      el("p", { class: "wa-question__help" }, found.help,
        id === "share" ? [" ", el("span", {}, brief.lineText(state.answers)), " ", el("a", { href: "#wa-compute" }, "To the calculator")] : null,
        ["high_risk", "purpose"].includes(id) ? [" ", el("a", { href: `${root}regulation/class/` }, "The classification helper goes into it.")] : null),
      el("ol", { class: "wa-choices" }, choices.map(([level, label, help], number) => {
        const key = level === UNKNOWN ? "0" : number < 9 ? String(number + 1) : "";
        return el("li", {}, el("button", { type: "button", class: "wa-choice", "data-level": level, "data-key": key || null, "aria-pressed": state.ask ? String(state.answers[id] === level) : null, onclick: () => give(id, level) },
          el("kbd", { "aria-hidden": "true" }, key || "·"), el("span", {}, el("strong", {}, label), " ", el("span", { class: "wa-choice__help" }, help))));
      })),
      el("p", { class: "wa-question__foot" },
        Object.keys(state.answers).length ? el("button", { type: "button", class: "wa-link", onclick: back }, state.ask ? "Keep it as it is" : "Back") : null,
        !state.ask && Object.keys(state.answers).length ? el("button", { type: "button", class: "wa-link", onclick: () => go({ show: true }) }, "Show the result so far") : null,
        el("span", { class: "wa-quiet" }, "Keys, while a question has the focus: number to answer, 0 for not known, B to go back.")));
  }

  function given(layers) {
    if (!layers.some((part) => part.answers.length)) return null;
    return el("section", { class: "wa-given", "aria-label": "Your answers" },
      layers.filter((part) => part.answers.length).map((part) => [el("h3", { class: "wa-tool__h" }, `${part.title}: your answers`),
        el("ul", {}, part.answers.map((answer) => el("li", {}, el("button", { type: "button", class: "wa-chip", onclick: () => go({ ask: answer.id }) },
          el("span", { class: "wa-quiet" }, `${answer.title}: `), answer.label, el("span", { class: "wa-chip__do" }, " change")))))]),
      el("p", {}, el("button", { type: "button", class: "wa-link", onclick: () => go({ answers: {}, show: false }) }, "Start over")));
  }

  const cites = (ids) => el("span", { class: "wa-cites" }, ids.flatMap((id, n) => [n ? " " : null, el("a", { class: "wa-cite", href: root + data.sources[id].page }, data.sources[id].publisher, ` (checked ${data.sources[id].checked})`)]));
  const provisions = (list) => list.flatMap((item, n) => [n ? "; " : null, el("a", { href: item.url }, item.text)]);

  function finding(item, several) {
    return el("li", { "data-finding": item.id }, el("p", {}, several ? [el("span", { class: "wa-tag" }, "possible"), " "] : null, el("strong", {}, item.title), ". ", item.reason,
      item.layer === "system" && item.high === "yes" ? " The system is high-risk." : item.layer === "system" && item.high === "either" ? " Whether it is high-risk is open." : ""),
    el("p", { class: "wa-quiet" }, provisions(item.provisions), " ", cites(item.sources)),
    item.unsure ? el("p", {}, el("strong", {}, "Open: "), item.unsure) : null);
  }

  const dutyItem = (duty) => el("li", {}, el("a", { href: root + duty.url }, duty.title), el("span", { class: "wa-quiet" }, ` ${duty.provision}${brief.when(duty)}`), duty.state === "if" ? [" ", el("span", { class: "wa-tag" }, "depends")] : null);

  // What is open beside the question that decides: it changes no role, but reasons, class or duties.
  function still(part) {
    const ids = part.answers.length ? part.outcome.open.filter((id) => !part.decides || id !== part.decides.id) : [];
    if (!ids.length) return null;
    return el("p", { class: "wa-quiet" }, part.decides ? "Also open: " : "Open, without changing the role; it changes reasons or duties: ",
      ids.flatMap((id, n) => [n ? ", " : null, el("button", { type: "button", class: "wa-link", onclick: () => go({ ask: id }) }, table.question(id).title.toLowerCase())]), ".");
  }

  function result(layers) {
    return el("section", { class: "wa-result", "aria-labelledby": "wa-result" },
      el("h3", { id: "wa-result", tabindex: "-1", class: "wa-tool__h" }, "Two layers, two answers"),
      layers.map((part) => {
        const several = part.outcome.possible.length > 0;
        return el("section", { class: "wa-role__layer", "data-layer": part.name, "aria-label": part.title },
          el("h3", { class: "wa-h" }, `${part.title}: ${part.headline}`),
          part.decides ? el("p", { class: "wa-caution" }, "The question that decides: ", el("button", { type: "button", class: "wa-link", "data-do": "decide", onclick: () => go({ ask: part.decides.id }) }, part.decides.question)) : null,
          still(part),
          el("ul", { class: "wa-reasons" }, part.findings.map((item) => finding(item, several))),
          part.line ? el("p", {}, el("strong", {}, "The line: "), part.line) : null,
          part.modelDuties.length ? [el("h4", {}, "Duties that follow"), el("ul", {}, part.modelDuties.map((duty) => el("li", {}, duty.text, " ", el("a", { href: duty.url }, duty.provision), brief.STATES[duty.state] ? [" ", el("span", { class: "wa-tag" }, brief.STATES[duty.state])] : null)))] : null,
          part.name === "model" ? el("p", {}, "In the atlas: ", data.about_model.flatMap((duty, n) => [n ? "; " : null, el("a", { href: root + duty.url }, duty.title)]), ".") : null,
          part.duties.length ? [el("h4", {}, "Duties that follow"), part.duties.map((group) => el("details", { class: "wa-more", open: group.id === "any" || (["high-risk", "product"].includes(group.id) && group.items.some((duty) => duty.state === "yes")) },
            el("summary", {}, `${group.title}: ${group.items.length}`), el("ul", {}, group.items.map(dutyItem))))] : null,
          part.fines.length ? [el("h4", {}, "Fines"), el("ul", {}, part.fines.map((fine) => el("li", {}, `${fine.breach}: ${fine.maximum} `, el("span", { class: "wa-quiet" }, `(${fine.provision})`))))] : null);
      }),
      el("p", { class: "wa-question__foot" }, el("button", { type: "button", class: "wa-link", onclick: back }, "Back")),
      el("h3", {}, "Take it away"), takeAway(),
      el("p", { class: "wa-quiet" }, "Information, not legal advice. Not asked here: research and defence (Article 2(3), (6), (8)), private use, representatives (Article 22), and the class of the use."));
  }

  const takeAway = () => window.WATools.takeAway(() => brief.markdown(state.answers, link(), working()), link);

  // The brief, shown in print only.
  function paper(layers) {
    const list = (items) => el("ul", {}, items.map((item) => el("li", {}, item)));
    return el("article", { class: "wa-brief", "aria-hidden": "true" },
      el("h1", {}, "Provider or deployer, of what?"),
      el("p", { class: "wa-brief__meta" }, `Atlas as of ${data.as_of} · ${link()}`),
      layers.map((part) => [
        el("h2", {}, `${part.title}: ${part.headline}`),
        list(part.findings.map((item) => `${item.title}. ${item.reason} (${item.provisions.map((p) => p.text).join("; ")})${item.unsure ? ` Open: ${item.unsure}` : ""}`)),
        part.decides ? el("p", {}, `Decided by: ${part.decides.question}`) : null,
        part.line ? el("p", {}, `Line: ${part.line} ${working() || ""}`) : null,
        part.modelDuties.length ? list(part.modelDuties.map((duty) => `${duty.text} (${duty.provision})${brief.STATES[duty.state] ? `: ${brief.STATES[duty.state]}` : ""}`)) : null,
        part.duties.map((group) => el("p", {}, el("strong", {}, `${group.lead}: `), `${group.lines.join("; ")}.`)),
        part.fines.length ? el("p", {}, el("strong", {}, "Fines: "), `${part.fines.map((fine) => `${fine.breach}: ${fine.maximum} (${fine.provision})`).join("; ")}.`) : null,
        part.answers.length ? el("p", {}, el("strong", {}, "Answers: "), `${part.answers.map((answer) => `${answer.title}: ${answer.label}`).join("; ")}.`) : null]),
      el("p", {}, "Point numbers of the model guidelines: C(2025) 5045 final of 18 July 2025. Information, not legal advice."),
      el("p", { class: "wa-brief__sign" }, "Checked by: ______________________   Date: ____________   Review by: ____________"));
  }

  // The calculator: fields stay while one types; only the result is drawn anew.
  function working() {
    const found = compute.fromForm(state.line, state.numbers);
    if (!found) return null;
    return `Modification 6 × ${state.numbers.mp} × 10^9 × ${state.numbers.mt} × 10^9 = ${compute.scientific(found.modification)} FLOP; line ${compute.scientific(found.original)} ÷ 3 = ${compute.scientific(found.line)} FLOP. ${SIDES[found.side]}.`;
  }

  function fields() {
    const inputs = {};
    const field = (key, label) => {
      inputs[key] = el("input", { id: `wa-${key}`, inputmode: "decimal", autocomplete: "off", oninput: () => type(key, inputs[key].value) });
      return el("div", { class: "wa-field", "data-field": key }, el("label", { for: `wa-${key}` }, label), inputs[key]);
    };
    const lines = window.WATools.choice("wa-line", "What is known of the original", table.LINES.map((id) => [id, LINES[id]]), "estimate", (line) => calculate({ line }));
    const output = el("div", { role: "status" });
    calculator.append(el("form", { class: "wa-form", "aria-label": "Training compute", onsubmit: (event) => event.preventDefault() },
      field("mp", "Parameters of the model, billions"), field("mt", "Tokens trained on in the modification, billions, all passes"), lines,
      field("op", "Parameters of the original, billions"), field("ot", "Training tokens of the original, billions"), field("of", "Training compute of the original, FLOP (1.3e23)")), output);
    calculator.hidden = false;
    return { inputs, output };
  }

  function calculate(change, field = null) {
    state = { ...state, ...change };
    take(table.write(state), field);
    reckon();
  }
  function type(key, text) {
    const { [key]: _, ...rest } = state.numbers;
    const value = Number(text.replace(/[\s,_]/g, ""));
    calculate({ numbers: value > 0 && Number.isFinite(value) ? { ...rest, [key]: String(value) } : rest }, key);
  }

  function reckon() {
    const shown = { estimate: ["op", "ot"], told: ["of"] }[state.line] || [];
    for (const key of ["op", "ot", "of"]) calculator.querySelector(`[data-field=${key}]`).hidden = !shown.includes(key);
    const found = compute.fromForm(state.line, state.numbers);
    if (!found) return form.output.replaceChildren(el("p", { class: "wa-quiet" }, "Fill in the fields; nothing typed leaves the browser."));
    const percent = (value) => `${(100 * value).toLocaleString("en-GB", { maximumSignificantDigits: 3 })} %`;
    const fixed = ["systemic", "other"].includes(state.line);
    form.output.replaceChildren(
      el("p", { class: "wa-size__said", "data-side": found.side }, `${SIDES[found.side]}.`),
      el("dl", { class: "wa-facts wa-facts--tight" },
        el("div", {}, el("dt", {}, "Modification"), el("dd", {}, `6 × P × D = ${compute.scientific(found.modification)} FLOP`)),
        el("div", {}, el("dt", {}, fixed ? "In place of the original" : "Original"), el("dd", {}, `${compute.scientific(found.original)} FLOP`)),
        el("div", {}, el("dt", {}, "Line"), el("dd", {}, `one third: ${compute.scientific(found.line)} FLOP`)),
        el("div", {}, el("dt", {}, "Share"), el("dd", {}, `${percent(found.ratio)} of it; with 30 % either way on ${fixed ? "the modification" : "both estimates"}, ${found.side === "close" ? "the ranges overlap" : "the ranges do not meet"}`))),
      el("p", {}, el("button", { type: "button", class: "wa-button wa-button--quiet", "data-do": "share", onclick: () => go({ answers: { ...state.answers, share: found.side, known: fixed ? "no" : "yes", ...(fixed ? { systemic: state.line === "systemic" ? "yes" : "no" } : {}) }, show: false }) }, "Take it as the answer")));
    return null;
  }

  function draw(focus) {
    state = table.read(fragment());
    const layers = brief.layers(state.answers);
    const ask = state.ask || (state.show ? null : next());
    host.replaceChildren(...[
      state.ignored.length ? el("p", { class: "wa-caution" }, `Ignored from the address, because the atlas does not know it: ${state.ignored.join(", ")}.`) : null,
      plates(layers),
      el("div", { class: "wa-tool__columns" }, el("div", { class: "wa-tool__main" }, ask ? asked(ask) : result(layers)), given(layers)),
      ask ? null : paper(layers)].filter(Boolean));
    document.body.classList.toggle("wa-has-brief", !ask);
    for (const [key, input] of Object.entries(form.inputs)) input.value = state.numbers[key] || "";
    document.getElementById("wa-line").value = state.line;
    reckon();
    const told = layers.map((part) => `${part.title}: ${part.headline}.`).join(" ");
    if (live.textContent !== told) live.textContent = told;
    if (!focus) return;
    host.querySelector("#wa-asked, #wa-result").focus({ preventScroll: true });
    const { top } = host.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight * 0.6) host.scrollIntoView({ block: "start" });
  }

  // Keys work while the focus is inside the tool, so that they never get in the way elsewhere.
  host.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || /^(SELECT|INPUT|TEXTAREA)$/.test(event.target.tagName)) return;
    const choice = /^\d$/.test(event.key) ? host.querySelector(`.wa-choice[data-key="${event.key}"]`) : null;
    if (choice) { event.preventDefault(); choice.click(); }
    if (event.key.toLowerCase() === "b" && Object.keys(state.answers).length) { event.preventDefault(); event.stopPropagation(); back(); }
  });
  follow(() => draw(true));

  const form = fields();
  host.before(live);
  host.hidden = false;
  draw(false);
  host.dataset.ready = "";
})();
