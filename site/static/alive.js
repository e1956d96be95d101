// Explorers whose rule is short enough for a page: they move without Python. What they say is
// what the explorers of `helpers` say; tests/test_site.py compares them. At the end, what the
// theme leaves to be done.
"use strict";

function field(type, name, value, change, more) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement("input"), { type, ...more, value });
  input.addEventListener("input", change);
  label.append(`${name} `, input);
  return label;
}

function controls(figure, ...parts) {
  const row = document.createElement("div");
  row.className = "alive";
  row.append(...parts);
  figure.before(row);
  figure.querySelector("figcaption").ariaLive = "polite"; // it is read out when it changes
  figure.parentElement.querySelector(".hint")?.remove(); // all of it moves here
}

// --- align_shapes: the rule of broadcasting ------------------------------------------------

const tuple = (shape) => (shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`);

function align(a, b) {
  const count = Math.max(a.length, b.length);
  return Array.from({ length: count }, (_, n) => {
    const [x, y] = [a[n - count + a.length], b[n - count + b.length]];
    const [p, q] = [x ?? 1, y ?? 1];
    return { name: `−${count - n}`, a: x, b: y, size: p === q || q === 1 ? p : p === 1 ? q : null };
  });
}

const stretches = (size, axis) =>
  axis.size !== null && (size === undefined || (size === 1 && axis.size !== 1));

function outcome(a, b, axes) {
  const failing = axes.filter((axis) => axis.size === null).reverse();
  if (failing.length) {
    const where = failing.map((axis) => `at axis ${axis.name}, ${axis.a} meets ${axis.b}`);
    return `${tuple(a)} and ${tuple(b)} do not fit: ${where.join("; ")}, and neither is 1.`;
  }
  const why = ["a", "b"].flatMap((letter) => {
    const names = axes.filter((axis) => stretches(axis[letter], axis)).map((axis) => axis.name);
    const last = names.pop();
    const which = names.length ? `axes ${names.join(", ")} and ${last}` : `axis ${last}`;
    return last ? [`${letter} is stretched along ${which}`] : [];
  });
  const result = tuple(axes.map((axis) => axis.size));
  const equal = axes.length ? "all sizes are equal" : "both are single numbers";
  return (
    `${tuple(a)} and ${tuple(b)} fit: the result has shape ${result}, ` +
    `because ${why.join(" and ") || equal}.`
  );
}

function shapesTable(axes) {
  const row = (name, cell) => `<tr><th scope="row">${name}</th>${axes.map(cell).join("")}</tr>`;
  const box = (letter) => (axis) => {
    const [size, made] = [axis[letter] ?? "–", stretches(axis[letter], axis)];
    return `<td><span ${made ? 'class="made"' : ""}>${size}${made ? ` → ${axis.size}` : ""}</span></td>`;
  };
  return (
    row("axis", (axis) => `<th scope="col">${axis.name}</th>`) +
    row("a", box("a")) +
    row("b", box("b")) +
    row("result", (axis) => `<td><span><b>${axis.size ?? "✗ error"}</b></span></td>`)
  );
}

function alignShapes(box) {
  const [figure, table, words] = ["figure", "table", "figcaption"].map((name) => box.querySelector(name));
  const begin = [...words.textContent.matchAll(/\(([\d, ]*)\)/g)].map((match) => match[1]);
  const move = () => {
    const shapes = fields.map((label) => label.lastChild.value.match(/[^\s,()]+/g) ?? []);
    const bad = shapes.flat().find((size) => !/^\d{1,9}$/.test(size));
    if (bad) {
      words.textContent = `“${bad}” is no size; write whole numbers, such as 512, 768, 3.`;
      return;
    }
    const [a, b] = shapes.map((shape) => shape.map(Number));
    const axes = align(a, b);
    words.textContent = outcome(a, b, axes);
    table.innerHTML = shapesTable(axes);
  };
  const fields = ["a", "b"].map((name, n) => field("text", `Shape of ${name}`, begin[n], move));
  const examples = Object.entries(JSON.parse(box.dataset.examples)).map(([name, shapes]) => {
    const button = Object.assign(document.createElement("button"), { textContent: name });
    button.addEventListener("click", () => {
      fields.forEach((label, n) => (label.lastChild.value = shapes[n]));
      move();
    });
    return button;
  });
  controls(figure, ...fields, ...examples);
  table.className = "shapes";
  move();
}

// --- color_distance: every number on the way from two colors to their distance -------------

const PHOTO = "pictures/tulips.jpg"; // without rings: these are drawn here
const [WIDTH, HEIGHT] = [768, 512];
const levels = (color) => [1, 3, 5].map((n) => parseInt(color.slice(n, n + 2), 16) / 255);
const hex = (bytes) => `#${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
const signed = (x) => (x === 0 ? "0.000" : `${x > 0 ? "+" : "−"}${Math.abs(x).toFixed(3)}`);

function terms([a, b]) {
  const difference = a.map((x, n) => x - b[n]);
  const square = difference.map((x) => x ** 2);
  const sum = square[0] + square[1] + square[2];
  return { a, b, difference, square, sum, distance: Math.sqrt(sum) };
}

function distanceWords([first, second], t) {
  if (first === second) {
    return `Both colors are ${first}: all differences are 0, and the distance is 0.`;
  }
  const squares = ["red", "green", "blue"].map((name, n) => `${name} ${t.square[n].toFixed(4)}`);
  return (
    `From ${first} to ${second}: squared differences ${squares.join(", ")}; ` +
    `their sum ${t.sum.toFixed(4)}; its root, the distance, ${t.distance.toFixed(4)}.`
  );
}

function writeTerms(table, t) {
  const [formula, scale] = table.parentElement.querySelectorAll(":scope > div");
  const [sum, distance] = [t.sum, t.distance].map((x) => x.toFixed(4));
  const rows = [
    t.a.map((x) => x.toFixed(3)),
    t.b.map((x) => x.toFixed(3)),
    t.difference.map(signed),
    t.square.map((x) => x.toFixed(4)),
    t.square.map((x) => (t.sum ? `${((100 * x) / t.sum).toFixed(0)} %` : "–")),
  ];
  rows.forEach((row, n) =>
    row.forEach((value, channel) => (table.rows[n + 1].cells[1 + 2 * channel].textContent = value)),
  );
  table.rows[4].cells[6].textContent = `= ${sum}`;
  table.rows[6].cells[1].innerHTML = `√${sum} = <b>${distance}</b>`;
  const roots = t.a.map((x, n) => `(${x.toFixed(3)} − ${t.b[n].toFixed(3)})<sup>2</sup>`);
  formula.innerHTML = `d(a, b) = √( ${roots.join(" + ")} ) = ${distance}`;
  const share = (100 * t.distance) / Math.sqrt(3);
  scale.firstChild.data = scale.firstChild.data.replace(/\d+ %/, `${share.toFixed(0)} %`);
  scale.querySelector("div > div").style.width = `${share}%`;
}

function colorDistance(box) {
  const [figure, words, photo] = ["figure", "figcaption", "img"].map((name) => box.querySelector(name));
  const table = box.querySelector("table");
  const begin = words.textContent.match(/#[\da-f]{6}/g);
  const places = [...words.textContent.matchAll(/row (\d+), column (\d+)/g)].map((match) =>
    match.slice(1).map(Number),
  );
  const rings = ["a", "b"].map((name) =>
    Object.assign(document.createElement("span"), { className: "ring", textContent: name }),
  );
  const frame = document.createElement("div");
  frame.className = "photo";
  photo.replaceWith(frame);
  frame.append(photo, ...rings);
  Object.assign(photo, { loading: "eager", src: PHOTO });
  figure.nextElementSibling.remove(); // the swatches: the pickers show both colors

  const move = () => {
    const colors = pickers.map((label) => label.lastChild.value);
    const t = terms(colors.map(levels));
    writeTerms(table, t);
    const origins = places.map((place, n) => {
      rings[n].hidden = !place;
      place?.forEach((number, axis) => (sliders[n][axis].lastChild.value = number));
      if (!place) return `${"ab"[n]} is ${colors[n]}, chosen by hand`;
      const [row, column] = place;
      rings[n].style.top = `${(100 * (row + 0.5)) / HEIGHT}%`;
      rings[n].style.left = `${(100 * (column + 0.5)) / WIDTH}%`;
      return `${"ab"[n]} is ${colors[n]}, the pixel at row ${row}, column ${column}`;
    });
    words.textContent = `${origins.join("; ")}. ${distanceWords(colors, t)}`;
    photo.alt = `The photograph, a ring around each pixel chosen. ${origins.join("; ")}.`;
  };
  const pickers = ["a", "b"].map((name, n) => {
    return field("color", `Color ${name}`, begin[n], () => {
      places[n] = null;
      move();
    });
  });
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT).getContext("2d", { willReadFrequently: true });
  const take = (n, row, column) => {
    if (!photo.complete) return; // no colors yet
    places[n] = [row, column];
    canvas.drawImage(photo, 0, 0);
    pickers[n].lastChild.value = hex(canvas.getImageData(column, row, 1, 1).data.slice(0, 3));
    move();
  };
  const sliders = ["a", "b"].map((name, n) => {
    const slide = () => take(n, ...sliders[n].map((label) => Number(label.lastChild.value)));
    return [["Row", HEIGHT], ["Column", WIDTH]].map(([what, count]) =>
      field("range", `${what} of ${name}`, 0, slide, { max: count - 1 }),
    );
  });
  const targets = ["a", "b"].map((name) => {
    const label = field("radio", `a click takes ${name}`, name, null);
    Object.assign(label.lastChild, { name: "target", checked: name === "a" });
    return label;
  });
  photo.addEventListener("click", (event) => {
    const column = Math.floor((event.offsetX / photo.clientWidth) * WIDTH);
    const row = Math.floor((event.offsetY / photo.clientHeight) * HEIGHT);
    take(targets[1].lastChild.checked ? 1 : 0, row, column);
  });
  controls(figure, pickers[0], ...sliders[0], pickers[1], ...sliders[1], ...targets);
  move();
}

const ALIVE = { align_shapes: alignShapes, color_distance: colorDistance };
for (const box of document.querySelectorAll("[data-explorer]")) {
  ALIVE[box.dataset.explorer]?.(box);
  const wide = box.querySelector('[style*="overflow-x"]'); // on a phone it is scrolled by key, too
  if (wide) wide.tabIndex = 0;
}

// --- The theme ------------------------------------------------------------------------------

// What a cell prints in a line or two is broken where the page ends; a table is scrolled.
for (const printed of document.querySelectorAll(".output.stream pre")) {
  printed.classList.toggle("sentence", printed.textContent.trim().split("\n").length < 3);
}

// On a phone the menu and the contents lie over the page: whoever has chosen a place is let go.
for (const sheet of document.querySelectorAll("dialog")) {
  sheet.addEventListener("click", (event) => event.target.closest("a") && sheet.close());
}

// On paper the page is light, whatever it is on the screen.
const { dataset } = document.documentElement;
let theme = dataset.theme;
addEventListener("beforeprint", () => {
  theme = dataset.theme;
  dataset.theme = "light";
});
addEventListener("afterprint", () => (dataset.theme = theme));

// Below a page that was searched for stands a piece of its text, not of what is there to press.
if (typeof Search !== "undefined") {
  const textOf = Search.htmlToText;
  const pressed = /<div class="bd-header[^]*?(?=<article)|<nav class="ways"[^]*?<\/nav>/g;
  Search.htmlToText = (page, place) => textOf(page.replace(pressed, ""), place);
}
