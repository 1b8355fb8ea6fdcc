// Text and entities -> nodes. Nothing a bot sends is ever parsed as HTML.

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};
const SAFE = /^(https?:|mailto:|tel:|tg:)/i;

function link(address, entity) {
  const node = document.createElement("a");
  const target = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  if (SAFE.test(target)) {
    node.href = target;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
  node.dataset.entity = entity;
  return node;
}

function nodeFor(entity, covered) {
  switch (entity.type) {
    case "text_link": return link(entity.url, "link");
    case "url": return link(covered, "link");
    case "email": return link(`mailto:${covered}`, "link");
    case "phone_number": return link(`tel:${covered}`, "link");
    case "bot_command": {
      const node = document.createElement("a");
      node.dataset.command = covered;
      node.tabIndex = 0;
      return node;
    }
    case "mention": case "hashtag": case "text_mention": {
      const node = document.createElement("span");
      node.className = "mention";
      return node;
    }
    default: break;
  }
  const node = document.createElement(TAGS[entity.type] ?? "span");
  node.dataset.entity = entity.type;
  if (entity.type === "pre" && entity.language) node.dataset.language = entity.language;
  if (entity.type === "spoiler" || entity.type === "expandable_blockquote") {
    node.classList.add(entity.type === "spoiler" ? "spoiler" : "expandable");
    node.tabIndex = 0;
    node.addEventListener("click", () => node.classList.toggle("open"));
  }
  return node;
}

function fill(parent, text, start, end, entities) {
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const stop = entity.offset + entity.length;
    let next = index + 1;
    while (next < entities.length && entities[next].offset < stop) next += 1;
    parent.append(text.slice(at, entity.offset));
    const node = nodeFor(entity, text.slice(entity.offset, stop));
    fill(node, text, entity.offset, stop, entities.slice(index + 1, next));
    parent.append(node);
    at = stop;
    index = next;
  }
  parent.append(text.slice(at, end));
}

/** Fills `parent` with `text` dressed in `entities` (offsets in UTF-16 units, as in JavaScript). */
export function dress(parent, text, entities = []) {
  const order = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(parent, text, 0, text.length, order);
  return parent;
}
