/* Selecting on the live map: what a click chooses, and what shines for it. */

import { calm } from "../../../draw/js/dom.js";
import { MapDrawing } from "./drawing.js";

export class MapSelection extends MapDrawing {
  clicked({ pointer, event }) {
    const node = this.network.getNodeAt(pointer.DOM);
    const edge = node === undefined ? this.network.getEdgeAt(pointer.DOM) : undefined;
    const { shiftKey, ctrlKey, metaKey } = event?.srcEvent ?? {};
    this.network.unselectAll();
    this.choose(node, edge, shiftKey || ctrlKey || metaKey);
  }

  /* `more`: another partner is selected beside those that are, or taken out of them */
  choose(node, edge, more) {
    if (node !== undefined && this.about.get(node)?.members) return this.pick({ kind: "open", id: node });
    if (node !== undefined && more) {
      const { selected } = this.spotted;
      const before = ["partner", "partners"].includes(selected?.kind) ? this.ends(selected) : [];
      const ids = before.includes(node) ? before.filter((id) => id !== node) : [...before, node];
      if (ids.length > 1) return this.select({ kind: "partners", ids });
      node = ids[0];
    }
    const tie = edge !== undefined ? (this.ties.get(edge) ?? this.endedTies.get(edge)) : null;
    if (node !== undefined) this.select({ kind: "partner", id: node });
    else if (tie && this.names.has(tie.from)) this.select({ kind: "tie", id: tie.from, other: tie.to });
    else if (this.spotted.selected || this.spotted.lit) this.select({ kind: "none" });
  }

  /* shown at once; Python tells the rest of the page */
  select(choice) {
    this.spot({ selected: choice.kind === "none" ? null : choice, lit: null });
    this.pick(choice);
  }

  ends(selected) {
    return selected ? [selected.id, selected.other, ...(selected.ids ?? [])].filter(Boolean) : [];
  }

  /* selected: {kind, id, other, ids} or null; lit: ids to light, or null for the neighbours of what is selected; go:
     the id, or ids, to bring to the middle */
  spot({ selected, lit, go }) {
    this.spotted = { selected, lit };
    const ends = this.ends(selected);
    const on = lit ? new Set(lit) : ends.length ? new Set(ends) : null;
    if (!lit && (selected?.kind === "partner" || selected?.kind === "partners"))
      for (const { from, to } of this.ties.values())
        if (ends.includes(from) || ends.includes(to)) for (const end of [from, to]) on.add(end);
    this.on = on && [...on].some((id) => this.names.has(id)) ? on : null;
    this.frame.dataset.selected = selected ? [selected.kind, ...ends].join(":") : "";
    this.frame.dataset.lit = this.on ? this.on.size : "";
    this.paint();
    this.toTheMiddle([go ?? []].flat().filter((id) => this.names.has(id)));
    this.network?.redraw();
  }

  /* the point between these partners comes to the middle */
  toTheMiddle(ids) {
    if (!ids.length) return;
    const places = ids.map((id) => this.network.getPosition(id));
    const mean = (axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
    const animation = calm() ? false : { duration: 300 };
    this.network.moveTo({ position: { x: mean("x"), y: mean("y") }, animation });
  }

  lights({ from, to }) {
    const { selected, lit } = this.spotted;
    if (!this.on) return true;
    if (lit) return this.on.has(from) && this.on.has(to);
    const ends = this.ends(selected);
    if (selected?.kind === "tie") return ends.includes(from) && ends.includes(to);
    return ends.includes(from) || ends.includes(to);
  }
}
