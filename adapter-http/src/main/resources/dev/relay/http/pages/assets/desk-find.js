/**
 * The search, a page with an address of its own, and the command palette, a dialog; both used by keyboard alone. Loaded when one of them is first
 * opened; see desk-later.js.
 * @module desk-find
 */

import { FIND_TEXTS } from "./desk-find-texts.js";
import { conversationAddress, messageAddress, placeOf, searchAddress } from "./desk-routes.js";
import { byId, element } from "./dom.js";
import { Texts } from "./i18n.js";
import { prepareDialog } from "./menu.js";
import { render } from "./preact.js";
import { useLayoutEffect, useRef, useState } from "./preact-hooks.js";
import { plainName } from "./safe-text.js";
import { Icon, html } from "./ui.js";

/** Long enough that quick typing asks once, short enough not to be noticed. */
const PAUSE_MILLISECONDS = 200;
const MOST_ACTIONS = 12;
const LONGEST_QUERY = 500;

/**
 * An option of the list.
 *
 * @typedef {Object} Option
 * @property {string} key
 * @property {import("./preact.js").Content} shown
 * @property {function(): void} run
 * @property {string} [address] where it leads, if it leads somewhere
 * @property {boolean} [staysOpen]
 */

/**
 * How well typed text fits a label: all its letters in their order; the fewer gaps and the nearer to the beginning, the better.
 *
 * @param {string} label
 * @param {string} typed
 * @returns {number|null} lower is better; null if it does not fit
 */
