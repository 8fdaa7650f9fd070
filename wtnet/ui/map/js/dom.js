/* What the live pieces share. This file, map.js, panel.js and their HTML and CSS are sent once per session as one script;
   a piece on the page is a stub that calls `window.wtnet[piece]`, so that a changed message carries data alone. */

const NS = "http://www.w3.org/2000/svg";
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const sheets = {};

/* the piece's own HTML and style, put into its shadow root once */
function dressed(root, piece) {
  if (!root.querySelector(`[data-piece="${piece}"]`)) {
    if (!sheets[piece]) (sheets[piece] = new CSSStyleSheet()).replaceSync(STYLES[piece]);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheets[piece]];
    const frame = document.createElement("div");
    frame.dataset.piece = piece;
    frame.innerHTML = MARKUP[piece]; // ours, without any data
    root.append(frame);
  }
  return root;
}
