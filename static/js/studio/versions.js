// Two versions of a mail beside each other: they scroll in step, turn dark and narrow together, and what looks
// different in one is outlined.
//
// The frames hold documents of their own that may not run scripts. They share our origin, so that we can measure
// them and draw outlines in them.

const WIDTHS = { desktop: 640, mobile: 375 };
const OUTLINE = "3px dashed #c2410c";

class Side {
  constructor(frame) {
    this.frame = frame;
    this.stage = frame.closest(".preview__stage");
    this.viewport = frame.closest(".preview__viewport");
    this.known = null;
  }

  get page() {
    return this.frame.contentDocument;
  }

  get isReady() {
    return this.page?.readyState === "complete" && Boolean(this.page.body?.childElementCount);
  }

  /** The parts of the mail as they stand one below the other: the children of the innermost single column. */
  get parts() {
    let column = this.page.body;
    for (;;) {
      const shown = [...column.children].filter((each) => each.offsetHeight > 0 && each.tagName !== "STYLE");
      if (shown.length !== 1 || shown[0].tagName === "TABLE") return shown;
      column = shown[0];
    }
  }

  /** Each part with its bytes as they came, before we drew on it. */
  written() {
    if (this.known?.page !== this.page) {
      const list = this.parts.map((part) => ({ part, bytes: part.outerHTML.replace(/\s+/g, " ") }));
      this.known = { page: this.page, list };
    }
    return this.known.list;
  }

  show(width) {
    this.stage.dataset.width = width;
    this.fit();
  }

  fit() {
    const width = WIDTHS[this.stage.dataset.width];
    this.stage.style.setProperty("--preview-scale", String(Math.min(1, this.viewport.clientWidth / width)));
    this.measure();
  }

  measure() {
    const height = this.page?.body?.scrollHeight;
    if (height) this.stage.style.setProperty("--preview-height", String(height));
  }

  look(name) {
    const url = new URL(this.frame.src);
    url.searchParams.set("look", name);
    // replace() leaves no trace in the history: Back leaves the page.
    this.frame.contentWindow.location.replace(url);
  }

  /** How far down, from 0 to 1. */
  get place() {
    const room = this.viewport.scrollHeight - this.viewport.clientHeight;
    return room > 0 ? this.viewport.scrollTop / room : 0;
  }

  set place(share) {
    this.viewport.scrollTop = share * (this.viewport.scrollHeight - this.viewport.clientHeight);
  }
}

class Comparison {
  constructor(section) {
    this.section = section;
    this.told = section.querySelector("[data-told]");
    this.sides = [...section.querySelectorAll("iframe[data-side]")].map((frame) => new Side(frame));
    this.leader = null;
    for (const side of this.sides) this.listen(side);
    for (const input of section.querySelectorAll('input[type="radio"]'))
      input.addEventListener("change", () => this.choose(input));
    if (matchMedia("(max-width: 39.99rem)").matches) this.start("mobile");
    this.loaded();
  }

  listen(side) {
    side.frame.addEventListener("load", () => this.loaded());
    new ResizeObserver(() => side.fit()).observe(side.viewport);
    for (const sign of ["pointerenter", "focusin", "touchstart", "wheel"])
      side.viewport.addEventListener(sign, () => (this.leader = side), { passive: true });
    side.viewport.addEventListener("scroll", () => this.follow(side), { passive: true });
  }

  /** Only the side that a person moves leads; the scrolling it causes in the other goes no further. */
  follow(side) {
    if (this.leader && this.leader !== side) return;
    for (const other of this.sides) if (other !== side) other.place = side.place;
  }

  start(width) {
    const input = this.section.querySelector(`input[name="width"][value="${width}"]`);
    input.checked = true;
    this.choose(input);
  }

  choose(input) {
    for (const side of this.sides)
      if (input.name === "width") side.show(input.value);
      else side.look(input.value);
  }

  loaded() {
    if (!this.sides.every((side) => side.isReady)) return;
    for (const side of this.sides) side.fit();
    this.outline();
  }

  /** A part is outlined where the other version has none of the very same bytes. */
  outline() {
    const sides = this.sides.map((side) => side.written());
    let different = 0;
    for (const [index, written] of sides.entries()) {
      const others = new Set(sides[1 - index].map((each) => each.bytes));
      let changed = 0;
      for (const { part, bytes } of written) {
        const isChanged = !others.has(bytes);
        part.style.outline = isChanged ? OUTLINE : "";
        part.style.outlineOffset = "-3px";
        if (isChanged) changed += 1;
      }
      different = Math.max(different, changed);
    }
    this.say(different);
  }

  say(count) {
    const { textSame, textOne, textMany } = this.section.dataset;
    this.told.textContent = count ? (count === 1 ? textOne : textMany.replace("%(n)s", String(count))) : textSame;
  }
}

for (const section of document.querySelectorAll("[data-compare]")) new Comparison(section);
