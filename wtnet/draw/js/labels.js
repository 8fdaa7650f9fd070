/* Where names stand on a map: below, right, left or above their partner, and never over another name. Boxes are
   [left, top, right, bottom]. */

const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

const around = (x, y, r) => [x - r, y - r, x + r, y + r];

/* the four places of a name beside its partner, the best first */
function sides([x, y, r], width, height, gap) {
  return [
    [x - width / 2, y + r + gap],
    [x + r + gap, y - height / 2],
    [x - r - gap - width, y - height / 2],
    [x - width / 2, y - r - gap - height],
  ].map(([left, top]) => [left, top, left + width, top + height]);
}

export class NamePlaces {
  /**
   * @param {number[]} bounds the box that names stay within
   * @param {Map<*, number[]>} partners [x, y, radius] of the partners a name should not cover
   */
  constructor(bounds, partners = new Map()) {
    this.bounds = bounds;
    this.partners = Array.from(partners, ([id, spot]) => ({ id, box: around(...spot) }));
    this.taken = [];
  }

  /** Keep a partner free of all names but its own. */
  keepFree(id) {
    for (const partner of this.partners) if (partner.id === id) this.taken.push(partner);
  }

  inside([left, top, right, bottom]) {
    const [from, up, to, down] = this.bounds;
    return left >= from && top >= up && right <= to && bottom <= down;
  }

  covered(box, own) {
    return this.partners.reduce((sum, { id, box: partner }) => sum + (id !== own && meets(box, partner)), 0);
  }

  /** Take a box for a name that stands by itself, if it is free of names and partners; whether it is. */
  take(box) {
    const free = this.inside(box) && !this.covered(box) && !this.taken.some((other) => meets(box, other.box));
    if (free) this.taken.push({ box });
    return free;
  }

  /**
   * The box of a name, or null where there is no room for it.
   * @param {*} id whose name it is
   * @param {number[]} spot [x, y, radius] of its partner
   * @param {{width: number, height: number, gap: number, most?: number, forced?: boolean, pad?: number}} name
   *   `most` partners at most may be covered; `forced`: below its partner where no place is free; `pad`: room kept
   *   free on either side
   */
  place(id, spot, { width, height, gap, most = 0, forced = false, pad = 0 }) {
    const places = sides(spot, width, height, gap);
    let best = null;
    let least = Infinity;
    for (const box of places) {
      if (!this.inside(box) || this.taken.some((other) => other.id !== id && meets(box, other.box))) continue;
      const covered = this.covered(box, id);
      if (covered < least) [best, least] = [box, covered];
      if (!covered) break;
    }
    if (least > most) best = null;
    if (!best && forced) best = places[0];
    if (best) this.taken.push({ box: [best[0] - pad, best[1], best[2] + pad, best[3]] });
    return best;
  }
}

/** Text on a canvas with a rim in the colour of the ground, so that it stays legible over lines. */
export function rimmed(ctx, text, x, y, { ink, ground, rim }) {
  ctx.lineJoin = "round";
  ctx.lineWidth = rim;
  ctx.strokeStyle = ground;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
}
