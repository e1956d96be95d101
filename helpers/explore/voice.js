// Names for the controls and pictures of one explorer, an announcement when its answer
// changes, clicks and hands on its pictures as shares of their sides, files in pieces, its
// keys for itself alone, and a sentence when no Python answers any more.

const PICTURES = "image/*,.heic,.heif,.avif"; // not every system takes the last three for one
const MOST = 2e8 + 1; // bytes: one more than is read
const PIECE = 4e6; // a server takes 10 MB in one message, and drops more without a word

const met = new WeakSet(); // what listens already

function dress(explorer, model, tell) {
  for (const [part, name] of Object.entries(model.get("names"))) {
    const hand = model.get("hands")[part];
    for (const node of explorer.querySelectorAll(".sixteen-" + part)) {
      if (node.tagName === "IMG") {
        set(node, { alt: name });
        if (hand) set(node, { "aria-label": name, "aria-valuetext": hand.holds });
      } else {
        // The parts that take the focus; a group of buttons or a text is named as a whole.
        const focus = node.querySelectorAll(".noUi-handle, input:not([type=radio]), select");
        for (const target of focus.length ? focus : [node]) set(target, { "aria-label": name });
      }
      if (met.has(node)) continue;
      met.add(node);
      if (node.tagName === "IMG") {
        node.addEventListener("click", (event) => model.send({ name: part, ...shares(event) }));
      }
      if (hand) grip(node, part, hand.hover, tell);
      if (node.matches(".widget-upload")) upload(node, model);
      if (node.matches(".widget-slider")) toItsEnds(node);
      if (node.matches(".widget-colorpicker")) refuse(node.querySelector("input"));
    }
  }
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

// Without this, a text that is no color is passed over without a word.
function refuse(field) {
  field.addEventListener("change", () => {
    const color = field.value.startsWith("#")
      ? /^#([0-9a-f]{3}){1,2}$/i.test(field.value)
      : /^[a-z]+$/i.test(field.value) && CSS.supports("color", field.value);
    field.setCustomValidity(color ? "" : "Write # and six hexadecimal digits, as in #ff8800.");
    field.reportValidity();
  });
}

function shares({ clientX, clientY, currentTarget }) {
  const box = currentTarget.getBoundingClientRect();
  return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
}

// What hands do reaches Python one thing at a time: while it answers, of several moves only
// the newest waits, and a key that is held down waits for nobody.
function teller(model) {
  const waiting = [];
  let busy = false;
  const next = () => {
    busy = waiting.length > 0;
    if (busy) model.send(waiting.shift());
  };
  const tell = (told) => {
    if (told.repeat && busy) return;
    const newer = /^(move|hover)$/.test(told.phase) && waiting.at(-1)?.phase === told.phase;
    waiting.splice(waiting.length - newer, newer, told);
    if (!busy) next();
  };
  return { tell, next };
}

// A picture that mouse, pen, finger and keys can move. For screen readers it is a slider, the
// one role that leaves the arrow keys to it; what it holds is its value.
function grip(picture, hand, hover, tell) {
  Object.assign(picture, { tabIndex: 0, draggable: false });
  set(picture, { role: "slider", "aria-valuenow": "0" });
  picture.style.touchAction = "none"; // a finger moves what it holds, not the page
  let held = null; // the pointer that is down
  const say = (phase) => (event) => tell({ hand, phase, ...shares(event) });
  const [down, move, up, over, leave] = ["down", "move", "up", "hover", "leave"].map(say);
  const answers = {
    pointerdown(event) {
      if (held !== null || event.button) return;
      held = event.pointerId;
      picture.setPointerCapture(held);
      picture.focus({ preventScroll: true });
      down(event);
    },
    pointermove(event) {
      if (held === event.pointerId) move(event);
      else if (hover && held === null) over(event);
    },
    pointerup(event) {
      if (held !== event.pointerId) return;
      held = null;
      up(event);
    },
    pointerleave(event) {
      if (hover && held === null) leave(event);
    },
    keydown(event) {
      const { key, shiftKey, repeat } = event;
      if (chord(event) || !/^(Arrow.*|Enter|Delete|Backspace|.)$/.test(key)) return;
      event.preventDefault(); // the page does not scroll
      tell({ hand, key: (shiftKey && key.length > 1 ? "Shift+" : "") + key, repeat });
    },
  };
  answers.pointercancel = answers.pointerup;
  for (const [kind, answer] of Object.entries(answers)) picture.addEventListener(kind, answer);
}

// On Home and End a handle goes to the ends that its slider had when it was made, though these
// may have moved since: its options know where they are.
function toItsEnds(slider) {
  const answer = (event) => {
    if (!/^(Home|End)$/.test(event.key) || !event.target.matches(".noUi-handle")) return;
    event.preventDefault(); // the page does not scroll
    event.stopPropagation();
    const { noUiSlider } = event.target.closest(".noUi-target");
    noUiSlider.set(noUiSlider.options.range[event.key === "End" ? "max" : "min"]);
  };
  slider.addEventListener("keydown", answer, true);
}

function upload(button, model) {
  const input = document.createElement("input");
  Object.assign(input, { type: "file", accept: PICTURES });
  button.addEventListener(
    "click",
    (event) => {
      event.stopImmediatePropagation(); // the button would send it whole
      input.value = "";
      input.click();
    },
    true,
  );
  input.addEventListener("change", async () => {
    const [chosen] = input.files;
    const file = chosen.slice(0, MOST);
    for (let start = 0; start === 0 || start < file.size; start += PIECE) {
      const piece = await file.slice(start, start + PIECE).arrayBuffer();
      model.send({ file: chosen.name, size: file.size, start }, undefined, [piece]);
    }
  });
}

// Jupyter looks at each key before a control can: in Notebook 7 arrows would go to the next
// cell, and everywhere "d d" would delete the cell of the slider that has the focus. This
// mark tells it not to. What nobody types by chance (run, save, the palette) stays Jupyter's.
function keep(event) {
  const editing = /^(Arrow.*|Page.*|Home|End|Backspace|Delete|m)$/i.test(event.key);
  event.target.toggleAttribute("data-lm-suppress-shortcuts", editing || !chord(event));
}

function chord({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  return ctrlKey || metaKey || altKey || (shiftKey && key === "Enter");
}

const LOST =
  "Nothing here answers any more: Python was started afresh, or the page was opened again. " +
  "Run the page again, from the top to this cell.";
const SILENT =
  "No answer yet: Python is still computing, or was shut down. If it was, run the page again, " +
  "from the top to this cell.";
const PATIENCE = 4000; // milliseconds

function render({ model, el }) {
  const status = (look) => {
    const node = document.createElement("div");
    set(node, { role: "status", style: look });
    el.append(node);
    return node;
  };
  const unseen = "width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";
  // Its pixel lies on the last row, not below it: nothing to scroll, and no bar for that.
  const line = status("position: absolute; margin-top: -1px; " + unseen);
  const note = status("font-weight: bold");
  const say = () => (line.textContent = model.get("said"));

  let explorer = null;
  const { tell: handle, next } = teller(model);
  const again = () => explorer && dress(explorer, model, handle);
  const seen = new MutationObserver(again);
  // Jupyter marks what has lost its kernel, or was restored from a saved page without one.
  let silent = false;
  const tell = () => {
    const lost = explorer.classList.contains("jupyter-widgets-disconnected");
    note.textContent = lost ? LOST : silent ? SILENT : "";
  };
  const alive = new MutationObserver(tell);
  // Of a Python that is shut down Jupyter tells nothing: ask it at a move, and see who answers.
  let patience = null;
  const ask = () => {
    if (patience !== null) return;
    patience = setTimeout(() => {
      silent = true;
      tell();
    }, PATIENCE);
    model.send({ asked: true });
  };
  const answer = (words) => {
    if (words === "done") next();
    clearTimeout(patience);
    patience = null;
    silent = false;
    tell();
  };
  const told = { "change:said": say, "change:names change:hands": again, "msg:custom": answer };
  for (const [kind, hear] of Object.entries(told)) model.on(kind, hear);
  const gone = new AbortController();
  // On the window, where a key comes by before Jupyter, which listens on the document.
  const move = (event) => {
    if (!explorer || !explorer.contains(event.target)) return;
    if (event.type === "keydown") keep(event);
    ask();
  };
  for (const kind of ["keydown", "pointerdown"]) {
    window.addEventListener(kind, move, { capture: true, signal: gone.signal });
  }
  // What is typed beside a slider counts when the box is left, too: ipywidgets waits for a
  // "blur" from further out, where the browser's own does not come by.
  const leave = ({ target }) => {
    if (explorer?.contains(target) && target.matches(".widget-readout")) {
      target.dispatchEvent(new Event("blur", { bubbles: true }));
    }
  };
  window.addEventListener("focusout", leave, { signal: gone.signal });
  // The explorer is put into the page after this part of it has been made.
  let waiting = requestAnimationFrame(function find() {
    explorer = el.closest(".sixteen-explorer");
    if (!explorer || !explorer.isConnected) {
      waiting = requestAnimationFrame(find);
      return;
    }
    again();
    seen.observe(explorer, { childList: true, subtree: true });
    tell();
    alive.observe(explorer, { attributeFilter: ["class"] });
  });

  return () => {
    cancelAnimationFrame(waiting);
    seen.disconnect();
    alive.disconnect();
    clearTimeout(patience);
    gone.abort();
    for (const [kind, hear] of Object.entries(told)) model.off(kind, hear);
  };
}

export default { render };
