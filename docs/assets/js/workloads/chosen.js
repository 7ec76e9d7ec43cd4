// What is chosen, in a bar that stays at the bottom of the window while anything is: how many, and what can be done with
// them. It follows the list, so that it comes after it by keyboard; from the box ticked last a button leads to it.
(() => {
  "use strict";

  const { el } = window.WATools;

  // `data.beside` fit side by side; `places` are the chosen ones, in the order shown; `drop` chooses none.
  function chosen(data, page, { places, drop }) {
    const { csv, json, save } = window.WAWorkloads;
    const names = () => places().map((n) => data.workloads[n].row[0]).join(",");
    const said = el("strong");
    const beside = el("a", { class: "wa-explore__beside" });
    const more = el("span", { class: "wa-quiet" });
    const together = el("a", {}, "See together");
    const button = (click, ...text) => el("button", { type: "button", class: "wa-link", onclick: click }, text);
    const long = () => el("span", { class: "wa-chosen__long" }, "Save as ");
    const bar = el("div", { class: "wa-chosen", role: "group", hidden: true }, el("div", { class: "wa-chosen__do" },
      said, beside, more, together,
      button(() => save("workloads-selection.csv", "text/csv", csv(data, places())), long(), "CSV"),
      button(() => save("workloads-selection.json", "application/json", json(data, places())), long(), "JSON"),
      button(() => {
        const back = jump.previousElementSibling;
        drop();
        (back?.checkVisibility() ? back : document.querySelector(".wa-explore .wa-pick__said")).focus();
      }, "Choose none")));
    const jump = el("button", { type: "button", class: "wa-chosen__jump", onclick: () => bar.querySelector("a[href]").focus() });

    // Its height is kept free below the page and below what has the focus.
    new ResizeObserver(() => document.documentElement.style.setProperty("--wa-bar", `${bar.offsetHeight}px`)).observe(bar);

    function update(count) {
      bar.hidden = !count;
      if (!count) {
        jump.remove();
        return;
      }
      const ids = names();
      const fits = count > 1 && count <= data.beside;
      said.textContent = `${count} chosen`;
      bar.setAttribute("aria-label", `What to do with the ${count} chosen`);
      jump.textContent = `To the ${count} chosen`;
      beside.hidden = !fits;
      beside.textContent = `Compare the ${count} side by side`;
      beside.href = `../compare/${page}#workloads=${ids}`;
      more.hidden = fits;
      more.textContent = count < 2 ? "Choose one more to compare." : `At most ${data.beside} can be compared.`;
      together.href = `../portfolio/${page}#w=${ids}`;
    }

    return { bar, update, ticked: (box) => box.after(jump) };
  }

  Object.assign(window.WAWorkloads, { chosen });
})();
