// Figures side by side. A link is one to the browser too: it can be opened in a tab of its own.
export default component((figures, box) => {
  figures.forEach(({ name, figure, label, address }, place) => {
    const card = made("div", "", box);
    made("span", name, card);
    made("strong", figure, card);
    if (!label) return;
    const link = made("a", label, card);
    link.href = address;
    link.title = name;
    link.dataset.pick = place;
  });
});
