/* The maps of the page by their keys, and what is selected and lit on each: {selected, lit, go}. Both come and go on
   their own, so a map that is drawn later finds its spot here. */

const maps = (window.wtnetMaps ??= {});
const spots = (window.wtnetSpots ??= {});

export const mapAt = (key) => maps[key];

/** The map of a key within `root`; `create` makes it where it is not there yet, or was in another root. */
export function mapIn(root, key, create) {
  if (maps[key]?.root !== root) {
    maps[key]?.gone();
    maps[key] = create();
  }
  return maps[key];
}

export function removeMap(root, key) {
  if (maps[key]?.root !== root) return;
  maps[key].gone();
  delete maps[key];
}

export const spotOf = (key) => spots[key] ?? { selected: null, lit: null };

/** Show what is selected and lit on several maps at once: {key of the map: spot}. */
export function showSpots({ data }) {
  for (const [key, spot] of Object.entries(data.spots)) {
    spots[key] = spot;
    maps[key]?.spot(spot);
  }
}

/** A piece whose message brings the spots of the maps beside it: shown first, and the piece knows nothing of maps. */
export const withSpots = (show) => (component) => {
  showSpots(component);
  return show(component);
};
