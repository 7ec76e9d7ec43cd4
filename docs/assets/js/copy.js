// Copy and save buttons of commands and manifests. Without this script the text can still be selected.

/** @param {Element} block */
const textOf = (block) => block.querySelector("pre")?.textContent ?? "";

/** @param {Element} block @param {string} words */
const say = (block, words) => {
  const place = block.querySelector("[role=status]");
  if (place) place.textContent = words;
};

/** @param {Element} block */
const select = (block) => {
  const text = block.querySelector("pre");
  if (!text) return;
  const range = document.createRange();
  range.selectNodeContents(text);
  const selection = window.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  text.focus();
};

/** @param {Element} block */
const copy = async (block) => {
  try {
    await navigator.clipboard.writeText(textOf(block));
    say(block, "Copied.");
  } catch {
    select(block);
    say(block, "Selected. Copy it with your keyboard.");
  }
};

/** @param {Element} block */
const save = (block) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([textOf(block)], { type: "text/plain" }));
  link.download = block.getAttribute("data-wa-code") ?? "plan.txt";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  say(block, `Saved as ${link.download}.`);
};

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const block = event.target.closest("[data-wa-code]");
  if (!block) return;
  if (event.target.closest("[data-wa-code-copy]")) copy(block);
  if (event.target.closest("[data-wa-code-save]")) save(block);
});

document.querySelectorAll("[data-wa-code-copy], [data-wa-code-save]").forEach((button) => {
  button.removeAttribute("hidden");
});
