// The page's own words, in the language of the resident in front of it; Kazakh first.

let all = {};
let current = "kk";

export async function loadLabels() {
  all = await (await fetch("/static/labels.json")).json();
}

export function languageOf(user) {
  const code = (user.language_code ?? "").slice(0, 2);
  return code in all ? code : "kk";
}

export function label(name) {
  return all[current]?.[name] ?? name;
}

export function language() {
  return current;
}

/** Switches the page to a language and rewrites every marked element. */
export function speak(code) {
  current = code;
  document.documentElement.lang = code;
  for (const node of document.querySelectorAll("[data-label]")) node.textContent = label(node.dataset.label);
  for (const [key, attribute] of [["labelTitle", "title"], ["labelPlaceholder", "placeholder"], ["labelAria", "aria-label"]]) {
    const marked = `[data-${key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}]`;
    for (const node of document.querySelectorAll(marked)) {
      node.setAttribute(attribute, label(node.dataset[key]));
      if (attribute === "title") node.setAttribute("aria-label", label(node.dataset[key]));
    }
  }
}

const ZONE = "Asia/Almaty";

export function clockTime(seconds) {
  return new Intl.DateTimeFormat(current, { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: ZONE }).format(seconds * 1000);
}

export function dayOf(seconds) {
  // Not every browser knows Kazakh month names, so they are the page's own.
  const parts = new Intl.DateTimeFormat("en", { day: "numeric", month: "numeric", timeZone: ZONE }).formatToParts(seconds * 1000);
  const part = (type) => parts.find((one) => one.type === type).value;
  return `${part("day")} ${label("months")[Number(part("month")) - 1]}`;
}

/** «жұма, 4 желтоқсан, 18:00» */
export function momentOf(seconds) {
  const day = new Intl.DateTimeFormat("en", { weekday: "short", timeZone: ZONE }).format(seconds * 1000);
  const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(day);
  return `${label("weekdays")[weekday]}, ${dayOf(seconds)}, ${clockTime(seconds)}`;
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const [size, unit] = bytes < 1048576 ? [bytes / 1024, "KB"] : [bytes / 1048576, "MB"];
  return `${new Intl.NumberFormat(current, { maximumFractionDigits: 1 }).format(size)} ${unit}`;
}