function distance(label, typed) {
  const plain = (/** @type {string} */ text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const text = plain(label);
  let sum = 0;
  let at = -1;
  for (const letter of plain(typed).replace(/\s+/g, "")) {
    const next = text.indexOf(letter, at + 1);
    if (next < 0) {
      return null;
    }
    const isWordStart = next === 0 || text[next - 1] === " ";
    sum += next === at + 1 || isWordStart ? 0 : next - at;
    at = next;
  }
  return sum + text.length / 1000;
}

/** Goes to an address, also if the page is there already. */
function goTo(/** @type {string} */ address) {
  if (window.location.hash === address) {
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    window.location.hash = address;
  }
}

/**
 * A text with its places marked.
 *
 * @param {{match: {text: string, places: {from: number, to: number}[]}}} properties
 */
function Marked({ match }) {
  const parts = [];
  let at = 0;
  for (const { from, to } of match.places) {
    parts.push(match.text.slice(at, from), html`<mark>${match.text.slice(from, to)}</mark>`);
    at = to;
  }
  return html`<span class="find__text" dir="auto">${parts}${match.text.slice(at)}</span>`;
}

/**
 * What a hit looks like.
 *
 * @param {{hit: *, subject: string, texts: Texts}} properties
 */
function Hit({ hit, subject, texts }) {
  const customer = plainName(hit.customer?.displayName, texts.say("author.customer"));
  const shown = hit.matches.filter((/** @type {*} */ match) => !["number", "name"].includes(match.field));
  const head =
    subject === "messages"
      ? html`<span><strong dir="auto">${plainName(hit.author?.name, texts.say(`author.${hit.author?.role ?? "system"}`))}</strong>${
          hit.author?.role === "customer" ? "" : html`<span class="muted"> · <bdi>${customer}</bdi></span>`
        }</span>`
      : subject === "cases"
        ? html`<span><strong>#${hit.supportCase.number}</strong>${" "}<bdi>${hit.supportCase.subject}</bdi><span class="muted"> · <bdi>${customer}</bdi></span></span>`
        : html`<span><strong dir="auto">${customer}</strong><span class="muted"> · ${hit.customer.channel}</span></span>`;
  return html`<span class="find__head">${head}${hit.internal && html`<span class="badge badge--warning">${texts.say("search.internal")}</span>`}${
      hit.at && html`<span class="muted small">${texts.moment(hit.at)}</span>`
    }</span>
    ${shown
      .filter((/** @type {*} */ match) => subject !== "cases" || match.field !== "subject")
      .map(
        (/** @type {*} */ match) => html`<span class="find__match small"
          >${texts.has(`field.${match.field}`) && html`<span class="muted">${texts.say(`field.${match.field}`)}: </span>`}<${Marked} match=${match}
        /></span>`,
      )}`;
}

/** Where a hit leads. */
function addressOf(/** @type {*} */ hit, /** @type {string} */ subject) {
  if (subject === "cases") {
    return `#/cases/${hit.supportCase.number}`;
  }
  if (hit.conversationId === null) {
    return null;
  }
  const { tab } = placeOf(window.location.hash);
  return subject === "messages"
    ? messageAddress(tab, hit.conversationId, hit.entryId)
    : conversationAddress(tab, hit.conversationId, true);
}

/**
 * A field, and what is found by it.
 *
 * @param {Object} properties
 * @param {"search"|"palette"} properties.mode
 * @param {string} properties.given the words that the field begins with
 * @param {number} properties.opened another number whenever it is opened
 * @param {import("./api.js").Api} properties.api
 * @param {Texts} properties.texts
 * @param {import("./desk-actions.js").Action[]} properties.actions
 * @param {function(): void} properties.close
 * @param {function(string): void} properties.asked receives the words that are searched for
 */
function Find({ mode, given, opened, api, texts, actions, close, asked }) {
  const [query, setQuery] = useState(given);
  const [found, setFound] = useState(/** @type {{groups: *[], words: string, failed: boolean}} */ ({ groups: [], words: "", failed: false }));
  const [active, setActive] = useState(0);
  const list = useRef(/** @type {HTMLElement|null} */ (null));
  const input = useRef(/** @type {HTMLInputElement|null} */ (null));
  const words = query.trim();
  const isCurrent = found.words === words;

  useLayoutEffect(() => {
    setQuery(given);
    input.current?.focus();
    input.current?.select();
  }, [opened]);
  useLayoutEffect(() => {
    if (!words) {
      setFound({ groups: [], words: "", failed: false });
      asked("");
      return undefined;
    }
    let isOutdated = false;
    const only = mode === "palette" ? "&in=customers" : "";
    const timer = setTimeout(async () => {
      asked(words);
      try {
        const { groups } = await api.get(`search?q=${encodeURIComponent(words)}${only}`);
        if (!isOutdated) {
          setFound({ groups, words, failed: false });
        }
      } catch {
        if (!isOutdated) {
          setFound({ groups: [], words, failed: true });
        }
      }
    }, PAUSE_MILLISECONDS);
    return () => {
      isOutdated = true;
      clearTimeout(timer);
    };
  }, [words, mode]);
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const more = async (/** @type {*} */ group) => {
    try {
      const page = await api.get(`search?q=${encodeURIComponent(words)}&in=${group.in}&cursor=${group.next}`);
      const [next] = page.groups;
      const joined = { ...next, items: [...group.items, ...next.items] };
      setFound({ ...found, groups: found.groups.map((each) => (each.in === group.in ? joined : each)) });
    } catch {
      setFound({ ...found, failed: true });
    }
  };
  /** @type {{name: string, options: Option[]}[]} */
  const groups = [];
  if (mode === "palette") {
    const number = /^#?(\d{1,18})$/.exec(words)?.[1];
    const fitting = actions
      .map((action) => ({ action, far: distance(action.label, words) }))
      .filter(({ far }) => far !== null)
      .sort((one, other) => (words ? Number(one.far) - Number(other.far) : 0))
      .slice(0, words ? MOST_ACTIONS : actions.length);
    /** @type {Option[]} */
    const options = fitting.map(({ action }, place) => ({
      key: `action-${place}`,
      shown: html`<span class="find__head"><span>${action.label}</span>${action.keys && html`<kbd>${action.keys}</kbd>`}</span>`,
      run: action.run,
    }));
    if (number) {
      options.unshift({ key: "case", shown: texts.say("palette.go", { number }), run: () => goTo(`#/cases/${number}`) });
    }
    if (words) {
      options.push({ key: "search", shown: texts.say("palette.searchFor", { words }), run: () => goTo(searchAddress(words)) });
    }
    groups.push({ name: "actions", options });
  }
  for (const group of isCurrent ? found.groups : []) {
    const options = group.items
      .filter((/** @type {*} */ hit) => addressOf(hit, group.in) !== null)
      .map((/** @type {*} */ hit) => ({
        key: `${group.in}-${hit.id}`,
        shown: html`<${Hit} hit=${hit} subject=${group.in} texts=${texts} />`,
        address: String(addressOf(hit, group.in)),
        run: () => goTo(String(addressOf(hit, group.in))),
      }));
    if (group.next && mode === "search") {
      options.push({ key: `${group.in}-more`, shown: texts.say("search.more"), run: () => more(group), staysOpen: true });
    }
    groups.push({ name: group.in, options });
  }
  const filled = groups.filter((group) => group.options.length > 0);
  const options = filled.flatMap((group) => group.options);
  const chosen = Math.min(active, options.length - 1);
  const hits = isCurrent ? found.groups.reduce((sum, group) => sum + group.items.length, 0) : 0;

  const choose = (/** @type {Option|undefined} */ option) => {
    if (option?.staysOpen) {
      option.run();
    } else if (option) {
      if (mode === "palette") {
        // Closed first: the focus returns to the page, and the action can move it.
        close();
      }
      option.run();
    }
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive(options.length === 0 ? 0 : (chosen + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(options[chosen]);
    } else if (event.key === "Escape" && mode === "search") {
      close();
    }
  };
  /** A link of the page is opened in another tab as usual. */
  const pressedOn = (/** @type {Option} */ option) => (/** @type {MouseEvent} */ event) => {
    if (!event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      choose(option);
    }
  };
  const state = found.failed
    ? texts.say("search.failed")
    : words && mode === "search"
      ? !isCurrent
        ? texts.say("search.busy")
        : hits > 0
          ? texts.say("search.count", { count: hits })
          : texts.say("search.none")
      : "";
  const isIncomplete = isCurrent && found.groups.some((group) => group.notIndexed > 0);
  const isPage = mode === "search";
  // The palette can be open in front of the page of the search.
  const own = isPage ? "find" : "palette";
  return html`${
      isPage
        ? html`<h1>${texts.say("search.title")}</h1>`
        : html`<div class="dialog__head">
            <h2 id="palette-title">${texts.say("palette.title")}</h2>
            <button type="button" class="button button--quiet button--icon" aria-label=${texts.say("action.close")} onClick=${close}><${Icon} name="close" /></button>
          </div>`
    }
    <div class=${isPage ? "find__body find__body--page" : "dialog__body find__body"} role=${isPage ? "search" : null}>
      <input
        ref=${input}
        class="input"
        id=${`${own}-input`}
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        dir="auto"
        maxlength=${LONGEST_QUERY}
        aria-label=${texts.say(`${mode}.title`)}
        aria-autocomplete="list"
        aria-expanded=${String(options.length > 0)}
        aria-controls=${`${own}-list`}
        aria-activedescendant=${options[chosen] ? `${own}-${options[chosen].key}` : null}
        placeholder=${texts.say(`${mode}.hint`)}
        value=${query}
        onInput=${(/** @type {{target: HTMLInputElement}} */ event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
        onKeyDown=${press}
      />
      <p class="muted small" id=${`${own}-state`} role="status">${state}</p>
      ${isIncomplete && html`<p class="muted small">${texts.say("search.incomplete")}</p>`}
      <div class="find__list" id=${`${own}-list`} role="listbox" aria-label=${texts.say(`${mode}.title`)} ref=${list} hidden=${options.length === 0}>
        ${filled.map(
          (group) => html`<div key=${group.name} role="group" aria-labelledby=${`${own}-group-${group.name}`}>
            <div class="find__group small muted" id=${`${own}-group-${group.name}`} role="presentation">${texts.say(`group.${group.name}`)}</div>
            ${group.options.map(
              (option) => html`<${isPage && option.address ? "a" : "div"}
                key=${option.key}
                id=${`${own}-${option.key}`}
                class="find__option"
                role="option"
                href=${isPage && option.address ? option.address : null}
                tabindex=${isPage && option.address ? -1 : null}
                aria-selected=${String(option === options[chosen])}
                onClick=${pressedOn(option)}
              >
                ${option.shown}
              <//>`,
            )}
          </div>`,
        )}
      </div>
    </div>`;
}

const dialog = element("dialog", { class: "dialog find", id: "palette", "aria-labelledby": "palette-title" });
prepareDialog(dialog);
dialog.addEventListener("close", () => render(null, dialog));
document.body.append(dialog);

let opened = 0;

/**
 * Opens the palette.
 *
 * @param {Object} properties
 * @param {import("./api.js").Api} properties.api
 * @param {string} properties.language
 * @param {import("./desk-actions.js").Action[]} properties.actions
 */
export function openPalette({ api, language, actions }) {
  const texts = new Texts(FIND_TEXTS, language);
  // Shown first: closing it then returns the focus to where it was before.
  dialog.showModal();
  const close = () => dialog.close();
  render(html`<${Find} mode="palette" given="" opened=${++opened} api=${api} texts=${texts} actions=${actions} close=${close} asked=${() => {}} />`, dialog);
}

/**
 * Shows the page of the search. What is typed goes into its address, so that going back to it, reloading and links find the same.
 *
 * @param {Object} properties
 * @param {import("./api.js").Api} properties.api
 * @param {string} properties.language
 * @param {string} properties.words those of the address
 * @param {function(): void} properties.leave goes back to the place before the search
 */
export function showSearch({ api, language, words, leave }) {
  const texts = new Texts(FIND_TEXTS, language);
  const place = byId("search-page");
  const asked = (/** @type {string} */ now) => {
    if (place.checkVisibility() && now !== placeOf(window.location.hash).words.trim()) {
      window.history.replaceState(null, "", searchAddress(now));
    }
  };
  render(html`<${Find} mode="search" given=${words} opened=${++opened} api=${api} texts=${texts} actions=${[]} close=${leave} asked=${asked} />`, place);
}
