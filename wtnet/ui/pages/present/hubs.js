/* Names of hubs in a column beside a map on which no single partner stands out, each with a line to its mark. */

import { cut, svg } from "../../../draw/js/dom.js";

export const LED = 8; // so many are led to their partner at most

/** How many names have room one under another, in two lines each. */
export const roomFor = (height, pixels) => Math.max(1, Math.min(LED, Math.floor(height / (2.5 * pixels))));

/* a name in one line, or two of so many letters */
function inLines(name, letters) {
  if (name.length <= letters) return [name];
  const words = name.split(" ");
  const first = [];
  while (words.length > 1 && [...first, words[0]].join(" ").length <= letters) first.push(words.shift());
  return [first.join(" "), cut(words.join(" "), letters)].filter(Boolean);
}

/** Lines, then names, from above to below: `hubs` are name and spot (x, y, radius); all lengths in pixels. */
export function hubNames(hubs, { left, room, height, pixels }) {
  const letters = Math.floor(room / (0.48 * pixels));
  const order = hubs.toSorted(([, a], [, b]) => a[1] - b[1]);
  const [leaders, names] = [[], []];
  for (const [at, [name, [x, y, r]]] of order.entries()) {
    const middle = (height * (at + 0.5)) / order.length;
    const [x2, y2] = [left - pixels / 4, middle];
    const length = Math.hypot(x2 - x, y2 - y) || 1;
    const [x1, y1] = [x + ((x2 - x) * r) / length, y + ((y2 - y) * r) / length];
    leaders.push(svg("line", { class: "leader", x1, y1, x2, y2 }));
    const lines = inLines(name, letters);
    const top = middle + pixels * (0.35 - 0.58 * (lines.length - 1));
    for (const [row, words] of lines.entries())
      names.push(svg("text", { x: left, y: (top + 1.16 * pixels * row).toFixed(1) }, words));
  }
  return [...leaders, ...names];
}
