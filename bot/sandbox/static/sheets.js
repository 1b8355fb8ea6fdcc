// What slides up: places and coordinates, the command menu, sharing, toasts and alerts.

import { label } from "./labels.js";
import { make } from "./message.js";
import { act, resident, state } from "./state.js";

const $ = (id) => document.getElementById(id);
const SHOWN_PLACES = 60;
const LIVE_SECONDS = 900;
let toastTimer = 0;

async function sendPlace(latitude, longitude, name = "") {
  const details = { latitude, longitude };
  if ($("location-live").checked) details.live_period = LIVE_SECONDS;
  else if (name && $("location-as-venue").checked) details.title = name;
  $("location-sheet").close();
  await act("location", details);
}

function plain(text) {
  return text.toLowerCase().normalize("NFKD");
}

function drawPlaces() {
  const wanted = plain($("location-filter").value.trim());
  const found = state.places.filter(([name]) => plain(name).includes(wanted)).slice(0, SHOWN_PLACES);
  const nodes = found.map(([name, latitude, longitude]) => {
    const node = make("button", "place");
    node.type = "button";
    node.dataset.place = name;
    node.append(make("strong", "", name), make("span", "", `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`));
    node.addEventListener("click", () => sendPlace(latitude, longitude, name));
    return node;
  });
  if (!nodes.length && state.places.length) nodes.push(make("p", "hint", label("noPlaces")));
  $("location-places").replaceChildren(...nodes);
  $("location-filter").hidden = state.places.length === 0;
}

export function openLocations() {
  $("location-error").hidden = true;
  $("location-filter").value = "";
  drawPlaces();
  $("location-sheet").showModal();
}

/** Degrees as typed: a comma for the point will do, nothing else besides digits. */
function degrees(text, limit) {
  const clean = text.trim().replace(",", ".").replace("−", "-");
  const value = /^-?\d+(\.\d+)?$/.test(clean) ? Number(clean) : NaN;
  return Math.abs(value) <= limit ? value : null;
}

function pastePair() {
  const pair = $("location-lat").value.match(/^\s*(-?\d+\.\d+)[\s,;]+(-?\d+\.\d+)\s*$/);
  if (pair) [, $("location-lat").value, $("location-lon").value] = pair;
}

function sendTyped(event) {
  event.preventDefault();
  const latitude = degrees($("location-lat").value, 90);
  const longitude = degrees($("location-lon").value, 180);
  const wrong = latitude === null || longitude === null;
  $("location-error").hidden = !wrong;
  if (!wrong) sendPlace(latitude, longitude);
}

export function openCommands(pick) {
  const nodes = (resident().commands[state.chat] ?? []).map((command) => {
    const node = make("button", "command");
    node.type = "button";
    node.dataset.command = `/${command.command}`;
    node.append(make("strong", "", `/${command.command}`), make("span", "", command.description));
    node.addEventListener("click", () => {
      $("commands-sheet").close();
      pick(`/${command.command}`);
    });
    return node;
  });
  $("commands").replaceChildren(...nodes);
  $("commands-sheet").showModal();
}

export function openShare(text, link) {
  $("share-text").textContent = text;
  $("share-text").hidden = !text;
  $("share-link").textContent = link;
  if (/^https?:/i.test(link)) $("share-link").href = link;
  else $("share-link").removeAttribute("href");
  $("share-sheet").showModal();
}

export function closeSheets() {
  for (const sheet of document.querySelectorAll("dialog[open]")) sheet.close();
}

export function toast(text) {
  clearTimeout(toastTimer);
  $("toast").textContent = text;
  $("toast").hidden = false;
  toastTimer = setTimeout(() => { $("toast").hidden = true; }, 3500);
}

export function alertBox(text) {
  $("alert-text").textContent = text;
  if (!$("alert").open) $("alert").showModal();
}

export function wireSheets() {
  for (const sheet of document.querySelectorAll("dialog.sheet")) {
    sheet.querySelector(".close").addEventListener("click", () => sheet.close());
    sheet.addEventListener("click", (event) => { if (event.target === sheet) sheet.close(); });
  }
  $("alert-ok").addEventListener("click", () => $("alert").close());
  $("location-filter").addEventListener("input", drawPlaces);
  $("location-lat").addEventListener("input", pastePair);
  $("location-form").addEventListener("submit", sendTyped);
}
