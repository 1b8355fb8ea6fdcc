// The page's own buttons: the time moves on, something is finished.

import { label, momentOf } from "./labels.js";
import { make } from "./message.js";
import { toast } from "./sheets.js";
import { deed, sandboxTime, state } from "./state.js";

const $ = (id) => document.getElementById(id);
const TICK = 10_000;

async function doIt(name) {
  for (const node of document.querySelectorAll(".deed")) node.disabled = true;
  const done = await deed(name);
  drawSteering();
  if (done === null) return;
  $("steer-sheet").close();
  toast(name === "finish" ? label("doneFinish").replace("{n}", done) : label("doneTime"));
}

function deedButton(name) {
  const node = make("button", "deed", label(name));
  node.type = "button";
  node.dataset.deed = name;
  node.addEventListener("click", () => doIt(name));
  return node;
}

export function drawSteering() {
  $("steer-button").hidden = state.deeds.length === 0;
  $("steer-time").textContent = label("now").replace("{time}", momentOf(sandboxTime()));
  $("deeds").replaceChildren(...state.deeds.map(deedButton));
}

export function wireSteering() {
  $("steer-button").addEventListener("click", () => {
    drawSteering();
    $("steer-sheet").showModal();
  });
  setInterval(() => {
    if ($("steer-sheet").open) $("steer-time").textContent = label("now").replace("{time}", momentOf(sandboxTime()));
  }, TICK);
}
