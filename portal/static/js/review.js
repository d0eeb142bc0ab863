// The review desk by keyboard and mouse. Everything here fills in and sends forms of the page,
// and every one of them works without this file.
(() => {
  "use strict";
  const OFF = "review-keys-off";
  const one = id => document.getElementById(id);
  const all = selector => [...document.querySelectorAll(selector)];
  // The masked place last stood on; kept while the desk is exchanged.
  let current = 0;

  document.documentElement.classList.add("scripted");

  // --- both sides of a masked place, and what is said of it ---

  const places = () => all("#record a.tie");
  const row = number => one(`t${number}`);

  function tie(number) {
    for (const other of all(".tied")) other.classList.remove("tied");
    if (!row(number)) return;
    for (const each of all(`[data-tie="${number}"]`)) each.classList.add("tied");
  }

  function tell(number) {
    const cells = row(number) ? [...row(number).querySelectorAll("td[data-label]")] : [];
    const told = cells
      .filter(cell => cell.dataset.label !== "处理" && cell.textContent.trim() !== "—")
      .map(cell => `${cell.dataset.label} ${cell.textContent.trim()}`);
    if (one("tie-text")) one("tie-text").textContent = told.join("　");
  }

  function stand(place) {
    current = Number(place.dataset.tie);
    tie(current);
    tell(current);
    for (const other of all(`.pane a[data-tie="${current}"]`))
      if (!other.closest(".pane").contains(place)) bring(other);
  }

  // Within its pane only: the page itself must not jump while somebody walks the other side.
  function bring(place) {
    const pane = place.closest(".pane");
    const [inner, outer] = [place.getBoundingClientRect(), pane.getBoundingClientRect()];
    if (inner.top < outer.top || inner.bottom > outer.bottom)
      pane.scrollTop += inner.top - outer.top - outer.height / 2;
  }

  document.addEventListener("focusin", event => {
    const place = event.target.closest("[data-tie]");
    if (place) stand(place);
  });
  document.addEventListener("mouseover", event => {
    const place = event.target.closest("a.tie");
    tie(place ? Number(place.dataset.tie) : current);
  });

  // Along the masked places of an item, or along the items of the queue.
  function walk(step) {
    const queue = all("#results th a");
    const found = queue.length ? queue : places();
    const at = queue.length
      ? queue.indexOf(document.activeElement)
      : found.findIndex(place => Number(place.dataset.tie) === current);
    const next = at < 0 ? (step > 0 ? 0 : found.length - 1) : at + step;
    found[next]?.focus();
  }

  function walkFields(step) {
    const fields = all("#record [data-field]");
    const active = document.activeElement;
    const around = active.closest?.("#record [data-field]");
    // From a place within a field the field itself comes first.
    if (around && around !== active) {
      around.focus();
      return;
    }
    const at = fields.indexOf(active);
    fields[at < 0 ? (step > 0 ? 0 : fields.length - 1) : at + step]?.focus();
  }

  // --- what a mark is about: the selection, else the place or field that has the focus ---

  function countBefore(text, words, end) {
    let count = 0;
    for (let at = text.indexOf(words); at >= 0 && at < end; at = text.indexOf(words, at + 1)) count += 1;
    return count;
  }

  function selected() {
    const selection = getSelection();
    const text = selection.toString();
    const field = selection.anchorNode?.parentElement?.closest("#record [data-field]");
    if (!text.trim() || !field || !field.contains(selection.focusNode)) return null;
    const body = field.querySelector("dd");
    const range = selection.getRangeAt(0);
    const before = document.createRange();
    before.setStart(body, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length + (text.length - text.trimStart().length);
    const words = text.trim();
    const nth = countBefore(body.textContent, words, start) + 1;
    return { text: words, path: field.dataset.field, nth, kind: "" };
  }

  function subject() {
    const chosen = selected();
    if (chosen) return chosen;
    const active = document.activeElement;
    const place = active.closest?.("[data-tie]") && row(current);
    if (place) return { ...place.dataset };
    const field = active.closest?.("[data-field]");
    return { text: "", path: field ? field.dataset.field : "", nth: 1, kind: "" };
  }

  const fill = (id, value) => {
    const control = one(id);
    if (control) control.value = value;
  };

  function openMark(act) {
    const box = one("mark-box");
    if (!box) return;
    const about = subject();
    box.open = true;
    one(`act-${act}`).checked = true;
    fill("text", about.text);
    fill("path", about.path);
    fill("nth", about.nth);
    fill("kind", about.kind);
    fill("mask", "");
    // What is masked is masked everywhere, what is kept is kept here, until somebody says else.
    fill("scope", act === "keep" && about.text ? "place" : "case");
    fitMasks();
    const next = { hide: "text", keep: "mark_reason", link: "same_as" }[act];
    (about.text ? one(next) : one("text")).focus();
  }

  function openOverride() {
    const box = one("override-box");
    if (!box) return;
    const about = subject();
    box.open = true;
    fill("override_text", about.text);
    fill("override_path", about.path);
    one(about.text ? "override_reason" : "override_text").focus();
  }

  function openRemoval() {
    const reason = one("removal_reason");
    if (!reason) return;
    reason.closest("details").open = true;
    reason.focus();
  }

  function fillReason(number) {
    const reason = one("reason");
    const usual = one("reasons")?.options[number - 1];
    if (!reason || !usual) return;
    reason.value = usual.value;
    reason.focus();
  }

  // Only masks that the policy knows for the kind can be chosen.
  function fitMasks() {
    const kind = one("kind")?.value || "other";
    for (const option of one("mask")?.options ?? [])
      option.disabled = Boolean(option.value) && !option.dataset.kinds.split(" ").includes(kind);
    if (one("mask")?.selectedOptions[0]?.disabled) one("mask").value = "";
  }

  document.addEventListener("change", event => {
    if (event.target.id === "kind") fitMasks();
    if (event.target.id === "keys-off")
      localStorage.setItem(OFF, event.target.checked ? "1" : "");
  });

  // --- keys ---

  const follow = relation => document.querySelector(`nav a[rel="${relation}"]`)?.click();

  function toggleKeys() {
    const dialog = one("keys");
    if (!dialog) return;
    one("keys-off").checked = Boolean(localStorage.getItem(OFF));
    if (dialog.open) dialog.close();
    else dialog.showModal();
  }

  const KEYS = {
    j: () => walk(1),
    k: () => walk(-1),
    "]": () => walkFields(1),
    "[": () => walkFields(-1),
    m: () => openMark("hide"),
    z: () => openMark("keep"),
    l: () => openMark("link"),
    o: openOverride,
    u: openRemoval,
    a: () => one("reason")?.focus(),
    1: () => fillReason(1),
    2: () => fillReason(2),
    3: () => fillReason(3),
    n: () => follow("next"),
    p: () => follow("prev"),
    "?": toggleKeys,
  };

  document.addEventListener("keydown", event => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.closest("input:not([type=radio]):not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && typing) {
      const place = places().find(each => Number(each.dataset.tie) === current);
      (place ?? one("record"))?.focus();
      return;
    }
    if (typing) return;
    const onPlace = event.target.closest("a.tie");
    const arrow = onPlace && { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const act = arrow ? () => walk(arrow) : KEYS[event.key];
    const shut = one("keys")?.open && event.key !== "?";
    if (!act || shut || (localStorage.getItem(OFF) && event.key !== "?")) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", event => {
    if (event.target.closest("[data-open=keys], [data-close]")) {
      event.preventDefault();
      toggleKeys();
    }
    const button = event.target.closest("button[data-act]");
    if (button?.dataset.act === "override") openOverride();
    else if (button) openMark(button.dataset.act);
  });
  // A button must not take away the selection it is about.
  document.addEventListener("mousedown", event => {
    if (event.target.closest("button[data-act]")) event.preventDefault();
  });

  // --- the desk was exchanged: stand where one stood ---

  document.addEventListener("htmx:after:swap", () => {
    const invalid = document.querySelector("#desk .error-summary");
    if (invalid) {
      invalid.focus();
      return;
    }
    const found = places();
    (found[Math.min(current, found.length) - 1] ?? one("record"))?.focus();
  });
})();
