// Hits of a search, one card each; who else has the same wording is told when asked.

const marked = (parts, place) => {
  for (const [text, kind] of parts) made("span", text, place).className = kind;
};

const foot = (hit, place) => {
  if (hit.badge) {
    const [word, look, tip] = hit.badge;
    const badge = made("span", word, place);
    badge.className = `band ${look}`;
    badge.title = tip;
  }
  made("span", hit.whose, place);
  if (!hit.same) return;
  if (!hit.others.length) {
    made("span", hit.same, place);
    return;
  }
  const more = made("details", "", place);
  made("summary", hit.same, more);
  const units = made("ul", "", more);
  for (const unit of hit.others) made("li", unit, units);
};

const card = (hit, { scope, leads }, box) => {
  const room = made("article", "", box);
  room.className = "hit";
  const told = made("div", "", room);
  told.className = "told";
  const says = made("div", "", told);
  says.className = `says ${scope}`;
  const name = made("div", `${hit.rank}. `, says);
  marked(hit.name, made("strong", "", name));
  if (hit.value !== null) made("div", hit.value, says).className = "value";
  if (hit.description !== null) marked(hit.description, made("div", "", says));
  const below = made("div", "", told);
  below.className = "foot";
  foot(hit, below);
  for (const [lead, label] of Object.entries(leads)) {
    made("button", label, room).dataset.pick = `${hit.id} ${lead}`;
  }
};

export default component((data, box) => {
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "检索结果");
  for (const hit of data.hits) card(hit, data, box);
});
