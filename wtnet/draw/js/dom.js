/* Elements made from data: every word is set as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

export const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node[name] = value;
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/**
 * @param {string} tag
 * @param {Object} attributes by name; a function is a handler (`onclick`), null or undefined is left out
 * @param {...(Node|string|number|null|undefined)} children null and undefined are left out
 */
export const element = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const svg = (tag, attributes = {}, ...children) =>
  filled(document.createElementNS(SVG, tag), attributes, children);

/** A polygon of `points` in a square of side 2 around 0,0; without points a circle. */
export const shape = (points, attributes = {}) =>
  points.length
    ? svg("polygon", { points: points.map((point) => point.join(",")).join(" "), ...attributes })
    : svg("circle", { r: 1, ...attributes });

/** A small picture of a shape, for legends. */
export const swatch = (points, colour, name = null) =>
  svg("svg", { viewBox: "-1.3 -1.3 2.6 2.6", class: name, "aria-hidden": "true" }, shape(points, { fill: colour }));

/** A short thick line in a colour, for legends of ties. */
export const lineSwatch = (colour) =>
  svg(
    "svg",
    { viewBox: "0 0 22 10", class: "stroke", "aria-hidden": "true" },
    svg("line", { x1: 1, x2: 21, y1: 5, y2: 5, stroke: colour, "stroke-width": 4 }),
  );

/** Text with an ellipsis where it is longer than `most` characters. */
export const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text);
