// Dragging over a picture writes one more box into its text field, in thousandths of its
// sides, and every box of the field is drawn on the picture. Without this file the numbers are
// typed, and what they cover is seen once they are saved.
const SMALLEST = 5;

function cornersOf(start, end) {
  const corner = [0, 1].map((axis) => Math.min(start[axis], end[axis]));
  const size = [0, 1].map((axis) => Math.abs(start[axis] - end[axis]));
  return [...corner, ...size];
}

function drawn(box, className) {
  const frame = document.createElement("span");
  frame.className = className;
  const [left, top, width, height] = box.map((thousandths) => `${thousandths / 10}%`);
  Object.assign(frame.style, { left, top, width, height });
  return frame;
}

for (const board of document.querySelectorAll("[data-boxes]")) {
  const field = document.getElementById(board.dataset.boxes);
  const image = board.querySelector("img");
  let start = null;

  const place = (event) => {
    const frame = image.getBoundingClientRect();
    const share = (value, whole) => Math.min(1000, Math.max(0, Math.round((value / whole) * 1000)));
    return [share(event.clientX - frame.left, frame.width), share(event.clientY - frame.top, frame.height)];
  };

  const show = (drawing = null) => {
    for (const old of board.querySelectorAll("span")) old.remove();
    for (const line of field.value.split("\n")) {
      const box = line.trim().split(/\s+/).map(Number);
      if (box.length === 4 && box.every((number) => number >= 0)) board.append(drawn(box, "box"));
    }
    if (drawing) board.append(drawn(drawing, "box box-drawing"));
  };

  image.addEventListener("pointerdown", (event) => {
    start = place(event);
    image.setPointerCapture(event.pointerId);
  });
  image.addEventListener("pointermove", (event) => {
    if (start) show(cornersOf(start, place(event)));
  });
  image.addEventListener("pointercancel", () => {
    start = null;
    show();
  });
  image.addEventListener("pointerup", (event) => {
    if (!start) return;
    const box = cornersOf(start, place(event));
    start = null;
    if (box.slice(2).every((side) => side >= SMALLEST))
      field.value = [field.value.trim(), box.join(" ")].filter(Boolean).join("\n");
    show();
  });
  field.addEventListener("input", () => show());
  show();
}
