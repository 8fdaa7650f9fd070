/* What of the wide map is at a point: by the places on its canvas, since a canvas knows nothing of what is drawn. */

/** The id of the partner at a point of the canvas, the nearest of several; undefined where there is none. */
export function partnerAt(map, { x, y }) {
  let nearest;
  let least = Infinity;
  map.data.nodes.forEach((partner, i) => {
    const distance = Math.hypot(map.sx[i] - x, map.sy[i] - y) - (map.bright?.[i] ? 4 : 0);
    if (distance < least && distance < Math.max(7, map.radius(partner) + 3)) [nearest, least] = [partner.id, distance];
  });
  return nearest;
}

/** The id of the nearest of `ties` (their places in the list) within 5 pixels of a point; undefined where none is. */
export function tieAt(map, { x, y }, ties) {
  let nearest;
  let least = 5;
  for (const i of ties) {
    const [ax, ay] = [map.sx[map.from[i]], map.sy[map.from[i]]];
    const [bx, by] = [map.sx[map.to[i]] - ax, map.sy[map.to[i]] - ay];
    const share = Math.max(0, Math.min(1, ((x - ax) * bx + (y - ay) * by) / (bx * bx + by * by || 1)));
    const distance = Math.hypot(x - ax - share * bx, y - ay - share * by);
    if (distance < least) [nearest, least] = [map.list[i].id, distance];
  }
  return nearest;
}
