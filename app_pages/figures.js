// Figures side by side. A link is one to the browser too: it can be opened in a tab of its own.
export default ({ data: { shown }, parentElement, setTriggerValue }) => {
  const box = parentElement.querySelector(".figures");
  box.replaceChildren();
  JSON.parse(shown).forEach(({ name, figure, label, address }, place) => {
    const card = made("div", "", box);
    made("span", name, card);
    made("strong", figure, card);
    if (!label) return;
    const link = made("a", label, card);
    link.href = address;
    link.title = name;
    link.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      setTriggerValue("picked", place);
    };
  });
};
