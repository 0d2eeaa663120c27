/**
 * Runs Lighthouse for phones over the chat and the desk (a list of customers, signed in, and its login page), and prints its scores.
 * Usage: node lighthouse.mjs [folder for reports]
 * @module lighthouse
 */

import { writeFileSync } from "node:fs";
import lighthouse from "lighthouse";
import { Customer, Relay, browse, forEachOf, machine, signIn } from "./relay.mjs";

const ROUNDS = 3;
const CUSTOMERS = 30;
const REPORTS = process.argv[2] ?? null;
const CATEGORIES = ["performance", "accessibility", "best-practices"];

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Measures an address several times; the median of each score is its result. */
async function measure(name, page, address) {
  const results = [];
  for (let round = 0; round < ROUNDS; round++) {
    // Cookies and stored data are kept, because a desk without them is its login page; the cache is emptied all the same.
    const options = { onlyCategories: CATEGORIES, disableStorageReset: true, output: "html", logLevel: "error" };
    await (await page.createCDPSession()).send("Network.clearBrowserCache");
    results.push(await lighthouse(address, options, undefined, page));
  }
  const score = (category) => median(results.map(({ lhr }) => Math.round(lhr.categories[category].score * 100)));
  const audit = (id) => median(results.map(({ lhr }) => lhr.audits[id].numericValue));
  const seconds = (id) => `${(audit(id) / 1000).toFixed(1)} s`;
  console.log(
    `| ${name} | ${CATEGORIES.map(score).join(" | ")} | ${seconds("first-contentful-paint")} | ${seconds("largest-contentful-paint")} | ${Math.round(audit("total-blocking-time"))} ms | ${audit("cumulative-layout-shift").toFixed(3)} |`,
  );
  const { lhr, report } = results.at(-1);
  const failed = Object.values(lhr.audits).filter(({ score: one, scoreDisplayMode }) => one !== null && one < 0.9 && scoreDisplayMode === "binary");
  failed.forEach(({ id, title }) => console.error(`${name}: ${id}: ${title}`));
  if (REPORTS) {
    writeFileSync(`${REPORTS}/${name.replace(/\W+/g, "-")}.html`, report);
  }
}

const relay = await Relay.start();
const browser = await browse();
try {
  relay.addAgent("ada", "Ada Lovelace");
  const mara = await Customer.open(relay, "Mara Lindqvist");
  await mara.ask("I cannot log in");
  await forEachOf(CUSTOMERS, async (number) => (await Customer.open(relay, `Customer ${number}`)).ask("My order has not come"));
  console.log(`${machine()}, ${await browser.version()}, median of ${ROUNDS}\n`);
  console.log("| page | performance | accessibility | best practices | first paint | largest paint | blocking | shift |\n|---|---|---|---|---|---|---|---|");
  const page = await browser.newPage();
  await measure("chat, new customer", page, `${relay.address}/chat`);
  await page.goto(`${relay.address}/chat`);
  await page.evaluate((token) => localStorage.setItem("relay.chat.token", token), mara.token);
  await measure("chat, conversation", page, `${relay.address}/chat`);
  await measure("desk, signing in", page, `${relay.address}/desk`);
  await signIn(page, relay, "ada");
  await measure("desk, list", page, `${relay.address}/desk`);
  console.log(`\nAt the end: ${machine()}`);
} finally {
  await browser.close();
  await relay.stop();
}
