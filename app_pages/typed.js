// An editor sends what was written in a cell a moment after the cell is left. A click on a link or
// a button in that moment would come first, and what was written would be lost: it waits as long.
(() => {
  if (window.duibiaoTyped) return;
  window.duibiaoTyped = true;

  const MOMENT = 250; // milliseconds; Streamlit's editor waits 150
  const CELL = "#portal textarea, #portal input, #portal [contenteditable]";
  const EDITOR = "#portal, [data-testid=stDataFrame]";
  let left = -Infinity;

  const note = () => {
    if (document.querySelector(CELL)) left = performance.now();
  };
  document.addEventListener("pointerdown", note, true);
  document.addEventListener("keydown", note, true);
  document.addEventListener("click", event => {
    const wait = left + MOMENT - performance.now();
    const target = event.target instanceof Element && event.target.closest("a, button, label");
    if (wait <= 0 || !target || target.closest(EDITOR)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    setTimeout(() => {
      left = -Infinity;
      target.click();
    }, wait);
  }, true);
})();
