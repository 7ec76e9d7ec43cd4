// Look-ups in the tables that the build computed (macros/law/class_tool.py). There is no rule in here: the answers of
// a step have a code, the codes of all steps have an outcome, an outcome has texts and gates.
(() => {
  "use strict";

  const WORDS = ["no", "open", "yes"];

  class Table {
    constructor(data) {
      this.data = data;
      this.facts = new Map(data.steps.flatMap((step) => step.facts.map((fact) => [fact.id, { ...fact, step: step.id }])));
    }

    // The strongest of several answers: one yes is enough, and no needs all of them.
    strongest(facts, answers) {
      if (facts.some((fact) => answers[fact.id] === true)) return 2;
      return facts.every((fact) => answers[fact.id] === false) ? 0 : 1;
    }

    // Where a step's answers stand in its table, or in its list of facts that matter.
    place(step, answers) {
      return step.facts.reduce((sum, fact) => sum * 3 + (answers[fact.id] === true ? 2 : answers[fact.id] === false ? 0 : 1), 0);
    }

    code(step, answers) {
      return step.table ? step.table[this.place(step, answers)] : this.strongest(step.facts, answers);
    }

    // One code for each part of the rules, in the order of the steps; a step can have two, such as bans to come.
    codes(answers) {
      return this.data.parts.map((part) => {
        const step = this.data.steps.find((item) => item.parts.includes(part));
        if (!step) return 0;
        return step.table ? this.code(step, answers) : this.strongest(step.facts.filter((fact) => fact.part === part), answers);
      });
    }

    outcome(answers) {
      const place = this.codes(answers).reduce((sum, code, n) => sum * this.data.sizes[n] + code, 0);
      return this.data.outcomes[this.data.table[place]];
    }

    // A duty for certain products is firm only if the record that was started from names one of them; one that other
    // obligations tell for a product is left out if it names that.
    status(duty, answers, outcome, products) {
      const brought = duty.facts.length ? this.strongest(duty.facts.map((id) => ({ id })), answers) : 2;
      if (duty.not_for.some((id) => products.includes(id))) return WORDS[0];
      const most = duty.products.length && !duty.products.some((id) => products.includes(id)) ? 1 : 2;
      const used = duty.deployer_only ? Number(outcome.gates[this.data.gates.indexOf("deployer")]) : 2;
      return WORDS[Math.min(brought, Number(outcome.gates[duty.gate]), most, used)];
    }

    matters(step, answers) {
      const open = step.facts.filter((fact) => !(fact.id in answers));
      // Where one yes is enough, the facts beside it no longer matter; bans to come and personal use are parts of their own.
      if (!step.matters) return open.filter((fact) => this.strongest(step.facts.filter((other) => other.part === fact.part), answers) !== 2);
      const mask = step.matters[this.place(step, answers)];
      return open.filter((fact) => mask & (1 << step.facts.indexOf(fact)));
    }

    // What would change from one outcome to another.
    changes(before, after) {
      const out = before.possible.filter((id) => !after.possible.includes(id));
      if (out.length && after.possible.length === 1) return `settles it: ${after.title}`;
      const titles = (ids) => ids.map((id) => `“${this.data.classes[id].title}”`).join("; ");
      if (out.length > after.possible.length) return `leaves ${titles(after.possible)}`;
      if (out.length) return `rules out ${titles(out)}`;
      return before.possible.length === 1 ? "the same class, other duties" : "nothing by itself";
    }

    left(answers, outcome) {
      return outcome.left.flatMap((number) => {
        const step = this.data.steps[number];
        const open = step.facts.filter((fact) => !(fact.id in answers));
        return this.matters(step, answers).map((fact) => {
          const no = Object.fromEntries((step.table ? [fact] : open).map((other) => [other.id, false]));
          return { key: fact.id, step: step.id, if_yes: this.changes(outcome, this.outcome({ ...answers, [fact.id]: true })),
            if_no: this.changes(outcome, this.outcome({ ...answers, ...no })) };
        });
      });
    }

    reasons(answers, outcome) {
      const gate = (name) => Number(outcome.gates[this.data.gates.indexOf(name)]);
      const sectionB = gate("act") === 0 && gate("product-b") === 2;
      const beside = (step) => (sectionB && step.id === "transparency" ? ` ${this.data.not_in_section_b}` : "");
      const unlisted = this.code(this.data.steps.find((step) => step.id === "listed"), answers) === 0;
      return this.data.steps.filter((step) => !(step.id === "exemption" && unlisted)).flatMap((step) => {
        const held = step.facts.filter((fact) => answers[fact.id] === true).map((fact) => ({ fact: fact.id, text: `${fact.title}: yes. ${fact.yes}${beside(step)}`, provision: fact.provision, text_url: fact.url }));
        return this.code(step, answers) === 0 ? [...held, { fact: null, text: step.nothing, provision: "", text_url: "" }] : held;
      });
    }

    starts(answers, cls) {
      const step = this.data.steps.find((item) => item.id === cls.step);
      const held = (step ? step.facts : []).filter((fact) => answers[fact.id] === true && (step.id !== "bans" || fact.later === (cls.id === "prohibited-later")));
      return held.map((fact) => fact.from).filter(Boolean).sort()[0] || null;
    }

    // Everything that can be said for any set of answers, in the shape of `atlas classify --json`.
    answer(answers, start = undefined) {
      const outcome = this.outcome(answers);
      const classes = outcome.possible.map((id) => this.data.classes[id]);
      const one = classes.length === 1;
      // A question that the record leaves open stays open while the class is the record's own.
      const unclear = start && one && start.doubted === outcome.id ? start.record.unclear : null;
      const settled = one && !unclear;
      const from = one ? this.starts(answers, classes[0]) : null;
      const reasons = this.reasons(answers, outcome);
      const lower = (text) => text.charAt(0).toLowerCase() + text.slice(1);
      return {
        class: outcome.id, title: outcome.title + (unclear ? this.data.on_the_facts : ""), settled, unclear,
        fine: classes.every((cls) => cls.fine) ? classes[0].fine : null,
        explanation: one ? classes[0].says : `Still possible: ${classes.map((cls) => lower(cls.title)).join("; ")}.`,
        possible: classes.map((cls) => cls.id),
        applies_from: from,
        state: from === null ? null : from <= this.data.as_of ? "in-force" : "applies-from",
        points: this.data.steps.find((step) => step.id === "listed").facts.filter((fact) => answers[fact.id] === true).map((fact) => fact.name),
        provisions: [...new Set([...classes.flatMap((cls) => cls.provisions), ...reasons.filter((reason) => reason.fact).map((reason) => reason.provision)])],
        reasons,
        obligations: this.data.duties.map((duty) => ({ duty, follows: this.status(duty, answers, outcome, start ? start.products : []) })).filter((item) => item.follows !== "no"),
        questions_left: this.left(answers, outcome),
        steps_left: outcome.left.map((number) => this.data.steps[number].id),
      };
    }
  }

  window.WAClass = { ...(window.WAClass || {}), Table };
})();
