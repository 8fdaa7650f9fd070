/* How a map looks, on light and on dark. */

/** The page's own background around an element, as Streamlit gives it. */
export const groundOf = (node) => getComputedStyle(node).getPropertyValue("--st-background-color").trim() || "#ffffff";

/** Call `draw` when the page goes to paper, which is white whatever the theme, and when it comes back; gives what
 * ends that. */
export function onPaper(draw) {
  const paper = matchMedia("print");
  paper.addEventListener("change", draw);
  return () => paper.removeEventListener("change", draw);
}

/** Whether a colour, "#rrggbb" or "rgb(r, g, b)", is a dark one. */
export function isDark(colour) {
  const parts = colour.startsWith("#")
    ? [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/\d+/g) ?? [255, 255, 255]).map(Number);
  return parts[0] + parts[1] + parts[2] < 380;
}

/** How clear a tie is drawn among others; a middling one stands for those of unknown strength. */
export const tieOpacity = (level, unknown) => 0.34 + 0.12 * (level ?? unknown);

/** The dashes of a tie by what its strength rests on (see `BASES` in wtnet/draw/style.py); null for none. */
export const TIE_DASHES = [null, [5, 5], [9, 4, 1.5, 4], [5, 5]];

/** What that is, in words. */
export const RESTS_ON = ["rated by both sides", "rated by one side only", "documented only", "strength withheld"];
const DOCUMENTED = 2;

/** The dashes as SVG has them. */
export const dashArray = (basis) => TIE_DASHES[basis]?.join(" ") ?? "none";

/** At which ends a tie has an arrow, [at its target, at its source], by its way (see `WAYS` in wtnet/draw/style.py). */
export const HEADS = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
  [true, false],
  [false, true],
];
export const ARROW_KEY = "arrow: which way it goes";
const BY_ANSWERS = 4;

/** Whether it is the answers of both sides that say which way a tie goes: one alone says that they work together. */
export const isSaidByOne = (way) => way >= BY_ANSWERS;

/** The arrow heads of a tie as triangles, the tip first; `gaps`: how far the tips stand from both points. */
export function arrowHeads(way, start, stop, gaps, size) {
  const [across, down] = [stop[0] - start[0], stop[1] - start[1]];
  const length = Math.hypot(across, down);
  if (!way || length <= gaps[0] + gaps[1]) return [];
  const [x, y] = [across / length, down / length];
  const head = ([atX, atY], turn, gap) => {
    const [tipX, tipY] = [atX - turn * x * gap, atY - turn * y * gap];
    const [footX, footY] = [tipX - turn * x * size, tipY - turn * y * size];
    const half = size * 0.42;
    return [
      [tipX, tipY],
      [footX - y * half, footY + x * half],
      [footX + y * half, footY - x * half],
    ];
  };
  const [to, from] = HEADS[way];
  return [...(to ? [head(stop, 1, gaps[1])] : []), ...(from ? [head(start, -1, gaps[0])] : [])];
}

/** The arrows of a tie as vis-network draws them. */
export function visArrows(way) {
  const [to, from] = HEADS[way ?? 0];
  const head = (enabled) => ({ enabled, type: "arrow", scaleFactor: 0.55 });
  return { to: head(to), from: head(from) };
}

/** What the dashes of some ties stand for: "dashed: rated by one side only". */
export const dashKeys = (ties) =>
  [...new Set(ties.map((tie) => tie.basis))]
    .filter((basis) => TIE_DASHES[basis])
    .sort()
    .map((basis) => `${basis === DOCUMENTED ? "dash and dot" : "dashed"}: ${RESTS_ON[basis]}`);

/** How far a picture is pulled upwards to fill a pane that is taller than it: from 1, not at all, to `most`. */
export const stretch = (picture, pane, most) =>
  Math.max(1, Math.min(most, pane.height / pane.width / (picture.height / picture.width)));

/** The outline of a partner's shape on a canvas: a polygon of `points`, or a circle. */
export function trace(ctx, points, x, y, r) {
  ctx.beginPath();
  addShape(ctx, points, x, y, r);
}

/** The same, added to an outline begun before. */
export function addShape(ctx, points, x, y, r) {
  if (!points.length) {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  points.forEach(([px, py], at) => (at ? ctx.lineTo(x + px * r, y + py * r) : ctx.moveTo(x + px * r, y + py * r)));
  ctx.closePath();
}
