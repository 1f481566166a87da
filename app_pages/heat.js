// A heat map as a table: cells and names of rows that can be chosen are buttons.
const FAINT = [234, 242, 251], FULL = [8, 62, 128];
const DARK = 0.45; // from here on the number stands in white

export default component((data, box) => {
  const table = made("table", "", box);
  table.setAttribute("aria-label", data.said);

  const head = table.createTHead().insertRow();
  const names = [data.names[0], ...data.columns, ...(data.totals ? ["合计"] : [])];
  for (const name of names) made("th", name, head).scope = "col";

  const cells = new Map(data.cells.map((cell) => [`${cell[0]} ${cell[1]}`, cell]));
  const body = table.createTBody();
  data.rows.forEach((name, row) => {
    const line = body.insertRow();
    const title = made("th", data.totals ? "" : name, line);
    title.scope = "row";
    title.title = name;
    if (data.totals) made("button", name, title).dataset.pick = row;
    data.columns.forEach((column, place) => {
      const cell = cells.get(`${row} ${place}`);
      const room = line.insertCell();
      if (!cell) return;
      const [, , count, tip] = cell;
      const share = Math.sqrt(count / data.most); // else one large number pales all others
      const shade = FAINT.map((from, n) => Math.round(from + (FULL[n] - from) * share));
      const button = made("button", count.toLocaleString("en"), room);
      button.dataset.pick = `${row} ${place}`;
      button.title = [`${name} · ${column}`, `${data.names[1]}：${count}`, tip]
        .filter(Boolean).join("\n");
      button.setAttribute("aria-label", `${name}，${column}：${count}`);
      button.style.background = `rgb(${shade})`;
      if (share > DARK) button.style.color = "white";
    });
    if (data.totals) made("td", data.totals[row].toLocaleString("en"), line);
  });
});
