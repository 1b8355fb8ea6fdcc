// One message as a bubble with its keyboard.

import { dress } from "./entities.js";
import { clockTime, fileSize, label } from "./labels.js";
import { state, userName } from "./state.js";

export function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
}

export function colour(id) {
  return String(Math.abs(id) % 7);
}

export function avatar(node, id, name) {
  node.classList.add("avatar");
  node.dataset.colour = colour(id);
  node.textContent = [...name][0] ?? "?";
  return node;
}

/** A message in a few words, for lists and quotes. */
export function summary(message) {
  if (message.text) return message.text;
  const kinds = { photo: "photo", document: "document", venue: "point", location: "point", voice: "voice", sticker: "sticker", contact: "contact" };
  const kind = Object.keys(kinds).find((one) => one in message);
  const name = message.venue?.title ?? message.document?.file_name ?? label(kinds[kind] ?? "other");
  return message.caption ? `${name}: ${message.caption}` : name;
}

function address(file, download = false) {
  return `/sandbox/files/${encodeURIComponent(file.file_id)}${download ? "?download" : ""}`;
}

function photo(sizes) {
  const size = sizes.at(-1);
  const frame = make("a", "photo");
  frame.href = address(size);
  frame.target = "_blank";
  const picture = make("img");
  picture.src = address(size);
  picture.alt = label("photo");
  picture.width = size.width;
  picture.height = size.height;
  frame.append(picture);
  return frame;
}

function file(document_, kind) {
  const card = make("a", "document");
  card.href = address(document_, true);
  card.download = document_.file_name ?? "";
  card.title = label("download");
  const extension = (document_.file_name ?? kind).split(".").at(-1).slice(0, 4);
  const words = make("span", "words");
  words.append(make("strong", "", document_.file_name ?? label(kind)), make("small", "", fileSize(document_.file_size)));
  card.append(make("span", "extension", extension), words);
  return card;
}

function place(message) {
  const { latitude, longitude } = message.location;
  const card = make("div", message.venue ? "venue" : "location");
  card.dataset.latitude = latitude;
  card.dataset.longitude = longitude;
  const picture = make("img", "map");
  picture.src = "/static/pin.svg";
  picture.alt = "";
  const words = make("div", "words");
  const title = message.venue?.title ?? label(message.location.live_period ? "livePoint" : "point");
  words.append(make("strong", "", title));
  if (message.venue?.address) words.append(make("span", "address", message.venue.address));
  const line = make("span", "coordinates", `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
  const map = make("a", "on-map", label("onMap"));
  map.href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  map.target = "_blank";
  map.rel = "noopener noreferrer";
  words.append(line, map);
  card.append(picture, words);
  return card;
}

function attachments(message) {
  const parts = [];
  if (message.photo) parts.push(photo(message.photo));
  for (const kind of ["document", "audio", "video", "animation", "voice"]) {
    if (message[kind]) parts.push(file(message[kind], kind === "voice" ? "voice" : "document"));
  }
  if (message.sticker) parts.push(make("div", "sticker", message.sticker.emoji));
  if (message.location) parts.push(place(message));
  if (message.contact) parts.push(make("div", "contact", `${message.contact.first_name} · ${message.contact.phone_number}`));
  return parts;
}

function inlineButton(button, messageId) {
  const node = make("button", "inline", button.text);
  node.type = "button";
  node.dataset.message = messageId;
  if (button.callback_data !== undefined) node.dataset.callback = button.callback_data;
  else if (button.url) node.dataset.url = button.url;
  else if (button.copy_text) node.dataset.copy = button.copy_text.text;
  else {
    node.dataset.switch = button.switch_inline_query ?? button.switch_inline_query_current_chat ?? "";
  }
  return node;
}

function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  const board = make("div", "keyboard");
  for (const row of rows) {
    const line = make("div", "row");
    for (const button of row) line.append(inlineButton(button, message.message_id));
    board.append(line);
  }
  return rows.length ? [board] : [];
}

function quote(message) {
  const answered = message.reply_to_message;
  if (!answered) return [];
  const block = make("div", "quote");
  block.dataset.colour = colour(answered.from.id);
  block.append(make("strong", "", userName(answered.from.id)), make("span", "", summary(answered)));
  return [block];
}

function stamp(message) {
  const line = make("span", "stamp");
  if (message.edit_date && !message.location) line.append(make("i", "edited", label("edited")), " ");
  line.append(clockTime(message.date));
  return line;
}

function tools(message, own) {
  const bar = make("span", "tools");
  const actions = own && message.text ? ["reply", "edit"] : ["reply"];
  for (const action of actions) {
    const button = make("button", "tool", action === "edit" ? "✎" : "↩");
    button.type = "button";
    button.title = label(action);
    button.dataset[action] = message.message_id;
    bar.append(button);
  }
  return bar;
}

/** The element of a message; `group` shows the sender's name. */
export function bubbleOf(message, group) {
  const own = message.from.id === state.person;
  const row = make("article", `message ${own ? "out" : "in"}`);
  row.dataset.messageId = message.message_id;
  row.dataset.from = message.from.is_bot ? "bot" : "resident";
  if (message.edit_date) row.dataset.edited = "true";
  if (message.media_group_id) row.dataset.album = message.media_group_id;
  if (message.pinned_message) {
    row.className = "message service";
    row.append(make("span", "", `${userName(message.from.id)} ${label("pinned")}`));
    return row;
  }
  const bubble = make("div", "bubble");
  if (group && !own) {
    const name = make("strong", "sender", userName(message.from.id));
    name.dataset.colour = colour(message.from.id);
    bubble.append(name);
  }
  bubble.append(...quote(message), ...attachments(message));
  const text = message.text ?? message.caption;
  if (text) bubble.append(dress(make("div", "text"), text, message.entities ?? message.caption_entities));
  if (!text && !attachments(message).length) bubble.append(make("div", "text", label("other")));
  if (message.photo && !text) bubble.classList.add("bare");
  bubble.append(stamp(message));
  const body = make("div", "body");
  body.append(bubble, ...keyboard(message));
  row.append(body, tools(message, own));
  return row;
}
