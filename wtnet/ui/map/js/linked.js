/* Two maps of the same partners beside each other: the same places, looked at from the same spot. Moving one moves
   the other; what is selected on one is selected on both. `data.frame` is the box of everybody on either side,
   `data.twin` the key of the other map. Works for the live map and the wide map alike. */

import { WideMap } from "./canvas.js";
import { LiveMap, showMap } from "./map.js";
import { mapAt } from "./spots.js";
import { showWide } from "./wide.js";

const ROOM = 24; // the box is drawn so much wider on every side

const linked = (Base) =>
  class extends Base {
    get twin() {
      return mapAt(this.data?.twin);
    }

    /* the same box fits both */
    get framed() {
      const [[left, right], [top, bottom]] = this.data.frame;
      return [left, right].flatMap((x) => [top, bottom].map((y) => ({ x, y, radius: ROOM })));
    }

    fit(moving = true, again = false) {
      super.fit(false, again);
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

    /* the other map looks where this one does */
    follow() {
      const { twin } = this;
      if (!twin?.network) return;
      const middle = { x: this.canvas.clientWidth / 2, y: this.canvas.clientHeight / 2 };
      const position = this.network.DOMtoCanvas(middle);
      twin.touched = this.touched;
      twin.network.moveTo({ position, scale: this.network.getScale(), animation: false });
    }

    spot(spot, passing = true) {
      super.spot(spot);
      if (passing) this.twin?.spot(spot, false);
    }
  };

const LinkedMap = linked(LiveMap);
const LinkedWideMap = linked(WideMap);

export const showTwin = (component) =>
  component.data.packed ? showWide(component, LinkedWideMap) : showMap(component, LinkedMap);
