/* The live pieces of a page. Their code, HTML and CSS are sent once per session as one script, put together from
   these modules (wtnet/ui/map/component.py); a piece on the page is a stub that calls `window.wtnet[piece]`, so that
   a changed message carries data alone. */

/* global STYLES, MARKUP -- by piece, put before the modules by component.py */

const sheets = {};

/** Put the piece's own HTML and style into its shadow root, once. */
export function dressed(root, piece) {
  if (!root.querySelector(`[data-piece="${piece}"]`)) {
    if (!sheets[piece]) (sheets[piece] = new CSSStyleSheet()).replaceSync(STYLES[piece]);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheets[piece]];
    const frame = document.createElement("div");
    frame.dataset.piece = piece;
    frame.innerHTML = MARKUP[piece]; // eslint-disable-line no-restricted-properties -- a file of ours
    root.append(frame);
  }
  return root;
}
