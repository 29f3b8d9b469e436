// Colours of the brand kit: pickers beside the fields, samples in their colours, an offer taken with one click.
// Whether a pair can be read is said by the server, which is asked as one types.

const HEX = /^#[0-9a-f]{6}$/i;

function paint(root) {
  for (const each of root.querySelectorAll("[data-ground]")) each.style.background = each.dataset.ground;
  for (const each of root.querySelectorAll("[data-ink]")) each.style.color = each.dataset.ink;
}

function derived(name) {
  const place = document.getElementById("derived");
  return place?.getAttribute(`data-${name.replace(/^dark_/, "")}`) ?? "";
}

/** A field that is empty shows what is derived for it. */
function show(field) {
  const picker = document.querySelector(`[data-picks="${field.name}"]`);
  if (!picker) return;
  const fallback = field.name.startsWith("dark_") ? derived(field.name) : "";
  if (fallback) field.placeholder = fallback;
  const colour = HEX.test(field.value) ? field.value : fallback;
  if (HEX.test(colour)) picker.value = colour;
  picker.classList.toggle("kit-colour__picker--derived", !field.value);
  for (const ground of document.querySelectorAll(`[data-ground-of="${field.name}"]`)) ground.style.background = colour;
}

const fields = [...document.querySelectorAll("[data-hex]")];

function showAll() {
  for (const field of fields) show(field);
}

function take(field, colour) {
  field.value = colour;
  show(field);
  field.dispatchEvent(new CustomEvent("kit:taken", { bubbles: true }));
}

for (const field of fields) field.addEventListener("input", () => show(field));

for (const picker of document.querySelectorAll("[data-picks]")) {
  picker.hidden = false;
  const field = fields.find((each) => each.name === picker.dataset.picks);
  picker.addEventListener("input", () => take(field, picker.value));
}

document.addEventListener("click", (event) => {
  const offer = event.target.closest("[data-take]");
  const field = offer && fields.find((each) => each.name === offer.dataset.take);
  if (field) take(field, offer.dataset.colour);
});

document.addEventListener("htmx:afterSwap", () => {
  paint(document);
  showAll();
});

paint(document);
showAll();
