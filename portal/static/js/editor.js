// Buttons over a Markdown field: each writes the signs its editor would type. Without this file
// the field is a plain textarea, and the signs are typed.
const ACTS = {
  bold: { label: "加粗", key: "b", around: ["**", "**"], sample: "加粗的文字" },
  heading: { label: "小标题", key: "h", before: "## ", sample: "小标题" },
  list: { label: "列表", key: "l", before: "- ", sample: "一项" },
  quote: { label: "引用", key: "q", before: "> ", sample: "引用的话" },
  link: { label: "链接", key: "k", around: ["[", "](https://)"], sample: "链接文字" },
};

function replace(field, start, end, text, from, to) {
  field.focus();
  field.setSelectionRange(start, end);
  // Keeps the browser's own undo, which setting the value would empty.
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, start, end, "end");
  field.setSelectionRange(from, to);
}

function apply(field, act) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  if (act.around) {
    const [open, close] = act.around;
    const words = value.slice(start, end) || act.sample;
    const from = start + open.length;
    replace(field, start, end, open + words + close, from, from + words.length);
    return;
  }
  const first = value.lastIndexOf("\n", start - 1) + 1;
  const lines = value.slice(first, end) || act.sample;
  const text = lines.split("\n").map((line) => act.before + line).join("\n");
  replace(field, first, end, text, first + act.before.length, first + text.length);
}

function equip(field) {
  const bar = document.createElement("div");
  bar.className = "button-row editor-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "格式工具");
  for (const act of Object.values(ACTS)) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "secondary small";
    button.textContent = act.label;
    button.title = `${act.label}（Ctrl+Alt+${act.key.toUpperCase()}）`;
    button.addEventListener("click", () => apply(field, act));
    bar.append(button);
  }
  field.addEventListener("keydown", (event) => {
    const act = Object.values(ACTS).find((one) => one.key === event.key.toLowerCase());
    if (!act || !event.ctrlKey || !event.altKey) return;
    event.preventDefault();
    apply(field, act);
  });
  field.before(bar);
}

for (const field of document.querySelectorAll("textarea[data-markdown]")) equip(field);
