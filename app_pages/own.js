// What our own components share. Texts are set as texts, so that nothing in a document is ever
// read as HTML.
const MOST = 20; // clicks that are told of

const made = (name, text, parent) => {
  const element = parent.appendChild(document.createElement(name));
  element.textContent = text;
  return element;
};

// Tell of clicks on whatever has a word to pick it by. What is told while an earlier click waits
// takes its place: so every message tells of the last clicks, each with its time.
const tell = (box, user, setTriggerValue) => {
  if (box.user !== user) Object.assign(box, { user, clicks: [] });
  box.onclick = (event) => {
    const place = event.target.closest?.("[data-pick]");
    if (!place) return;
    if (place.href && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    const { clicks } = box;
    const time = Math.max(performance.now(), (clicks.at(-1)?.[0] ?? 0) + 1);
    clicks.push([time, place.dataset.pick]);
    setTriggerValue("picked", clicks.slice(-MOST));
  };
};

// A component that fills its box where there is something else to show than before: else what has
// the focus, what is open, and the order of rows stay.
const component = (fill) => ({ data: { shown, user }, parentElement, setTriggerValue }) => {
  const box = parentElement.querySelector(".own");
  tell(box, user, setTriggerValue);
  if (box.shown === shown) return;
  box.shown = shown;
  box.replaceChildren();
  fill(JSON.parse(shown), box);
};
