// Fields that cannot be taken as they are: each is told where it stands and keeps what was typed, and the answer says
// that it waits. As on the page of cost.
(() => {
  "use strict";

  const { el } = window.WATools;
  const { address } = window.WASize;

  function fields(data) {
    const wrong = new Map();
    const id = (name) => `wa-${name}`;
    const label = (name) => document.querySelector(`label[for="${id(name)}"]`).textContent;

    // Whether the text can be taken beside the rest of the state; if not, it is kept and will be told.
    function takes(name, text, state) {
      wrong.delete(name);
      const fault = address.fault(name, text, state, data);
      if (fault) wrong.set(name, [text, fault]);
      return !fault;
    }

    // Tell each at its field; what was told before and is right now is taken away.
    function tell() {
      for (const old of document.querySelectorAll(".wa-size__wrong")) {
        const control = old.previousElementSibling;
        control.removeAttribute("aria-invalid");
        control.removeAttribute("aria-describedby");
        old.remove();
      }
      for (const [name, [text, fault]] of wrong) {
        const control = document.getElementById(id(name));
        const told = el("span", { class: "wa-size__wrong", id: `${id(name)}-wrong` }, `${label(name)}: ${fault}`);
        control.setAttribute("aria-invalid", "true");
        control.setAttribute("aria-describedby", told.id);
        if (control.matches("input")) control.value = text;
        control.after(told);
      }
    }

    // What the answer says of them, with what it counts meanwhile.
    function waiting() {
      const each = [...wrong.keys()].map((name) => {
        const control = document.getElementById(id(name));
        return `“${label(name)}” (${control.matches("input") ? control.dataset.counts : control.selectedOptions[0]?.textContent ?? "nothing"} counts meanwhile)`;
      });
      return each.length ? `The answer waits for ${each.join(", ")}.` : "";
    }

    return { wrong, id, takes, tell, waiting };
  }

  window.WASize.fields = fields;
})();
