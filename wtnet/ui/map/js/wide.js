/* The wide map on a page: shown once its message is unpacked, kept while that is the same, put away with the page. */

import { WideMap } from "./canvas.js";
import { latest } from "./map.js";
import { unpacked } from "./message.js";
import { dressed } from "./pieces.js";
import { mapAt, mapIn, removeMap, spotOf } from "./spots.js";

export function showWide({ data, parentElement, setTriggerValue }, Kind = WideMap) {
  const root = dressed(parentElement, "map");
  const pick = (choice) => setTriggerValue("pick", choice);
  const source = data.packed + JSON.stringify(data.cats);
  let left = false;
  latest.set(root, data);
  const draw = async () => {
    if (mapAt(data.key)?.root !== root || mapAt(data.key).source !== source) {
      const message = await unpacked(data);
      if (left || latest.get(root) !== data) return;
      const map = mapIn(root, data.key, () => new Kind(root));
      map.source = source;
      map.show(message, pick);
    }
    const map = mapAt(data.key);
    map.pick = pick;
    map.spot(spotOf(data.key));
  };
  draw();
  return () => {
    left = true;
    removeMap(root, data.key);
  };
}
