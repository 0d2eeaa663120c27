/**
 * Measures the pages in a real browser against the runnable jar: loads, a long transcript, scrolling, a long list, many tabs.
 * Prints the rows of the table in docs/performance.md. Usage: node measure.mjs [parts] [messages] [rows]; parts
 * are names of PARTS with commas in between, or `all`.
 * @module measure
 */

import { writeFileSync } from "node:fs";
import { Customer, Relay, browse, forEachOf, machine, signIn } from "./relay.mjs";

const MESSAGES = Number(process.argv[3] ?? 5000);
const ROWS = Number(process.argv[4] ?? 1000);
const ROUNDS = 5;
const EVENTS = 50;
const TABS = 20;
/** Profiles and traces of the scrolling and of the events are written to this folder if the variable names one. */
const PROFILES = process.env.PROFILES ?? null;

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const row = (what, figure, goal = "") => console.log(`| ${what} | ${figure} | ${goal} |`);

/** Notes when the wanted element is first on the screen. */
async function noteWhenShown(page, css) {
  await page.evaluateOnNewDocument((wanted) => {
    const look = () => {
      if (document.querySelector(wanted)) {
        requestAnimationFrame(() => setTimeout(() => (window.relayShown = performance.now())));
      } else {
        requestAnimationFrame(look);
      }
    };
    requestAnimationFrame(look);
  }, css);
}

async function shownAfter(page) {
  await page.waitForFunction(() => window.relayShown, { timeout: 120_000 });
  return page.evaluate(() => window.relayShown);
}

const elements = (page) => page.evaluate(() => document.querySelectorAll("*").length);

async function load(name, page, ready) {
  const transfer = async () => {
    await page.waitForFunction(ready);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return page.evaluate(() => {
      const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
      const sum = (some) => some.reduce((total, one) => total + one.transferSize, 0);
      return { requests: all.length, bytes: sum(all), files: sum(all.filter((one) => !one.name.includes("/api/"))) };
    });
  };
  const session = await page.createCDPSession();
  await session.send("Network.clearBrowserCache");
  await page.reload();
  const first = await transfer();
  await page.reload();
  const second = await transfer();
  row(`${name}, first load`, `${first.requests} requests, ${(first.bytes / 1000).toFixed(1)} KB`, "≤ 12, ≤ 90 KB");
  row(`${name}, second load, files of the page`, `${(second.files / 1000).toFixed(1)} KB`, "≤ 3 KB");
}

/** Scrolls a part up with the wheel and back, and measures the frames meanwhile. */
async function scroll(name, page, css) {
  const session = await page.createCDPSession();
  const box = await page.$eval(css, (part) => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  });
  await page.evaluate(() => {
    const times = [];
    window.relayFrames = times;
    const note = (time) => {
      times.push(time);
      window.relayRaf = requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  const time = await processorTime(session, `scroll-${name}`, () =>
    profiled(session, `scroll-${name}`, async () => {
      for (const distance of [6000, -6000]) {
        await session.send("Input.synthesizeScrollGesture", { ...box, yDistance: distance, speed: 2000, gestureSourceType: "mouse" });
      }
    }),
  );
  const times = await page.evaluate(() => {
    cancelAnimationFrame(window.relayRaf);
    return window.relayFrames;
  });
  const gaps = times.slice(1).map((time, index) => time - times[index]);
  const sorted = gaps.toSorted((a, b) => a - b);
  const fps = (1000 * gaps.length) / (times.at(-1) - times[0]);
  row(
    `${name}, frames while scrolling`,
    `${fps.toFixed(0)} fps; median ${median(gaps).toFixed(1)} ms, p95 ${sorted[Math.floor(sorted.length * 0.95)].toFixed(1)} ms, longest ${sorted.at(-1).toFixed(0)} ms`,
    "60 fps",
  );
  row(`${name}, processor time for each frame while scrolling`, `${(time.all / times.length).toFixed(1)} ms`, "≤ 16.7 ms");
}

const fileName = (name) => name.replace(/\W+/g, "-");

async function profiled(session, name, task) {
  if (PROFILES) {
    await session.send("Profiler.enable");
    await session.send("Profiler.setSamplingInterval", { interval: 200 });
    await session.send("Profiler.start");
  }
  await task();
  if (PROFILES) {
    const { profile } = await session.send("Profiler.stop");
    writeFileSync(`${PROFILES}/${fileName(name)}.cpuprofile`, JSON.stringify(profile));
  }
}

/** The name of a task in a trace of Chromium. */
const TASK = "ThreadControllerImpl::RunTask";

/**
 * Measures the processor time of the page's main thread from a trace, which unlike the clock does not depend on what else the machine does:
 * of all its tasks, and of the parts of drawing, in milliseconds.
 */
async function processorTime(session, name, task) {
  const events = [];
  const take = ({ value }) => events.push(...value);
  session.on("Tracing.dataCollected", take);
  const includedCategories = ["toplevel", "devtools.timeline"];
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });
  await task();
  const isComplete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await isComplete;
  session.off("Tracing.dataCollected", take);
  if (PROFILES) {
    writeFileSync(`${PROFILES}/${fileName(name)}.trace.json`, JSON.stringify(events));
  }
  const sum = ({ pid, tid }, ...names) => {
    const some = events.filter((one) => one.pid === pid && one.tid === tid && one.tdur !== undefined && names.includes(one.name));
    let [total, end] = [0, 0];
    for (const one of some.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
      // What is within another one is counted with it.
      if (one.ts >= end) {
        total += one.tdur;
        end = one.ts + one.dur;
      }
    }
    return total / 1000;
  };
  const threads = events.filter((one) => one.name === "thread_name" && one.args.name === "CrRendererMain");
  const main = threads.toSorted((one, other) => sum(other, TASK) - sum(one, TASK))[0];
  const all = sum(main, TASK);
  if (all === 0) {
    throw new Error(`the trace has no ${TASK} with a thread time`);
  }
  return {
    all,
    script: sum(main, "FireAnimationFrame", "FunctionCall", "TimerFire", "RunMicrotasks"),
    style: sum(main, "UpdateLayoutTree", "Layout"),
    paint: sum(main, "PrePaint", "Paint", "Layerize", "Commit"),
  };
}

