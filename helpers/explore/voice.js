// Names for the controls and pictures of one explorer, an announcement when its answer
// changes, clicks on its pictures as shares of their sides, files in pieces, its keys for
// itself alone, and a sentence when no Python answers any more.

const PICTURES = "image/*,.heic,.heif,.avif"; // not every system takes the last three for one
const MOST = 2e8 + 1; // bytes: one more than is read
const PIECE = 4e6; // a server takes 10 MB in one message, and drops more without a word

function dress(explorer, model) {
  for (const [part, name] of Object.entries(model.get("names"))) {
    for (const node of explorer.querySelectorAll(".sixteen-" + part)) {
      if (node.tagName === "IMG") {
        if (node.alt !== name) node.alt = name;
        listen(node, part, model);
      } else {
        if (node.classList.contains("widget-upload")) upload(node, model);
        // The parts that take the focus; a group of buttons or a text is named as a whole.
        const focus = node.querySelectorAll(".noUi-handle, input:not([type=radio]), select");
        for (const target of focus.length ? focus : [node]) {
          if (target.getAttribute("aria-label") !== name) target.setAttribute("aria-label", name);
        }
        if (node.classList.contains("widget-colorpicker")) refuse(node.querySelector("input"));
      }
    }
  }
}

// Without this, a text that is no color is passed over without a word.
function refuse(field) {
  if (field.dataset.refuses) return;
  field.dataset.refuses = "yes";
  field.addEventListener("change", () => {
    const color = field.value.startsWith("#")
      ? /^#([0-9a-f]{3}){1,2}$/i.test(field.value)
      : /^[a-z]+$/i.test(field.value) && CSS.supports("color", field.value);
    field.setCustomValidity(color ? "" : "Write # and six hexadecimal digits, as in #ff8800.");
    field.reportValidity();
  });
}

function listen(picture, name, model) {
  if (picture.dataset.listens) return;
  picture.dataset.listens = "yes";
  picture.addEventListener("click", (event) => {
    const box = picture.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    model.send({ name, x, y });
  });
}

function upload(button, model) {
  if (button.dataset.uploads) return;
  button.dataset.uploads = "yes";
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
  const { key } = event;
  const chord = event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && key === "Enter");
  const editing = /^(Arrow.*|Page.*|Home|End|Backspace|Delete|m)$/i.test(key);
  event.target.toggleAttribute("data-lm-suppress-shortcuts", editing || !chord);
}

const LOST =
  "Nothing here answers any more: Python was started afresh, or the page was opened again. " +
  "Run the page again, from the top to this cell.";
const SILENT =
  "No answer yet: Python is still computing, or was shut down. If it was, run the page again, " +
  "from the top to this cell.";
const PATIENCE = 4000; // milliseconds

function render({ model, el }) {
  const line = document.createElement("div");
  line.setAttribute("role", "status");
  line.style.cssText =
    "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";
  el.append(line);
  const note = document.createElement("div");
  note.setAttribute("role", "status");
  note.style.fontWeight = "bold";
  el.append(note);
  el.style.order = -1; // above the explorer's rows
  const say = () => (line.textContent = model.get("said"));
  model.on("change:said", say);

  let explorer = null;
  const again = () => explorer && dress(explorer, model);
  model.on("change:names", again);
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
  const answer = () => {
    clearTimeout(patience);
    patience = null;
    silent = false;
    tell();
  };
  model.on("msg:custom", answer);
  // On the window, where a key comes by before Jupyter, which listens on the document.
  const move = (event) => {
    if (!explorer || !explorer.contains(event.target)) return;
    if (event.type === "keydown") keep(event);
    ask();
  };
  window.addEventListener("keydown", move, true);
  window.addEventListener("pointerdown", move, true);
  // What is typed beside a slider counts when the box is left, too: ipywidgets waits for a
  // "blur" from further out, where the browser's own does not come by.
  const leave = ({ target }) => {
    if (explorer?.contains(target) && target.matches(".widget-readout")) {
      target.dispatchEvent(new Event("blur", { bubbles: true }));
    }
  };
  window.addEventListener("focusout", leave);
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
    window.removeEventListener("keydown", move, true);
    window.removeEventListener("pointerdown", move, true);
    window.removeEventListener("focusout", leave);
    model.off("msg:custom", answer);
    model.off("change:said", say);
    model.off("change:names", again);
  };
}

export default { render };
