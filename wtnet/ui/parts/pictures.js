/* Small pictures drawn in Python as SVG (wtnet/draw), with every word from the data escaped there. Streamlit's own HTML
   element leaves SVG out, so they come as a piece of their own. */

function showPictures({ data, parentElement }) {
  dressed(parentElement, "pictures").querySelector(".pictures").innerHTML = data.drawn.join("");
}
