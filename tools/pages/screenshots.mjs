/**
 * Takes the pictures of the documentation: a small support team at work. Usage: node screenshots.mjs [folder]
 * @module screenshots
 */

import { fileURLToPath } from "node:url";
import { Agent, Customer, Relay, browse, signIn } from "./relay.mjs";

const FOLDER = process.argv[2] ?? fileURLToPath(new URL("../../docs/images", import.meta.url));
const DESK = { width: 1440, height: 900 };
const CHAT = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const WAITING = [
  ["jorge_92", "How do I move my account to another e-mail address?"],
  ["Tess Okafor", "My guild's banner disappeared after the update"],
  ["Priya N.", "The shop charged me twice for the lantern pack"],
  ["Anders Holm", "I am stuck behind the bridge in the third chapter and cannot get back"],
  ["Wei", "Can I play with a friend on another console?"],
  ["Camille Durand", "The game closes as soon as I open the map"],
  ["noor", "Somebody uses my name in the chat"],
  ["Tomás Ferreira", "When does the winter event begin?"],
];

const until = (page, check, value) => page.waitForFunction(check, { timeout: 60_000 }, value);
const isShown = (css) => document.querySelector(css)?.checkVisibility() ?? false;
const says = ([css, text]) => [...document.querySelectorAll(css)].some((one) => one.innerText.includes(text));

const isQuiet = () =>
  document.readyState === "complete" &&
  document.querySelector("#messages .message, #conversations .conversation-row, #case-detail-subject") !== null &&
  ![...document.querySelectorAll(".loading, #conversation-loading")].some((one) => one.checkVisibility());

/** Stores a picture once letters and layout have settled. */
async function take(page, name, viewport, isDark = false) {
  await page.setViewport(viewport);
  await page.emulateMediaFeatures([
    { name: "prefers-color-scheme", value: isDark ? "dark" : "light" },
    { name: "prefers-reduced-motion", value: "reduce" },
  ]);
  // Puppeteer loads the page again when it becomes a phone.
  await until(page, isQuiet);
  await page.evaluate(() => document.querySelectorAll(".toast").forEach((toast) => toast.remove()));
  await new Promise((resolve) => setTimeout(resolve, 800));
  await page.screenshot({ path: `${FOLDER}/${name}.png` });
  console.log(name);
}

async function openChat(browser, relay, customer) {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.setViewport(CHAT);
  await page.goto(`${relay.address}/chat`);
  await page.evaluate((token) => localStorage.setItem("relay.chat.token", token), customer.token);
  await page.reload();
  await until(page, isShown, "#messages .message");
  return page;
}

const relay = await Relay.start();
const browser = await browse();
try {
  relay.addAgent("ada", "Ada Lovelace");
  relay.addAgent("bob", "Bob Ross", "--role", "supervisor");
  const [ada, bob] = await Promise.all(["ada", "bob"].map((name) => Agent.signIn(relay, name)));

  const mara = await Customer.open(relay, "Mara Lindqvist");
  await mara.say("I cannot log in to my account any more");
  const chat = await openChat(browser, relay, mara);
  await until(chat, isShown, "#messages .article");
  await take(chat, "chat-answer", CHAT);
  await take(chat, "chat-dark", CHAT, true);
  await mara.press("talk_to_person");
  const find = async () => (await ada.call("GET", "conversations?state=waiting")).items.find(({ customer }) => customer.displayName === "Mara Lindqvist");
  let conversation;
  while (!(conversation = await find())) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  for (const [name, question] of WAITING) {
    await (await Customer.open(relay, name)).ask(question);
  }
  const { id } = conversation;
  await ada.call("POST", `conversations/${id}/accept`, {});
  await ada.say(id, "Hello Mara, I am looking into it. What do you see after you log in?");
  await mara.say("Only a grey page with the logo. It began after I changed my e-mail address yesterday.");
  await bob.call("POST", `conversations/${id}/join`, {});
  await bob.whisper(id, "The new address was never confirmed. You can send the link again from the account page.");
  await ada.say(id, "Thank you. Your new address was not confirmed yet, so I have sent you the link again. Does it work now?");
  await mara.say("Wonderful, I am in again. Thank you!");
  await until(chat, says, ["#messages", "I am in again"]);
  await take(chat, "chat-live", CHAT);
  await take(chat, "phone-chat-live", PHONE);

  const desk = await (await browser.createBrowserContext()).newPage();
  await desk.setViewport(DESK);
  await signIn(desk, relay, "ada");
  await until(desk, says, ["#conversations", "Tomás Ferreira"]);
  await take(desk, "desk-waiting", DESK);
  await desk.evaluate((open) => (location.hash = `#/conversations/mine/${open}`), id);
  await until(desk, says, ["#messages", "I am in again"]);
  await until(desk, isShown, "#conversation-case .case-head");
  await take(desk, "desk-live", DESK);
  await take(desk, "desk-dark", DESK, true);
  await take(desk, "phone-desk-live", PHONE);
  const { caseNumber } = await ada.call("GET", `conversations/${id}`);
  await ada.call("POST", `cases/${caseNumber}/notes`, { text: "The link expires after a day; ask again tomorrow whether it worked." });
  const { version } = await ada.call("GET", `cases/${caseNumber}`);
  await ada.call("PATCH", `cases/${caseNumber}`, { priority: "HIGH", tags: ["log-in", "e-mail"], assignee: "ada", version });
  await desk.setViewport(DESK);
  await desk.evaluate((number) => (location.hash = `#/cases/${number}`), caseNumber);
  await until(desk, isShown, "#case-detail-subject");
  await take(desk, "desk-case", DESK);
} finally {
  await browser.close();
  await relay.stop();
}
