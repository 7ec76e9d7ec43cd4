// Fields that cannot be taken as they are: each is told where it stands and keeps what was typed, and the answer says
// that it waits.
(() => {
  "use strict";

  const { el } = window.WATools;
  const { given } = window.WACost;
  const LISTS = ["workload", "api", "gpu", "model", "currency"];
  const MAIN = ["units", "tokens_in", "tokens_out"];
  const MONTHLY = ["month_in", "month_out"];
  const TOKENS = { unit: "tokens a month", least: 0, most: null, whole: true };
  const RATE = { unit: "what one US dollar costs", least: 1e-9, most: null };

  function fields(data) {
    const wrong = new Map();
    const figure = (name) => given.keyOf(data, name);
    const known = (name) => Boolean(figure(name)) || [...LISTS, "per_usd", "unit"].includes(name);
    const id = (name) => (figure(name) && !MAIN.includes(name) ? `wa-cost-f-${name}` : `wa-cost-${name}`);
    const label = (name) => document.querySelector(`label[for="${id(name)}"]`).textContent;

    // What is wrong with a text for a field, and what to write; empty where nothing is.
    function fault(name, text) {
      if (text === "") return "";
      if (LISTS.includes(name)) return `“${text}” is not in this list; choose one that is.`;
      if (name === "unit") return given.unit(text) ? "" : "What the volume counts has at most 40 characters, without < > { }.";
      if (name === "per_usd" && text.includes("..")) return `“${text}” is a range; write one number, such as 0.92.`;
      if (MONTHLY.includes(name) && text.includes("..")) return `“${text}” is a range; write one number, such as 500M.`;
      return given.fault(text, figure(name) || (MONTHLY.includes(name) ? TOKENS : RATE));
    }

    // Whether the text can be taken; if not, it is kept and will be told.
    function takes(name, text) {
      wrong.delete(name);
      if (fault(name, text)) wrong.set(name, text);
      return !wrong.has(name);
    }

    // Tell each at its field; what was told before and is right now is taken away. Fields of a folded part are shown.
    function tell() {
      for (const old of document.querySelectorAll(".wa-cost__wrong")) {
        const control = document.getElementById(old.dataset.of);
        control.removeAttribute("aria-invalid");
        control.removeAttribute("aria-describedby");
        old.remove();
      }
      for (const [name, text] of wrong) {
        const control = document.getElementById(id(name));
        const told = el("span", { class: "wa-cost__wrong", id: `${id(name)}-wrong`, "data-of": id(name) }, `${label(name)}: ${fault(name, text)}`);
        control.setAttribute("aria-invalid", "true");
        control.setAttribute("aria-describedby", told.id);
        if (!LISTS.includes(name)) control.value = text;
        control.after(told);
        const folded = control.closest("details");
        if (folded) folded.open = true;
      }
    }

    // What the answer says of them: `counted` tells what is counted of a field meanwhile.
    function waiting(counted) {
      if (!wrong.size) return "";
      const each = [...wrong.keys()].map((name) => `“${label(name)}”${counted(name)}`);
      return `The answer waits for ${each.join(", ")}.`;
    }

    return { wrong, known, id, takes, tell, waiting };
  }

  window.WACost.fields = fields;
})();