/** Measures the processor time of the page's main thread for each of some events that arrive one after the other. */
async function perEvent(name, page, goal, event, arrived, eventsEach = 1) {
  const session = await page.createCDPSession();
  const time = await processorTime(session, name, () =>
    profiled(session, name, async () => {
      for (let number = 1; number <= EVENTS; number++) {
        await event(number);
        // Events of one moment would be drawn together: each has its own time.
        await new Promise((resolve) => setTimeout(resolve, 60));
      }
      await page.waitForFunction(arrived.check, {}, arrived.value);
    }),
  );
  const each = (part) => (time[part] / EVENTS / eventsEach).toFixed(1);
  row(`${name}, processor time`, `${each("all")} ms (script ${each("script")}, style and layout ${each("style")}, paint ${each("paint")})`, goal);
}

async function loads(browser, relay) {
  const chat = await (await browser.createBrowserContext()).newPage();
  await chat.goto(`${relay.address}/chat`);
  await load("chat", chat, () => document.querySelector("#welcome")?.innerText.length > 0);
  await chat.close();
  const desk = await agentsPage(browser, relay);
  await load("desk", desk, () => document.querySelector("#list-rest")?.innerText.length > 0);
  await desk.close();
}

/** A desk that somebody has just signed in to. */
async function agentsPage(browser, relay) {
  const desk = await (await browser.createBrowserContext()).newPage();
  await desk.setViewport({ width: 1440, height: 900 });
  await signIn(desk, relay, "ada");
  return desk;
}

/** The customer who has written more than anybody else; made once. */
async function talker(relay) {
  talker.made ??= (async () => {
    const mara = await Customer.open(relay, "Mara Lindqvist");
    await mara.ask("I cannot log in");
    await forEachOf(MESSAGES, (number) => mara.say(`Message ${number}: the lantern does not light, whatever I try with it`));
    return mara;
  })();
  return talker.made;
}

const INCLUDES = (text) => document.querySelector("#messages").innerText.includes(text);

async function chat(browser, relay) {
  const mara = await talker(relay);
  const page = await (await browser.createBrowserContext()).newPage();
  await page.goto(`${relay.address}/chat`);
  await page.evaluate((token) => localStorage.setItem("relay.chat.token", token), mara.token);
  await noteWhenShown(page, "#messages .message:nth-of-type(20)");
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    await page.reload();
    times.push(await shownAfter(page));
  }
  row(`chat with ${MESSAGES} messages, shown after (median of ${ROUNDS})`, `${Math.round(median(times))} ms`, "≤ 1,000 ms");
  await scroll("chat", page, "#scroll");
  row("chat, elements", await elements(page), "≤ 2,000");
  await page.evaluate(() => document.querySelector("#jump").click());
  const event = (number) => mara.say(`Late ${number}`);
  await perEvent("chat, each message that arrives", page, "", event, { check: INCLUDES, value: `Late ${EVENTS}` });
  await page.close();
}

