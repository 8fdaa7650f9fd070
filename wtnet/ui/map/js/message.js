/** The map's message as named fields. Python sends rows, since they travel over the network: see `message` in
   wtnet/draw/map/live.py and `pack` in wtnet/draw/map/large.py.

   @typedef {[id: string, name: string, kind: number, x: number, y: number, radius: number, category: ?number,
     members: ?number]} NodeRow `members`: how many partners a folded group has
   @typedef {[source: number, target: number, width: number, level: ?number, basis: number, way: ?number,
     tint: ?number]} EdgeRow both ends by their place among the nodes; `level`: class of strength from 0 to 4, null
     where it is unknown; `basis`: 0 both sides, 1 one side, 2 nobody rated it, 3 strength withheld; `way`: its place
     in WAYS of wtnet/draw/style.py; `tint`: its place among the categories of ties
   @typedef {[label: string, light: string, dark: string]} TintRow
   @typedef {[label: string, points: number[][], count: number]} KindRow
   @typedef {[id: string, label: string, light: string, dark: string, count: number, on: 0|1]} CategoryRow
   @typedef {[label: string, light: string, dark: string, nodes: number[]]} HullRow
   @typedef {[wave: string, edges: EdgeRow[]]} SceneRow
   @typedef {[wave: string, fresh: number[], ended: number[][]]} SinceRow new ties by their place among the edges,
     ended ones by the places of their partners
   @typedef {[source: number, target: number, times: number]} MetRow who met at an activity
   @typedef {{id: string, name: string, kind: Object, x: number, y: number, radius: number, category: ?Object,
     members: ?number}} Partner */

const kindOf = ([label, points, count]) => ({ label, points, count });
const categoryOf = ([id, label, light, dark, count, on]) => ({ id, label, light, dark, count, on: Boolean(on) });

/** The message with `nodes`, `kinds` and `cats` as objects, each node holding its kind and category. */
export function readMessage(message) {
  const kinds = message.kinds.map(kindOf);
  const cats = message.cats.map(categoryOf);
  const nodes = message.nodes.map(([id, name, kind, x, y, radius, category, members]) => ({
    id,
    name,
    kind: kinds[kind],
    x,
    y,
    radius,
    category: cats[category] ?? null,
    members,
  }));
  return { ...message, kinds, cats, nodes };
}

/** A packed message with its rows. */
export async function unpacked(data) {
  const bytes = Uint8Array.from(atob(data.packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const raw = await new Response(stream).arrayBuffer();
  const [nodeCount, edgeCount] = data.count;
  const [[left, right], [top, bottom]] = data.box;
  let offset = 0;
  const take = (Type, count) => {
    const numbers = new Type(raw, offset, count);
    offset += count * Type.BYTES_PER_ELEMENT;
    return numbers;
  };
  const source = take(Uint32Array, edgeCount);
  const target = take(Uint32Array, edgeCount);
  const xs = take(Uint16Array, nodeCount);
  const ys = take(Uint16Array, nodeCount);
  const cats = take(Uint16Array, nodeCount);
  const radius = take(Uint8Array, nodeCount);
  const kind = take(Uint8Array, nodeCount);
  const width = take(Uint8Array, edgeCount);
  const tie = take(Uint8Array, edgeCount); // class of strength in three bits (7: unknown), basis in two, then its way
  const tint = take(Uint8Array, edgeCount);
  const lines = new TextDecoder().decode(new Uint8Array(raw, offset)).split("\n"); // ids, then names
  const between = (low, high, share) => low + (share / 65535) * (high - low);
  const nodes = Array.from(xs, (x, i) => [
    lines[i],
    lines[nodeCount + i],
    kind[i],
    between(left, right, x),
    between(top, bottom, ys[i]),
    radius[i] / 10,
    cats[i] === 65535 ? null : cats[i],
    null,
  ]);
  const edges = Array.from(source, (from, i) => [
    from,
    target[i],
    width[i] / 10,
    (tie[i] & 7) === 7 ? null : tie[i] & 7,
    (tie[i] >> 3) & 3,
    tie[i] >> 5,
    tint[i] === 255 ? null : tint[i],
  ]);
  return { ...data, packed: null, nodes, edges };
}
