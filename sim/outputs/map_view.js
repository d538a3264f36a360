"use strict";
// Zoom, pan, tooltips and the panel of figures. Everything shown is set as text, never as markup.
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  const map = document.getElementById("map"), svg = map.querySelector("svg");
  const tip = document.getElementById("tip"), panel = document.getElementById("panel");
  const find = document.getElementById("find");
  const whole = svg.viewBox.baseVal, full = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
  let view = { ...full }, drag = null, moved = false;

  // Names, symbols and marks of places grow less than the map: each shrinks about its own point.
  const pinned = [...svg.querySelectorAll("[data-at]")].map((mark) => [mark, mark.dataset.at]);
  svg.removeAttribute("width");
  svg.removeAttribute("height");

  const make = (tag, text) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    return made;
  };

  // Zoom and pan: the viewBox is what is seen.
  const show = (next) => {
    const w = Math.min(full.w, Math.max(full.w / 40, next.w)), h = (w * full.h) / full.w;
    view = {
      w, h,
      x: Math.min(full.x + full.w - w, Math.max(full.x, next.x)),
      y: Math.min(full.y + full.h - h, Math.max(full.y, next.y)),
    };
    const k = (view.w / full.w) ** 0.7;
    pinned.forEach(([mark, at]) => mark.setAttribute("transform", `translate(${at}) scale(${k}) translate(-${at.replace(" ", " -")})`));
    svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].map((n) => n.toFixed(2)).join(" "));
  };
  const spot = (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return { x: at.x, y: at.y };
  };
  const zoom = (factor, at = { x: view.x + view.w / 2, y: view.y + view.h / 2 }) => {
    const w = Math.min(full.w, Math.max(full.w / 40, view.w / factor)), real = view.w / w;
    show({ w, x: at.x - (at.x - view.x) / real, y: at.y - (at.y - view.y) / real });
  };
  const pan = (x, y) => show({ ...view, x: view.x + x * view.w, y: view.y + y * view.h });
  const keys = {
    "+": () => zoom(1.4), "=": () => zoom(1.4), "-": () => zoom(1 / 1.4), "0": () => show(full),
    ArrowLeft: () => pan(-0.1, 0), ArrowRight: () => pan(0.1, 0),
    ArrowUp: () => pan(0, -0.1), ArrowDown: () => pan(0, 0.1), Escape: () => close(),
  };
  map.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * 0.0015), spot(event));
  }, { passive: false });
  map.addEventListener("pointerdown", (event) => { drag = { from: spot(event), x: event.clientX, y: event.clientY }; moved = false; });
  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > 4) moved = true;
    if (!moved) return;
    map.classList.add("dragged");
    const now = spot(event);
    show({ ...view, x: view.x + drag.from.x - now.x, y: view.y + drag.from.y - now.y });
  });
  window.addEventListener("pointerup", () => { drag = null; map.classList.remove("dragged"); });
  document.addEventListener("keydown", (event) => {
    if (event.target === find || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.getElementById("in").addEventListener("click", () => zoom(1.6));
  document.getElementById("out").addEventListener("click", () => zoom(1 / 1.6));
  document.getElementById("all").addEventListener("click", () => show(full));

  // Tooltips and the panel of figures.
  const marks = [...svg.querySelectorAll("[data-id]")].filter((mark) => facts[mark.dataset.id]);
  const choose = (id) => {
    const thing = facts[id];
    svg.querySelectorAll(".chosen").forEach((mark) => mark.classList.remove("chosen"));
    marks.filter((mark) => mark.dataset.id === id).forEach((mark) => mark.classList.add("chosen"));
    const button = make("button", "×");
    button.setAttribute("aria-label", "close");
    button.addEventListener("click", close);
    const table = make("table"), head = table.createTHead().insertRow(), body = table.createTBody();
    ["figure", "value", "low to high", "source", "confidence"].forEach((name) => head.append(make("th", name)));
    thing.rows.forEach((row) => {
      const line = body.insertRow();
      row.forEach((cell) => line.append(make("td", cell)));
    });
    panel.replaceChildren(button, make("h2", thing.title), make("p", `${thing.kind} · ${id}`), make("p", thing.note), table);
    panel.hidden = false;
    find.value = id;
  };
  function close() {
    panel.hidden = true;
    find.value = "";
    svg.querySelectorAll(".chosen").forEach((mark) => mark.classList.remove("chosen"));
  }
  marks.forEach((mark) => {
    const id = mark.dataset.id, said = mark.querySelector("title");
    const words = said ? said.textContent : facts[id].title;
    if (said) said.remove();
    mark.setAttribute("tabindex", "0");
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-label", words);
    mark.addEventListener("pointermove", (event) => {
      tip.replaceChildren(make("b", facts[id].title), make("span", words.slice(facts[id].title.length).replace(/^: /, "")));
      tip.style.left = `${Math.min(event.clientX + 14, window.innerWidth - 350)}px`;
      tip.style.top = `${event.clientY + 16}px`;
      tip.hidden = false;
    });
    mark.addEventListener("pointerleave", () => { tip.hidden = true; });
    mark.addEventListener("click", () => { if (!moved) choose(id); });
    mark.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(id); } });
  });

  // Everything by name.
  const groups = {};
  Object.keys(facts).sort((a, b) => facts[a].title.localeCompare(facts[b].title, "en")).forEach((id) => {
    const kind = facts[id].kind.split(",")[0];
    if (!groups[kind]) { groups[kind] = make("optgroup"); groups[kind].label = kind; find.append(groups[kind]); }
    const option = make("option", facts[id].title);
    option.value = id;
    groups[kind].append(option);
  });
  find.addEventListener("change", () => {
    if (!find.value) { close(); return; }
    choose(find.value);
    const mark = document.getElementById(`section-${find.value}`) || marks.find((one) => one.dataset.id === find.value);
    if (!mark) return;
    const box = mark.getBBox(), w = Math.max(box.width, (box.height * full.w) / full.h, 60) * 2.2;
    show({ w, x: box.x + box.width / 2 - w / 2, y: box.y + box.height / 2 - (w * full.h) / full.w / 2 });
  });
})();
