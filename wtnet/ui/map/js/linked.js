/* Two maps of the same partners beside each other: the same places, looked at from the same spot. Moving one moves the other;
   what is selected on one is selected on both. `data.frame` is the box of everybody on either side, `data.twin` the key of the
   other map. Works for the live map and the wide map alike. */

const twinned = (Base) =>
  class extends Base {
    get twin() {
      return window.wtnetMaps?.[this.data?.twin];
    }

    /* the same box fits both */
    corners([[left, right], [top, bottom]]) {
      return [
        [left, top],
        [right, bottom],
        [left, bottom],
        [right, top],
      ].map(([x, y]) => ["", "", 0, x, y, 24]);
    }

    fit(moving = true, again = false) {
      const own = this.data;
      this.data = { ...own, nodes: this.corners(own.frame) };
      super.fit(false, again);
      this.data = own;
      if (moving) this.follow();
    }

    zoom(by) {
      this.touched = true;
      this.network.moveTo({ scale: this.network.getScale() * by, animation: false });
      this.follow();
    }

    mount(options) {
      super.mount(options);
      for (const name of ["zoom", "dragging", "dragEnd"]) this.network.on?.(name, () => this.follow());
    }

    follow() {
      const { twin } = this;
      if (!twin?.network) return;
      const position = this.network.DOMtoCanvas({ x: this.canvas.clientWidth / 2, y: this.canvas.clientHeight / 2 });
      twin.touched = this.touched;
      twin.network.moveTo({ position, scale: this.network.getScale(), animation: false });
    }

    spot(told, passing = true) {
      super.spot(told);
      if (passing) this.twin?.spot(told, false);
    }
  };

const TwinMap = twinned(LiveMap),
  WideTwin = twinned(WideMap);

function showTwin(told) {
  const root = dressed(told.parentElement, "map"),
    { key, packed } = told.data,
    Kind = packed ? WideTwin : TwinMap;
  window.wtnetMaps ??= {};
  let stop,
    left = false;
  const begin = () => {
    if (left) return;
    if (!packed && !window.vis?.Network) return void setTimeout(begin, 30);
    const held = window.wtnetMaps[key];
    if (held?.root !== root) {
      held?.gone();
      window.wtnetMaps[key] = new Kind(root, window.vis);
    }
    stop = (packed ? showWide : showMap)(told);
  };
  begin();
  return () => {
    left = true;
    stop?.();
  };
}
