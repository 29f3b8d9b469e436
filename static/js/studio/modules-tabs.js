// The parts of a module behind tabs (WAI-ARIA, tabs with automatic activation). Without this script they stand below
// each other, and the same links lead to them.

export class Tabs {
  constructor(form) {
    this.tabs = [...form.querySelectorAll("[data-tab]")];
    this.panels = new Map([...form.querySelectorAll("[data-panel]")].map((panel) => [panel.dataset.panel, panel]));
    this.prepare(form.querySelector("[data-tabs]"));
    this.choose(this.names.find((name) => location.hash === `#panel-${name}`) ?? this.names[0]);
  }

  get names() {
    return this.tabs.map((tab) => tab.dataset.tab);
  }

  prepare(list) {
    list.setAttribute("role", "tablist");
    for (const tab of this.tabs) {
      const panel = this.panels.get(tab.dataset.tab);
      tab.id = `tab-${tab.dataset.tab}`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.removeAttribute("aria-label");
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        this.choose(tab.dataset.tab);
      });
      tab.addEventListener("keydown", (event) => this.move(event, tab));
    }
  }

  move(event, tab) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === " ") event.preventDefault();
    if (!step) return;
    event.preventDefault();
    const at = (this.tabs.indexOf(tab) + step + this.tabs.length) % this.tabs.length;
    this.choose(this.tabs[at].dataset.tab);
    this.tabs[at].focus();
  }

  choose(name) {
    for (const tab of this.tabs) {
      const isChosen = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
      this.panels.get(tab.dataset.tab).hidden = !isChosen;
    }
  }

  /** How many problems a part has, beside its name. */
  count(name, number) {
    const mark = this.tabs.find((tab) => tab.dataset.tab === name).querySelector("[data-count]");
    mark.textContent = number || "";
  }
}
