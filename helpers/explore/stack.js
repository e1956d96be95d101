((name, start, frames, script) => {
  const [picture, caption] = script.previousElementSibling.children;
  const label = document.createElement("label");
  const slider = document.createElement("input");
  const shown = document.createElement("output");
  Object.assign(slider, { type: "range", min: 0, max: frames.length - 1, value: start });
  slider.dataset.lmSuppressShortcuts = "true"; // in Jupyter its keys would move or edit the cell
  slider.style.cssText = "width: 60%; margin: 0 0.7em; vertical-align: middle";
  const move = () => {
    const [frame, source, words] = frames[slider.value];
    shown.textContent = frame;
    slider.setAttribute("aria-valuetext", frame);
    picture.src = source;
    picture.alt = caption.textContent = words;
  };
  slider.addEventListener("input", move);
  label.append(name, slider, shown);
  label.style.display = "block";
  picture.before(label);
  move();
})
