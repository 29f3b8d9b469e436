// Draws on a picture what numbers beside it say: the part to cut out ([data-cropper]), and the focus ([data-focus-picture]).
//
// The numbers are the form; without this script they are typed. With it the part is dragged, pinched, or moved with the
// arrows (Shift: in larger steps) and sized with + and −. The composer and the builder need nothing of this module: the
// chooser of studio:image_choose loads it by itself, and says `image:chosen` when the cut is made (see gallery.js).
import Cropper from "../../vendor/cropper.esm.js";

const STEP = 1;
const LARGE_STEP = 10;
const GROW = 1.05;
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const percent = (share) => String(Math.round(Math.min(Math.max(share, 0), 1) * 1000) / 10);

function proportion(ratio) {
  const [across, down] = ratio.split(":").map(Number);
  return across / down || NaN;
}

class Part {
  constructor(root) {
    this.root = root;
    this.picture = root.querySelector("[data-cropper-image]");
    this.inputs = Object.fromEntries(["x", "y", "width_share", "height"].map((name) => [name, root.querySelector(`[name=${name}]`)]));
    this.isTelling = false;
    this.cropper = new Cropper(this.picture, {
      aspectRatio: proportion(root.dataset.ratio),
      viewMode: 1,
      autoCropArea: 1,
      movable: false,
      zoomable: false,
      rotatable: false,
      scalable: false,
      background: false,
      checkOrientation: false,
      checkCrossOrigin: false,
      ready: () => this.start(),
      crop: ({ detail }) => this.tell(detail),
    });
  }

  start() {
    this.put();
    this.root.querySelector("[data-cropper-help]").hidden = false;
    const stage = this.root.querySelector(".cropper-container");
    stage.tabIndex = 0;
    stage.setAttribute("role", "application");
    stage.setAttribute("aria-label", this.root.querySelector("[data-cropper-help]").textContent);
    stage.addEventListener("keydown", (event) => this.press(event));
    for (const input of Object.values(this.inputs)) input?.addEventListener("input", () => this.put());
  }

  /** From the numbers to the picture. */
  put() {
    const { naturalWidth, naturalHeight } = this.cropper.getImageData();
    const share = (name) => Number(this.inputs[name]?.value ?? 0) / 100;
    const data = { x: share("x") * naturalWidth, y: share("y") * naturalHeight, width: share("width_share") * naturalWidth };
    if (this.inputs.height) data.height = share("height") * naturalHeight;
    else data.height = data.width / proportion(this.root.dataset.ratio);
    this.isTelling = true;
    this.cropper.setData(data);
    this.isTelling = false;
  }

  /** From the picture to the numbers. */
  tell({ x, y, width, height }) {
    if (this.isTelling) return;
    const { naturalWidth, naturalHeight } = this.cropper.getImageData();
    this.inputs.x.value = percent(x / naturalWidth);
    this.inputs.y.value = percent(y / naturalHeight);
    this.inputs.width_share.value = percent(width / naturalWidth);
    if (this.inputs.height) this.inputs.height.value = percent(height / naturalHeight);
  }

  press(event) {
    const box = this.cropper.getCropBoxData();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    if (event.key in MOVES) {
      const [across, down] = MOVES[event.key];
      this.cropper.setCropBoxData({ left: box.left + across * step, top: box.top + down * step });
    } else if (["+", "=", "-", "−"].includes(event.key)) {
      this.size(box, event.key === "+" || event.key === "=" ? GROW : 1 / GROW);
    } else return;
    event.preventDefault();
  }

  size({ left, top, width, height }, factor) {
    this.cropper.setCropBoxData({ width: width * factor });
    const now = this.cropper.getCropBoxData();
    this.cropper.setCropBoxData({ left: left + (width - now.width) / 2, top: top + (height - now.height) / 2 });
  }
}

/** A click on the picture sets the focus; the numbers move the mark. */
class Focus {
  constructor(root) {
    this.mark = root.querySelector("[data-focus-mark]");
    [this.across, this.down] = ["focus_x", "focus_y"].map((name) => document.querySelector(`[name=${name}]`));
    root.addEventListener("click", (event) => this.set(event, root.getBoundingClientRect()));
    for (const input of [this.across, this.down]) input.addEventListener("input", () => this.show());
    this.show();
  }

  set({ clientX, clientY }, box) {
    this.across.value = Math.round(((clientX - box.left) / box.width) * 100);
    this.down.value = Math.round(((clientY - box.top) / box.height) * 100);
    this.show();
  }

  show() {
    this.mark.hidden = false;
    this.mark.style.insetInlineStart = `${this.across.value}%`;
    this.mark.style.insetBlockStart = `${this.down.value}%`;
  }
}

export function wireCroppers(root) {
  for (const [selector, Kind] of [["[data-cropper]", Part], ["[data-focus-picture]", Focus]]) {
    for (const each of root.querySelectorAll(`${selector}:not([data-wired])`)) {
      each.dataset.wired = "yes";
      new Kind(each);
    }
  }
}