async function list(browser, relay) {
  await forEachOf(ROWS, async (number) => (await Customer.open(relay, `Customer ${number}`)).ask("My order has not come"));
  const desk = await agentsPage(browser, relay);
  await noteWhenShown(desk, "#conversations .conversation-row");
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    await desk.reload();
    times.push(await shownAfter(desk));
  }
  row(`desk with ${ROWS} rows, shown after (median of ${ROUNDS})`, `${Math.round(median(times))} ms`);
  const readAll = () =>
    desk.waitForFunction(
      (rows) => {
        document.querySelector("#list").scrollTop = 1e9;
        return document.querySelector("#conversations li")?.getAttribute("aria-setsize") >= rows;
      },
      { timeout: 120_000 },
      ROWS,
    );
  await readAll();
  await scroll("desk, list", desk, "#list");
  await readAll();
  row("desk with the list at its end, elements", await elements(desk), "≤ 2,000");
  const waiting = await desk.$eval("#count-waiting", (count) => Number(count.textContent));
  await perEvent(
    `desk with ${ROWS} rows, each of the about four events of a new customer`,
    desk,
    "≤ 8 ms",
    async (number) => (await Customer.open(relay, `Later ${number}`)).ask("And mine?"),
    { check: (count) => document.querySelector("#count-waiting").textContent === count, value: String(waiting + EVENTS) },
    4,
  );
  const last = await Customer.open(relay, "Zoe");
  await last.ask("The last of all");
  const isShown = (text) => {
    document.querySelector("#list").scrollTop = 1e9;
    return document.querySelector("#conversations").innerText.includes(text);
  };
  await perEvent(
    `desk with ${ROWS} rows, each message of a waiting customer`,
    desk,
    "≤ 8 ms",
    (number) => last.say(`Are you there? ${number}`),
    { check: isShown, value: `Are you there? ${EVENTS}` },
  );
  await desk.close();
}

async function desk(browser, relay) {
  const mara = await talker(relay);
  const page = await agentsPage(browser, relay);
  await page.waitForSelector("#conversations .conversation-row");
  await page.evaluate(() => (document.querySelector("#list").scrollTop = 0));
  const id = await page.evaluate(() => {
    const row = [...document.querySelectorAll("#conversations .conversation-row")].find((one) => one.innerText.includes("Mara"));
    return row.dataset.conversation;
  });
  const opened = Date.now();
  await page.click(`[data-conversation="${id}"]`);
  await page.waitForFunction(() => document.querySelectorAll("#messages .message").length > 20);
  row(`desk, conversation with ${MESSAGES} messages opened after`, `${Date.now() - opened} ms`, "≤ 1,000 ms");
  await scroll("desk, transcript", page, "#scroll");
  row("desk with list and transcript, elements", await elements(page), "≤ 2,000");
  await page.evaluate(() => document.querySelector("#jump").click());
  const event = (number) => mara.say(`Later ${number}`);
  await perEvent("desk with list and transcript, each message of the open conversation", page, "≤ 8 ms", event, {
    check: INCLUDES,
    value: `Later ${EVENTS}`,
  });
  await page.close();
}

async function tabs(browser, relay) {
  const context = await browser.createBrowserContext();
  const customer = await Customer.open(relay, "Tess Okafor");
  await customer.ask("How many tabs are too many?");
  const opened = [];
  for (let number = 1; number <= TABS; number++) {
    const tab = await context.newPage();
    await tab.goto(`${relay.address}/chat`);
    await tab.evaluate((token) => localStorage.setItem("relay.chat.token", token), customer.token);
    await tab.reload();
    await tab.waitForSelector("#messages .message");
    opened.push(tab);
  }
  await customer.say("Who can read this?");
  let streams = 0;
  for (const tab of opened) {
    await tab.bringToFront();
    await tab.waitForFunction(INCLUDES, {}, "Who can read this?");
    streams += await tab.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.name.includes("/events")).length);
  }
  row(`${TABS} tabs, streams that the tabs themselves opened`, String(streams), "0: one in the shared worker");
  await context.close();
}

const PARTS = { loads, chat, desk, list, tabs };
const wanted = (process.argv[2] ?? "all") === "all" ? Object.keys(PARTS) : process.argv[2].split(",");

const relay = await Relay.start();
const browser = await browse();
try {
  console.log(`${machine()}, ${await browser.version()}; ${MESSAGES} messages, ${ROWS} rows\n\n| what | figure | goal |\n|---|---|---|`);
  relay.addAgent("ada", "Ada Lovelace");
  for (const part of wanted) {
    await PARTS[part](browser, relay);
  }
  console.log(`\nAt the end: ${machine()}`);
} finally {
  await browser.close();
  await relay.stop();
}
