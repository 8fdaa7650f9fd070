/* A way through a long page on a phone: its headings and what can be opened, as a list that leads to each. Built
   from the page itself whenever it is opened, so that it always says what is there. */

const PARTS = "h2, h3, [data-testid='stExpander'] summary";
const LEAST = 3; // so many parts, and so many screens, make a page long

export default function ({ parentElement }) {
  const list = parentElement.querySelector("details");
  const places = list.querySelector("ul");
  const main = document.querySelector("[data-testid='stMain']");
  const parts = () =>
    [...main.querySelectorAll(PARTS)].filter((part) => part.offsetParent && !part.closest(".st-key-sentence"));

  const go = (part) => {
    list.open = false;
    if (part.tagName !== "SUMMARY") part.tabIndex = -1;
    part.focus({ preventScroll: true });
    part.scrollIntoView({ block: "start" });
  };
  list.ontoggle = () => {
    if (!list.open) return;
    const rows = parts().map((part) => {
      const row = document.createElement("li");
      const button = document.createElement("button");
      button.textContent = (part.querySelector("p") ?? part).textContent;
      button.onclick = () => go(part);
      row.append(button);
      return row;
    });
    places.replaceChildren(...rows);
  };
  const judge = () => (list.hidden = parts().length < LEAST || main.scrollHeight < LEAST * window.innerHeight);
  const watch = new ResizeObserver(judge);
  watch.observe(main.firstElementChild ?? main);
  judge();
  return () => watch.disconnect();
}
