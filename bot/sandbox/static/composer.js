// What a resident writes: the text field, replies and edits, files, the reply keyboard.

import { label } from "./labels.js";
import { make, summary } from "./message.js";
import { openLocations } from "./sheets.js";
import { act, chat, resident, state, upload, userName } from "./state.js";

const $ = (id) => document.getElementById(id);
let target = null; // { kind: "reply" | "edit", id } while a reply or an edit is being written
let folded = false; // the reply keyboard is put away

export async function say(text) {
  const trimmed = text.trim();
  if (!trimmed) return;
  const doing = target;
  aim(null);
  if (doing?.kind === "edit") await act("edit", { message_id: doing.id, text: trimmed });
  else await act("text", { text: trimmed, reply_to: doing?.id ?? null });
}

export function aim(kind, id) {
  target = kind ? { kind, id } : null;
  $("reply-bar").hidden = !target;
  if (!target) return;
  const message = chat().messages.find((one) => one.message_id === id);
  $("reply-name").textContent = kind === "edit" ? label("edit") : userName(message.from.id);
  $("reply-text").textContent = summary(message);
  if (kind === "edit") $("composer").value = message.text;
  $("composer").focus();
  grow();
}

export function grow() {
  const field = $("composer");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 132)}px`;
  $("composer-bar").classList.toggle("filled", field.value.trim() !== "");
}

function pressKey(key) {
  if (key.request_location) openLocations();
  else if (key.request_contact) say(`${resident().user.first_name}`);
  else say(key.text);
  if (chat().keyboard?.one_time_keyboard) fold(true);
}

function fold(away) {
  folded = away;
  drawKeyboard();
}

export function drawKeyboard(unfold = false) {
  if (unfold) folded = false;
  const rows = chat().keyboard?.keyboard ?? [];
  const board = $("reply-keyboard");
  board.replaceChildren();
  for (const row of rows) {
    const line = make("div", "row");
    for (const key of row) {
      const button = make("button", "reply-key", key.text);
      button.type = "button";
      button.dataset.key = key.text;
      if (key.request_location) button.dataset.requests = "location";
      button.addEventListener("click", () => pressKey(key));
      line.append(button);
    }
    board.append(line);
  }
  $("keyboard-button").hidden = rows.length === 0;
  $("keyboard-button").classList.toggle("on", !folded);
  board.hidden = rows.length === 0 || folded;
  $("composer").placeholder = chat().keyboard?.input_field_placeholder || label("message");
}

export function drawComposer() {
  const one = resident();
  const alone = chat().kind === "private";
  const fresh = alone && chat().messages.length === 0;
  $("unblock-bar").hidden = !(alone && one.blocked);
  $("start-bar").hidden = !fresh || one.blocked;
  $("composer-bar").hidden = alone && one.blocked;
  $("commands-button").hidden = !(one.commands[state.chat] ?? []).length;
  drawKeyboard();
  grow();
}

async function send(event) {
  event?.preventDefault();
  const field = $("composer");
  const text = field.value;
  field.value = "";
  grow();
  await say(text);
  field.focus();
}

export function wireComposer() {
  $("composer-bar").addEventListener("submit", send);
  $("composer").addEventListener("input", grow);
  $("composer").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event);
    if (event.key === "Escape") aim(null);
  });
  $("reply-cancel").addEventListener("click", () => aim(null));
  $("keyboard-button").addEventListener("click", () => fold(!folded));
  $("location-button").addEventListener("click", openLocations);
  $("attach-button").addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") $("file").click();
  });
  $("file").addEventListener("change", async () => {
    for (const file of [...$("file").files]) await upload(file);
    $("file").value = "";
  });
  $("start-button").addEventListener("click", () => say("/start"));
  $("unblock-button").addEventListener("click", () => act("block", { blocked: false }));
  $("block-button").addEventListener("click", () => act("block", { blocked: true }));
}
