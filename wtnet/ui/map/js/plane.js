/* A canvas that can be moved and zoomed: it stands where vis-network stands in the live map. */

const CLOSEST = 4;
const FURTHEST = 0.004;
const SLOW = 24; // milliseconds: a picture that takes longer is not made again for each step of a movement

const within = (scale) => Math.max(FURTHEST, Math.min(CLOSEST, scale));

export class Plane {
  /* on screen = layout · k + (x, y) */
  constructor(holder, map) {
    this.map = map;
    this.holder = holder;
    this.canvas = document.createElement("canvas");
    this.still = document.createElement("canvas"); // the last picture in full, and where it was looked at from
    const style = { position: "absolute", inset: 0, width: "100%", height: "100%", touchAction: "pan-y" };
    Object.assign(this.canvas.style, style);
    holder.append(this.canvas);
    Object.assign(this, { k: 1, x: 0, y: 0, cost: 0, stale: true, fingers: new Map() });
    const on = (name, act) => this.canvas.addEventListener(name, act);
    on("pointerdown", (e) => this.down(e));
    on("pointermove", (e) => this.move(e));
    on("pointerup", (e) => this.up(e));
    on("pointercancel", (e) => this.fingers.delete(e.pointerId));
    on("wheel", (e) => {
      e.preventDefault();
      this.around(this.spot(e), Math.exp(-e.deltaY * (e.deltaMode ? 0.05 : 0.0016)));
    });
    on("dblclick", (e) => this.around(this.spot(e), 1.8));
  }

  /* -- what the live map asks of vis-network -------------------------------------------------------------------- */

  getScale() {
    return this.k;
  }

  canvasToDOM({ x, y }) {
    return { x: x * this.k + this.x, y: y * this.k + this.y };
  }

  DOMtoCanvas({ x, y }) {
    return { x: (x - this.x) / this.k, y: (y - this.y) / this.k };
  }

  getPosition(id) {
    const { x, y } = this.map.about.get(id);
    return { x, y: y * this.map.lift };
  }

  getPositions(ids = this.map.names.keys()) {
    return Object.fromEntries([...ids].map((id) => [id, this.getPosition(id)]));
  }

  getNodeAt(point) {
    return this.map.nodeAt(point);
  }

  getEdgeAt(point) {
    return this.map.tieAt(point);
  }

  unselectAll() {}

  setOptions() {}

  moveTo({ position, scale = this.k }) {
    const middle = { x: this.holder.clientWidth / 2, y: this.holder.clientHeight / 2 };
    const { x, y } = position ?? this.DOMtoCanvas(middle);
    this.k = within(scale);
    this.x = middle.x - x * this.k;
    this.y = middle.y - y * this.k;
    this.redraw();
  }

  redraw() {
    this.stale = true;
    this.ask();
  }

  destroy() {
    cancelAnimationFrame(this.asked);
    clearTimeout(this.later);
    this.canvas.remove();
  }

  /* -- hands ---------------------------------------------------------------------------------------------------- */

  spot(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  down(event) {
    this.canvas.style.touchAction = "none"; // once touched, fingers move the map and no longer the page
    this.canvas.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, this.spot(event));
    this.began = this.fingers.size === 1 ? this.spot(event) : null;
    this.holder.focus({ preventScroll: true });
  }

  move(event) {
    const now = this.spot(event);
    const was = this.fingers.get(event.pointerId);
    if (!was) return this.map.over(now);
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    const distance = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
    if (this.began && distance(now, this.began) > 4) this.began = null;
    this.fingers.set(event.pointerId, now);
    if (other) this.around(other, distance(now, other) / Math.max(1, distance(was, other)));
    else if (!this.began) this.shift(now.x - was.x, now.y - was.y);
  }

  up(event) {
    const click = this.began && this.fingers.size === 1;
    this.fingers.delete(event.pointerId);
    if (click) this.map.clicked({ pointer: { DOM: this.spot(event) }, event: { srcEvent: event } });
  }

  shift(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.moved();
  }

  around(point, by) {
    const k = within(this.k * by);
    const real = k / this.k;
    Object.assign(this, { x: point.x - (point.x - this.x) * real, y: point.y - (point.y - this.y) * real, k });
    this.moved();
  }

  /* a picture that takes long is made again when the hand rests, and now and then */
  moved() {
    this.map.touched = true;
    this.map.follow?.();
    if (this.cost < SLOW) return this.redraw();
    clearTimeout(this.later);
    this.later = setTimeout(() => this.redraw(), performance.now() - this.finished > 6 * this.cost ? 0 : 140);
    this.ask();
  }

  /* -- frames --------------------------------------------------------------------------------------------------- */

  ask() {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      this.frame();
    });
  }

  frame() {
    const { clientWidth: width, clientHeight: height } = this.holder;
    const density = Math.min(2, window.devicePixelRatio || 1);
    if (!width || !height) return;
    const [w, h] = [Math.round(width * density), Math.round(height * density)];
    for (const canvas of [this.canvas, this.still]) {
      if (canvas.width === w && canvas.height === h) continue;
      Object.assign(canvas, { width: w, height: h });
      this.stale = true;
    }
    if (this.stale) this.picture(width, height, density);
    const ctx = this.canvas.getContext("2d");
    const by = this.k / this.seen.k;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, w, h);
    ctx.setTransform(by, 0, 0, by, (this.x - this.seen.x * by) * density, (this.y - this.seen.y * by) * density);
    ctx.drawImage(this.still, 0, 0);
    ctx.setTransform(density, 0, 0, density, 0, 0);
    this.map.above(ctx);
  }

  picture(width, height, density) {
    const start = performance.now();
    const ctx = this.still.getContext("2d");
    ctx.setTransform(density, 0, 0, density, 0, 0);
    ctx.clearRect(0, 0, width, height);
    this.map.picture(ctx, width, height);
    this.seen = { k: this.k, x: this.x, y: this.y };
    this.stale = false;
    this.finished = performance.now();
    this.cost = this.finished - start;
    this.map.frame.dataset.cost = this.cost.toFixed(1);
  }
}
