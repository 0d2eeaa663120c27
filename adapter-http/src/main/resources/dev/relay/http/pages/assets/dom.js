/**
 * Building blocks of the page: elements, icons, announcements. Every text enters the page as text, never as markup.
 * @module dom
 */

const SVG = "http://www.w3.org/2000/svg";
/** Long enough to read a sentence twice. */
const TOAST_MILLISECONDS = 5000;
const MOST_TOASTS = 3;

/**
 * Makes an element.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag its name
 * @param {Object<string, *>} [attributes] attributes by their names; `text` sets the text, `on` maps event names to
 *     listeners, `data` maps names to data attributes; null, undefined and false leave an attribute out, true sets it empty
 * @param {...(Node|string|null|undefined|false)} children what it holds; strings become text nodes
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name === "text") {
      made.textContent = value;
    } else if (name === "on") {
      Object.entries(value).forEach(([event, listener]) => made.addEventListener(event, listener));
    } else if (name === "data") {
      Object.assign(made.dataset, value);
    } else {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/**
 * An icon of the sprite, which the server inserts into the page. Decoration only: what it means is said in words beside it or in the label of its button.
 *
 * @param {string} name the symbol's id in icons.svg
 * @returns {SVGElement}
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("focusable", "false");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/**
 * A picture that only decorates; something else takes its place if it cannot be shown.
 *
 * @param {string} address
 * @param {Node|string} instead
 * @returns {HTMLImageElement}
 */
export function picture(address, instead) {
  const image = element("img", { class: "portrait", src: address, alt: "", on: { error: () => image.replaceWith(instead) } });
  return image;
}

/**
 * A button.
 *
 * @param {Object} options
 * @param {string} [options.label] its words; with `iconOnly` they are read by screen readers and shown as a tooltip
 * @param {string} [options.icon] an icon before the words
 * @param {boolean} [options.iconOnly] whether only the icon is seen
 * @param {string} [options.kind] `primary`, `secondary`, `quiet` or `danger`
 * @param {function(MouseEvent): void} [options.press] what it does
 * @param {Object<string, *>} [options.attributes] further attributes
 * @returns {HTMLButtonElement}
 */
export function button({ label, icon: name, iconOnly = false, kind = "secondary", press, attributes = {} }) {
  return element(
    "button",
    {
      type: "button",
      class: `button button--${kind}${iconOnly ? " button--icon" : ""}`,
      "aria-label": iconOnly ? label : null,
      title: iconOnly ? label : null,
      on: press ? { click: press } : {},
      ...attributes,
    },
    name && icon(name),
    !iconOnly && label && element("span", { text: label }),
  );
}

/**
 * The element of that id.
 *
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id an id that the page's HTML holds
 * @param {{new(): T}} [type] the class of the element, if more than an element is needed
 * @returns {T}
 */
export function byId(id, type) {
  const found = document.getElementById(id);
  if (!found || (type && !(found instanceof type))) {
    throw new Error(`The page has no ${type ? type.name : "element"} #${id}`);
  }
  return /** @type {T} */ (found);
}

/**
 * Shows or hides an element, for everybody.
 *
 * @param {HTMLElement} target
 * @param {boolean} visible
 */
export function show(target, visible) {
  // Even the value that it has already makes the browser compute styles anew.
  if (target.hidden === visible) {
    target.hidden = !visible;
  }
}

/**
 * Sets a text only if it differs, so that screen readers do not read it twice.
 *
 * @param {HTMLElement} target
 * @param {string} text
 */
export function setText(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}

/**
 * A line that appears for a while at the page's edge and is read out. The page's HTML holds its place, `#toasts`.
 *
 * @param {string} text the text to show
 * @param {"info"|"success"|"danger"} [kind] the kind of message; errors stay until they are dismissed
 * @param {string} [dismissLabel] the label of the button that dismisses it
 */
export function toast(text, kind = "info", dismissLabel = "OK") {
  const names = { info: "info", success: "check", danger: "alert" };
  const toasts = byId("toasts");
  [...toasts.children].filter((other) => other.getAttribute("data-words") === text).forEach((other) => other.remove());
  const box = element("div", { class: `toast toast--${kind}`, data: { words: text } }, icon(names[kind]), element("p", { text }));
  const remove = () => box.remove();
  box.append(button({ label: dismissLabel, icon: "close", iconOnly: true, kind: "quiet", press: remove }));
  toasts.append(box);
  while (toasts.childElementCount > MOST_TOASTS) {
    toasts.firstElementChild?.remove();
  }
  if (kind !== "danger") {
    setTimeout(remove, TOAST_MILLISECONDS);
  }
}

/**
 * Lets an area of text grow with what is in it, up to the height its style allows.
 *
 * @param {HTMLTextAreaElement} area
 * @returns {function(): void} fits it anew, for an area that was hidden
 */
export function growWithText(area) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
  };
  area.addEventListener("input", fit);
  requestAnimationFrame(fit);
  return fit;
}
