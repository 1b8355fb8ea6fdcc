// The chat page: draws the state and passes on what people press.

import { aim, drawComposer, drawKeyboard, say, wireComposer } from "./composer.js";
import { dayOf, label, languageOf, loadLabels, speak } from "./labels.js";
import { bubbleOf, make } from "./message.js";
import { alertBox, closeSheets, openCommands, openShare, toast, wireSheets } from "./sheets.js";
import { drawHeader, drawResidents, drawStatus } from "./sidebar.js";
import { drawSteering, wireSteering } from "./steering.js";
import { act, chat, listen, load, resident, state } from "./state.js";

const $ = (id) => document.getElementById(id);
let placed = 0; // where toNewest left the chat: from there, too, the next message is followed
let waiting = null; // { query, button } of the press that the bot has not answered yet

function isGroup() {
  return chat().kind !== "private";
}

function atBottom() {
  const box = $("scroller");
  return box.scrollHeight - box.scrollTop - box.clientHeight < 90;
}

function toBottom() {
  $("scroller").scrollTop = $("scroller").scrollHeight;
  $("to-bottom").hidden = true;
}

/** Shows the newest message: its end, or its beginning when it is taller than the window. */
function toNewest() {
  const box = $("scroller");
  const newest = $("messages").lastElementChild;
  toBottom();
  if (newest.offsetHeight > box.clientHeight) {
    newest.scrollIntoView({ block: "start" });
    $("to-bottom").hidden = atBottom();
  }
  placed = box.scrollTop;
}

function welcome() {
  const card = make("div", "welcome");
  const description = resident().description;
  card.append(make("strong", "", description ? label("what") : state.bot.name));
  card.append(make("p", "", description || label("empty")));
  return card;
}

function drawMessages() {
  const nodes = [];
  let day = "";
  let before = null;
  for (const message of chat().messages) {
    const today = dayOf(message.date);
    if (today !== day) nodes.push(make("div", "day", today));
    const node = bubbleOf(message, isGroup());
    if (before && before.from.id === message.from.id && today === day) node.classList.add("same");
    if (before?.media_group_id && before.media_group_id === message.media_group_id) node.classList.add("album");
    day = today;
    before = message;
    nodes.push(node);
  }
  if (!nodes.length && !isGroup()) nodes.push(welcome());
  $("messages").replaceChildren(...nodes);
}

function drawAll() {
  speak(languageOf(resident().user));
  drawResidents();
  drawHeader();
  drawMessages();
  drawComposer();
  drawSteering();
  toBottom();
}

function addMessage(event) {
  drawResidents();
  if (event.chat_id !== state.chat) {
    drawHeader();
    return;
  }
  const followed = Math.abs($("scroller").scrollTop - placed) < 2;
  const stay = followed || atBottom() || event.message?.from.id === state.person;
  drawMessages();
  drawStatus();
  drawComposer();
  if (event.message?.from.is_bot) drawKeyboard(true);
  if (stay) toNewest();
}

function changeMessage(event) {
  drawResidents();
  if (event.chat_id !== state.chat) return;
  const stay = atBottom();
  const old = document.querySelector(`.message[data-message-id="${event.message_id}"]`);
  const kept = event.kind === "edit" && event.message;
  if (old && kept) {
    const fresh = bubbleOf(event.message, isGroup());
    for (const name of ["same", "album"]) fresh.classList.toggle(name, old.classList.contains(name));
    old.replaceWith(fresh);
  } else drawMessages();
  if (stay) toBottom();
}

function hearAnswer(event) {
  if (waiting?.query === event.query_id) {
    waiting.button?.classList.remove("waiting");
    waiting = null;
  }
  if (event.user_id !== state.person) return;
  if (event.url) follow(event.url);
  if (event.text && event.alert) alertBox(event.text);
  else if (event.text) toast(event.text);
}

listen((event) => {
  switch (event.kind) {
    case "all": closeSheets(); aim(null); drawAll(); break;
    case "message": addMessage(event); break;
    case "edit": case "delete": changeMessage(event); break;
    case "answer": hearAnswer(event); break;
    case "action": drawStatus(); break;
    case "time": drawSteering(); break;
    case "residents": case "profile": drawResidents(); drawHeader(); drawComposer(); if (!chat().messages.length) drawMessages(); break;
    case "refused": toast(`${label("failed")}: ${event.text}`); break;
    case "offline": $("offline").hidden = false; break;
    case "online": $("offline").hidden = true; break;
    default: break;
  }
});

/** Opens an address as Telegram would: the bot's own links inside the chat, others outside. */
function follow(address) {
  const url = new URL(address, window.location.href);
  const inside = url.hostname === "t.me" || url.hostname === "telegram.me";
  if (inside && url.pathname === `/${state.bot.username}`) {
    act("text", { chat: state.person, text: `/start ${url.searchParams.get("start") ?? ""}`.trim() });
  } else if (inside && url.pathname.startsWith("/share")) {
    openShare(url.searchParams.get("text") ?? "", url.searchParams.get("url") ?? "");
  } else if (/^https?:|^mailto:|^tel:/.test(url.protocol)) {
    window.open(url.href, "_blank", "noopener,noreferrer");
  }
}

async function pressInline(button) {
  const { dataset } = button;
  if (dataset.url) follow(dataset.url);
  else if (dataset.copy !== undefined) {
    await navigator.clipboard?.writeText(dataset.copy).catch(() => undefined);
    toast(dataset.copy);
  } else if (dataset.switch !== undefined) {
    $("composer").value = `@${state.bot.username} ${dataset.switch}`;
    $("composer").focus();
  } else if (dataset.callback !== undefined) {
    button.classList.add("waiting");
    const query = await act("press", { message_id: Number(dataset.message), data: dataset.callback });
    const still = query !== null && button.isConnected;
    if (still) waiting = { query, button };
    else button.classList.remove("waiting");
    setTimeout(() => button.classList.remove("waiting"), 8000);
  }
}

function wireMessages() {
  document.addEventListener("click", (event) => {
    const { target } = event;
    const inline = target.closest("button.inline");
    const anchor = target.closest("a[href]");
    const command = target.closest("a[data-command]");
    const tool = target.closest("button.tool");
    if (inline) pressInline(inline);
    else if (command) say(command.dataset.command);
    else if (tool?.dataset.reply) aim("reply", Number(tool.dataset.reply));
    else if (tool?.dataset.edit) aim("edit", Number(tool.dataset.edit));
    else if (anchor && /^(t|telegram)\.me$/.test(new URL(anchor.href).hostname)) {
      event.preventDefault();
      closeSheets();
      follow(anchor.href);
    }
  });
  $("scroller").addEventListener("scroll", () => { $("to-bottom").hidden = atBottom(); });
  $("to-bottom").addEventListener("click", toBottom);
  $("commands-button").addEventListener("click", () => openCommands(say));
  new ResizeObserver(() => { if (!$("to-bottom").hidden) return; toBottom(); }).observe($("scroller"));
}

await loadLabels();
wireComposer();
wireSheets();
wireMessages();
wireSteering();
await load();
