// While a reader is still composing Chinese with an input method, the box holds
// half-written pinyin. Active search should only see what the reader has chosen.
(() => {
  "use strict";
  document.addEventListener(
    "input",
    (event) => {
      if (event.isComposing) event.stopImmediatePropagation();
    },
    true,
  );
  document.addEventListener("compositionend", (event) => {
    event.target.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
