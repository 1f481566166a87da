// A table that is drawn at once; a cell is a text, or parts of one, each coloured or a button of
// its own.
const NUMBER = /^[\d,.]*%?$|^—$/;
const chinese = new Intl.Collator("zh-CN", { numeric: true });

const textOf = (cell) => (typeof cell === "string" ? cell : cell.map(([text]) => text).join(""));

const write = (place, cell) => {
  if (typeof cell === "string") {
    place.textContent = cell;
    return;
  }
  for (const [text, look, leads] of cell) {
    const part = made(leads ? "button" : "span", text, place);
    if (leads) part.dataset.pick = leads;
    if (look) part.className = look;
  }
};

const draw = (body, data, order) => {
  body.replaceChildren();
  for (const row of order) {
    const line = body.insertRow();
    for (const column of data.columns) {
      const cell = line.insertCell();
      if (column.number) cell.className = "number";
      write(cell, column.cells[row]);
    }
  }
};

export default component((data, box) => {
  const table = made("table", "", box);
  table.setAttribute("aria-label", data.alt);
  box.style.maxHeight = data.height ? `${data.height}px` : "";
  box.classList.toggle("fits", data.fits);
  box.classList.toggle("facts", data.columns.every((column) => !column.name.trim()));

  const order = data.columns[0].cells.map((_, row) => row);
  const head = table.createTHead().insertRow();
  const body = table.createTBody();
  for (const column of data.columns) {
    const texts = column.cells.map(textOf);
    column.number = texts.some(Boolean) && texts.every((text) => NUMBER.test(text));
    const title = head.appendChild(document.createElement("th"));
    title.scope = "col";
    if (column.number) title.className = "number";
    if (column.width) title.style.minWidth = `${column.width}px`;
    title.textContent = column.name;
    if (!data.sorts || !column.name) continue;
    title.title = "点一下，按这一列排序";
    title.tabIndex = 0;
    title.ariaSort = "none";
    title.onclick = () => {
      const way = title.ariaSort === "ascending" ? -1 : 1;
      for (const other of head.cells) if (other.ariaSort) other.ariaSort = "none";
      title.ariaSort = way > 0 ? "ascending" : "descending";
      order.sort((a, b) => way * chinese.compare(texts[a], texts[b]) || a - b);
      draw(body, data, order);
    };
    title.onkeydown = (event) => {
      if (event.key === "Enter") title.click();
    };
  }
  draw(body, data, order);
});
