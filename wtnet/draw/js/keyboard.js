/* Walking a map by the arrow keys. */

export const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/**
 * Whoever is nearest in a direction, where a step aside counts twice; null if nobody lies that way.
 * @param {Iterable} ids
 * @param {function(*): {x: number, y: number}} spot where each stands
 * @param {{x: number, y: number}} here
 */
export function nearest(ids, spot, here, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const id of ids) {
    const { x, y } = spot(id);
    const ahead = (x - here.x) * dx + (y - here.y) * dy;
    const aside = Math.abs((x - here.x) * dy - (y - here.y) * dx);
    if (ahead > 0 && ahead + 2 * aside < least) [best, least] = [id, ahead + 2 * aside];
  }
  return best;
}
