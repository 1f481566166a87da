// What our own components share. Texts are set as texts, so that nothing in a document is ever
// read as HTML.
const made = (name, text, parent) => {
  const element = parent.appendChild(document.createElement(name));
  element.textContent = text;
  return element;
};
