/* What of the live map is in view: all of it in its pane, nearer and further; and where a partner is on the page. */

import { calm } from "../../../draw/js/dom.js";
import { stretch } from "../../../draw/js/style.js";
import { MapInteraction } from "./interaction.js";

export class MapView extends MapInteraction {
  /* by `field`, the box of the whole programme, so that it is the same whatever is filtered when the map is first
     drawn */
  liftOf(field) {
    const [width, height] = field.map(([low, high]) => Math.max(1, high - low));
    const pane = { width: Math.max(1, this.canvas.clientWidth - 120), height: this.canvas.clientHeight - 60 };
    return stretch({ width, height }, pane, 1.6);
  }

  /* a pane that changes its size shows the whole map again, until somebody has moved it */
  settle() {
    this.fit(false);
    const measured = () => (this.pane = [this.canvas.clientWidth, this.canvas.clientHeight]);
    measured();
    this.resized = new ResizeObserver(() => {
      measured();
      this.network.redraw();
      if (!this.touched) this.fit(false, true);
    });
    this.resized.observe(this.canvas);
    this.frame.dataset.drawn = "true";
  }

  /* what the whole map in view shows: {x, y, radius} */
  get framed() {
    return this.data.nodes;
  }

  boxOf(framed) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const { x, y, radius } of framed) {
      const up = y * this.lift;
      box[0] = Math.min(box[0], x - radius);
      box[1] = Math.min(box[1], up - radius);
      box[2] = Math.max(box[2], x + radius);
      box[3] = Math.max(box[3], up + radius);
    }
    return box;
  }

  /* the whole map in view; a pane that changes its size keeps looking at what it looked at */
  fit(moving = true, again = false) {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const { framed } = this;
    if (!framed.length || width < 140) return;
    if (!again || !this.box) this.box = this.boxOf(framed);
    const [left, top, right, bottom] = this.box;
    const room = Math.min(64, width * 0.09); // left and right, for names
    const foot = width < 520 ? 40 : 0; // on a phone the buttons would lie over the lowest partners
    const across = (width - 2 * room) / Math.max(1, right - left);
    const down = (height - 64 - foot) / Math.max(1, bottom - top);
    const scale = Math.min(across, down, 2.2);
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 + foot / 2 / scale };
    this.network.moveTo({ position, scale, animation: moving && !calm() ? { duration: 300 } : false });
    this.touched = false;
  }

  zoom(by) {
    this.touched = true;
    this.network.moveTo({ scale: this.network.getScale() * by, animation: calm() ? false : { duration: 200 } });
  }

  /* the sheet has another size and ground: what was in view stays in view, and is as it was when the screen is back */
  toPaper(paper) {
    if (!this.network || !(paper || this.onScreen)) return;
    const { clientWidth, clientHeight } = this.canvas;
    const [width, height] = this.pane;
    const middle = () => this.network.DOMtoCanvas({ x: width / 2, y: height / 2 });
    this.onScreen ??= { position: middle(), scale: this.network.getScale() };
    this.network.redraw();
    this.theme();
    const { position, scale } = this.onScreen;
    const grown = paper ? Math.min(clientWidth / width, clientHeight / height) : 1;
    if (paper && !this.touched) this.fit(false, true);
    else this.network.moveTo({ position, scale: scale * grown, animation: false });
    if (!paper) this.onScreen = null;
    this.network.redraw();
  }

  /* where a partner is on the page */
  where(id) {
    const { x, y } = this.network.canvasToDOM(this.network.getPosition(id));
    const box = this.canvas.getBoundingClientRect();
    return { x: box.left + x, y: box.top + y };
  }
}
