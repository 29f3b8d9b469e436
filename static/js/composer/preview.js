// The mail beside the form, in two frames: the next version loads behind the one that is seen and takes its
// place when it is ready, so that nothing flickers and the reader stays where they are.
//
// The frames hold documents of their own that may not run scripts. They share our origin, so that their
// height can be measured; the place to scroll is ours, and stays as it is when they change.

// A picture that is slow to come must not keep the words waiting.
const PATIENCE = 600;

const WIDTHS = { desktop: 640, mobile: 375 };

export class Preview {
  /** Stage: <div data-preview="URL of the mail"> with a frame marked data-buffer="front" and, to refresh, a "back". */
  constructor(stage) {
    this.stage = stage;
    this.viewport = stage.closest(".preview__viewport");
    this.front = stage.querySelector('[data-buffer="front"]');
    this.back = stage.querySelector('[data-buffer="back"]');
    this.isLoading = false;
    this.waiting = null;
    this.timer = undefined;
    this.inputs = this.stage.closest(".preview").querySelectorAll('input[name="preview-width"]');
    this.listen();
    if (matchMedia("(max-width: 39.99rem)").matches) this.choose("mobile");
    this.measure();
  }

  listen() {
    this.front.addEventListener("load", () => this.loaded(this.front));
    this.back?.addEventListener("load", () => this.loaded(this.back));
    new ResizeObserver(() => this.fit()).observe(this.viewport);
    for (const input of this.inputs) input.addEventListener("change", () => this.show(input.value));
  }

  choose(width) {
    for (const input of this.inputs) input.checked = input.value === width;
    this.show(width);
  }

  /** Show this revision; of several asked for while one is loading, only the last is fetched. */
  refresh(revision) {
    if (this.isLoading) {
      this.waiting = revision;
      return;
    }
    this.isLoading = true;
    const url = new URL(this.stage.dataset.preview, location.href);
    url.searchParams.set("v", revision);
    // replace() leaves no trace in the history: Back leaves the page, not the last letter typed.
    this.back.contentWindow.location.replace(url);
    this.timer = setTimeout(() => this.swapUnfinished(url.href), PATIENCE);
  }

  swapUnfinished(href) {
    const page = this.back.contentDocument;
    const hasWords = page?.URL === href && page.readyState !== "loading";
    if (hasWords) this.swap();
  }

  loaded(frame) {
    if (frame === this.back && this.isLoading) this.swap();
    this.measure();
  }

  swap() {
    clearTimeout(this.timer);
    [this.front, this.back] = [this.back, this.front];
    this.measure();
    this.front.dataset.buffer = "front";
    this.back.dataset.buffer = "back";
    this.front.removeAttribute("aria-hidden");
    this.back.setAttribute("aria-hidden", "true");
    this.isLoading = false;
    if (this.waiting !== null) {
      const next = this.waiting;
      this.waiting = null;
      this.refresh(next);
    }
  }

  show(width) {
    this.stage.dataset.width = width;
    this.fit();
    this.measure();
  }

  fit() {
    const width = WIDTHS[this.stage.dataset.width] ?? WIDTHS.desktop;
    this.stage.style.setProperty("--preview-scale", String(Math.min(1, this.viewport.clientWidth / width)));
  }

  measure() {
    const height = this.front.contentDocument?.body?.scrollHeight;
    if (height) this.stage.style.setProperty("--preview-height", String(height));
  }
}
