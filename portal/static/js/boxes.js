// Dragging over a picture writes one more box into its text field, in thousandths of its
// sides. Without this file the numbers are typed.
for (const board of document.querySelectorAll("[data-boxes]")) {
  const field = document.getElementById(board.dataset.boxes);
  const image = board.querySelector("img");
  let start = null;
  const place = event => {
    const frame = image.getBoundingClientRect();
    const share = (value, whole) => Math.min(1000, Math.max(0, Math.round((value / whole) * 1000)));
    return [share(event.clientX - frame.left, frame.width), share(event.clientY - frame.top, frame.height)];
  };
  image.addEventListener("pointerdown", event => {
    start = place(event);
    image.setPointerCapture(event.pointerId);
  });
  image.addEventListener("pointerup", event => {
    if (!start) return;
    const end = place(event);
    const corner = [0, 1].map(axis => Math.min(start[axis], end[axis]));
    const size = [0, 1].map(axis => Math.abs(start[axis] - end[axis]));
    start = null;
    if (size.every(side => side > 4))
      field.value = [field.value.trim(), [...corner, ...size].join(" ")].filter(Boolean).join("\n");
  });
}
