// What the page knows, kept fresh by server-sent events, and what residents order.

export const state = { seq: 0, bot: {}, residents: [], places: [], deeds: [], ahead: 0, chats: {}, person: null, chat: null, unread: {}, typing: {} };

const listeners = [];

/** Calls `listener(event)` after every change; an event of kind "all" means everything changed. */
export function listen(listener) {
  listeners.push(listener);
}

function tell(event) {
  for (const listener of listeners) listener(event);
}

export function resident(id = state.person) {
  return state.residents.find((one) => one.user.id === id);
}

export function chat(id = state.chat) {
  return state.chats[id];
}

export function userName(id) {
  if (id === state.bot.id) return state.bot.name;
  return resident(id)?.user.first_name ?? "";
}

export function choose(person, chatId = person) {
  state.person = person;
  state.chat = chatId;
  delete state.unread[`${person}/${chatId}`];
  sessionStorage.setItem("qala-resident", String(person));
  tell({ kind: "all" });
}

function remember(event) {
  const kept = chat(event.chat_id);
  if (!kept || !event.message) return;
  kept.keyboard = event.keyboard;
  const place = kept.messages.findIndex((one) => one.message_id === event.message.message_id);
  if (place >= 0) kept.messages[place] = event.message;
  else kept.messages.push(event.message);
  if (event.kind !== "message") return;
  if (event.message.from.is_bot) delete state.typing[event.chat_id];
  for (const member of kept.members) {
    const seen = (member === state.person && kept.id === state.chat) || member === event.message.from.id;
    const key = `${member}/${kept.id}`;
    if (!seen) state.unread[key] = (state.unread[key] ?? 0) + 1;
  }
}

function take(event) {
  state.seq = event.seq;
  if (event.kind === "message" || event.kind === "edit") remember(event);
  else if (event.kind === "delete") {
    const kept = chat(event.chat_id);
    kept.messages = kept.messages.filter((one) => one.message_id !== event.message_id);
  } else if (event.kind === "residents" || event.kind === "profile") {
    state.residents = event.residents;
    state.bot = event.bot;
  } else if (event.kind === "time") {
    keepTime(event.time);
  } else if (event.kind === "action") {
    state.typing[event.chat_id] = { action: event.action, until: Date.now() + 5000 };
    setTimeout(() => tell({ kind: "action", chat_id: event.chat_id }), 5100);
  }
  tell(event);
}

/** How far the sandbox's time is ahead of this browser's, in seconds. */
function keepTime(seconds) {
  state.ahead = seconds - Date.now() / 1000;
}

/** The sandbox's time in seconds since 1970. */
export function sandboxTime() {
  return Date.now() / 1000 + state.ahead;
}

export async function load() {
  Object.assign(state, await (await fetch("/sandbox/state")).json());
  keepTime(state.time);
  const kept = Number(sessionStorage.getItem("qala-resident"));
  const first = resident(kept) ?? state.residents[0];
  choose(first.user.id);
  follow();
}

function follow() {
  const stream = new EventSource(`/sandbox/events?after=${state.seq}`);
  stream.addEventListener("session", (event) => {
    if (event.data !== state.session) window.location.reload();
    else tell({ kind: "online" });
  });
  stream.onmessage = (event) => take(JSON.parse(event.data));
  stream.onerror = () => tell({ kind: "offline" });
}

async function answer(response) {
  const body = await response.json();
  if (!response.ok) {
    tell({ kind: "refused", text: body.error });
    return null;
  }
  return body.result;
}

/** Carries out what the resident in front does; the change itself comes back as an event. */
export async function act(what, details = {}) {
  const order = { person: state.person, chat: state.chat, act: what, ...details };
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch("/sandbox/act", { method: "POST", headers, body: JSON.stringify(order) }));
}

/** Does what a button of the page itself stands for; returns how many things it did, or null. */
export async function deed(name) {
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch("/sandbox/deed", { method: "POST", headers, body: JSON.stringify({ name }) }));
}

export async function upload(file) {
  const form = new FormData();
  form.append("person", state.person);
  form.append("chat", state.chat);
  form.append("file", file, file.name);
  return answer(await fetch("/sandbox/upload", { method: "POST", body: form }));
}
