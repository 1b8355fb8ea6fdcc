// The residents at the side (a strip on a phone) and the head of the chat.

import { clockTime, label, languageOf } from "./labels.js";
import { avatar, make, summary } from "./message.js";
import { chat, choose, resident, state } from "./state.js";

const $ = (id) => document.getElementById(id);
const FLAGS = { kk: "KK", ru: "RU", en: "EN" };

function unreadOf(one) {
  return one.chats.reduce((sum, id) => sum + (state.unread[`${one.user.id}/${id}`] ?? 0), 0);
}

function entry(one) {
  const { user } = one;
  const node = make("button", "resident");
  node.type = "button";
  node.dataset.resident = user.id;
  node.dataset.name = user.first_name;
  node.setAttribute("aria-pressed", String(user.id === state.person));
  const face = avatar(make("span"), user.id, user.first_name);
  const words = make("span", "words");
  const name = make("span", "name");
  name.append(make("strong", "", user.first_name), make("span", "surname", user.last_name ?? ""));
  const code = make("span", "code", FLAGS[user.language_code] ?? user.language_code ?? "–");
  code.title = user.language_code ?? label("noLanguage");
  const last = chat(user.id)?.messages.at(-1);
  const line = make("span", "preview", last ? summary(last) : label("empty"));
  words.append(name, line);
  const side = make("span", "side");
  side.append(make("time", "", last ? clockTime(last.date) : ""), code);
  const unread = unreadOf(one);
  if (unread) side.append(make("span", "badge", String(unread)));
  node.append(face, words, side);
  node.addEventListener("click", () => choose(user.id));
  return node;
}

export function drawResidents() {
  $("brand-name").textContent = state.bot.name;
  $("residents").replaceChildren(...state.residents.map(entry));
}

function chatTab(id) {
  const one = chat(id);
  const name = one.kind === "private" ? label("privateChat") : one.title;
  const node = make("button", "chat-tab", name);
  node.type = "button";
  node.dataset.chat = id;
  node.setAttribute("aria-pressed", String(id === state.chat));
  const unread = state.unread[`${state.person}/${id}`];
  if (unread) node.append(make("span", "badge", String(unread)));
  node.addEventListener("click", () => choose(state.person, id));
  return node;
}

export function drawHeader() {
  const one = resident();
  const shown = chat();
  const alone = shown.kind === "private";
  const name = alone ? state.bot.name : shown.title;
  avatar($("chat-avatar"), alone ? 5 : shown.id, name);
  $("chat-name").textContent = name;
  drawStatus();
  $("chats").hidden = one.chats.length < 2;
  $("chats").replaceChildren(...(one.chats.length < 2 ? [] : one.chats.map(chatTab)));
  $("block-button").hidden = !alone || one.blocked;
  $("block-button").title = label("block");
  document.title = `${name} · ${one.user.first_name}`;
}

export function drawStatus() {
  const doing = state.typing[state.chat];
  const busy = doing && doing.until > Date.now();
  const shown = chat();
  const resting = shown.kind === "private" ? label("bot") : label("members").replace("{n}", shown.members.length + 1);
  const node = $("chat-status");
  node.classList.toggle("busy", Boolean(busy));
  if (!busy) node.textContent = resting;
  else if (doing.action.startsWith("upload")) node.textContent = label("uploading");
  else node.textContent = label(doing.action === "find_location" ? "locating" : "typing");
}

export { languageOf };
