// Names for the controls and pictures of one explorer, an announcement when its answer
// changes, clicks on its pictures as shares of their sides, and files in pieces.

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
          // Or JupyterLab takes the keys of a list: arrows leave it, "r" spoils the cell.
          if (target.tagName === "SELECT") target.dataset.lmSuppressShortcuts = "true";
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

function render({ model, el }) {
  const line = document.createElement("div");
  line.setAttribute("role", "status");
  line.style.cssText =
    "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";
  el.append(line);
  const say = () => (line.textContent = model.get("said"));
  model.on("change:said", say);

  let explorer = null;
  const again = () => explorer && dress(explorer, model);
  model.on("change:names", again);
  const seen = new MutationObserver(again);
  // The explorer is put into the page after this part of it has been made.
  let waiting = requestAnimationFrame(function find() {
    explorer = el.closest(".sixteen-explorer");
    if (!explorer || !explorer.isConnected) {
      waiting = requestAnimationFrame(find);
      return;
    }
    again();
    seen.observe(explorer, { childList: true, subtree: true });
  });

  return () => {
    cancelAnimationFrame(waiting);
    seen.disconnect();
    model.off("change:said", say);
    model.off("change:names", again);
  };
}

export default { render };
