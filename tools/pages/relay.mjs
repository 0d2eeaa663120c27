/**
 * A running Relay with an agent and customers, and the browser, for the scripts in this folder.
 * @module relay
 */

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import puppeteer from "puppeteer-core";

export const PASSWORD = "correct horse battery";
const JAR = process.env.RELAY_JAR ?? new URL("../../app/target/relay.jar", import.meta.url).pathname;
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
/** How many requests are sent at once while customers are made. */
const AT_ONCE = 8;

/** The browser's program: the variable CHROMIUM, or the first of the usual places. */
export const CHROMIUM = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));

/** A Relay from the runnable jar with an empty database, on a free port. */
export class Relay {
  #process;
  #folder;

  /** Starts it and waits until it is ready. */
  static async start(settings = {}) {
    const relay = new Relay();
    relay.#folder = mkdtempSync(join(tmpdir(), "relay-pages-"));
    relay.environment = {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("RELAY_"))),
      RELAY_HTTP_PORT: "0",
      RELAY_DATA_DIR: join(relay.#folder, "data"),
      RELAY_BOT_PAUSE: "0s",
      RELAY_LIMITS_MESSAGES_AT_ONCE: "1000000",
      RELAY_LIMITS_CHAT_SESSIONS_PER_ADDRESS: "100000",
      RELAY_LIMITS_TEXT_MEGABYTES_PER_ADDRESS: "1000",
      ...settings,
    };
    relay.#process = spawn("java", ["-jar", JAR, "serve"], { env: relay.environment });
    relay.address = await new Promise((resolve, reject) => {
      let printed = "";
      const read = (data) => {
        printed += data;
        const found = /Relay is ready at (http:\/\/\S+)/.exec(printed);
        if (found) {
          resolve(found[1]);
        }
      };
      relay.#process.stdout.on("data", read);
      relay.#process.stderr.on("data", read);
      relay.#process.on("exit", () => reject(new Error(`Relay has ended: ${printed}`)));
    });
    return relay;
  }

  /** Adds an agent, as operators do. */
  addAgent(username, displayName, ...options) {
    execFileSync("java", ["-jar", JAR, "agents", "add", username, "--display-name", displayName, ...options], {
      env: this.environment,
      input: `${PASSWORD}\n`,
    });
  }

  /** Stops it and deletes its data. */
  async stop() {
    const ended = new Promise((resolve) => this.#process.on("exit", resolve));
    this.#process.kill();
    await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A customer of the web chat without a browser. */
export class Customer {
  static async open(relay, displayName, locale = "en") {
    const customer = new Customer();
    customer.relay = relay;
    customer.token = "";
    customer.token = (await customer.#post("sessions", { displayName, locale })).token;
    return customer;
  }

  say(text) {
    return this.#post("messages", { text, clientMessageId: randomUUID() });
  }

  press(action) {
    return this.#post("actions", { action, clientMessageId: randomUUID() });
  }

  /** Asks a question and then for a person. */
  async ask(question) {
    await this.say(question);
    await this.press("talk_to_person");
  }

  async #post(path, body) {
    const answer = await fetch(`${this.relay.address}/api/v1/chat/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.token}` },
      body: JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    }
    return answer.status === 204 ? null : answer.json();
  }
}

/** An agent without a browser, who calls the interface. */
export class Agent {
  static async signIn(relay, username) {
    const agent = new Agent();
    const answer = await fetch(`${relay.address}/api/v1/agents/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ username, password: PASSWORD }),
    });
    agent.relay = relay;
    agent.headers = {
      "Content-Type": "application/json",
      Cookie: answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; "),
      "X-CSRF-Token": (await answer.json()).csrfToken,
    };
    return agent;
  }

  async call(method, path, body) {
    const answer = await fetch(`${this.relay.address}/api/v1/${path}`, {
      method,
      headers: this.headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    }
    const text = await answer.text();
    return text === "" ? null : JSON.parse(text);
  }

  say(conversation, text) {
    return this.call("POST", `conversations/${conversation}/messages`, { text, clientMessageId: randomUUID() });
  }

  whisper(conversation, text) {
    return this.call("POST", `conversations/${conversation}/whispers`, { text, clientMessageId: randomUUID() });
  }
}

/** Runs a task for each number from 1 to count, a few at a time. */
export async function forEachOf(count, task) {
  let next = 1;
  const work = async () => {
    while (next <= count) {
      await task(next++);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

/** Starts a browser without a window. */
export function browse(options = {}) {
  return puppeteer.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-extensions"],
    ...options,
  });
}

/** Signs an agent in. */
export async function signIn(page, relay, username) {
  await page.goto(`${relay.address}/desk`);
  await page.waitForSelector("#username", { visible: true });
  await page.type("#username", username);
  await page.type("#password", PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForSelector("#desk", { visible: true });
}

/** Describes the machine, without which no figure means anything. */
export function machine() {
  return `${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg().map((one) => one.toFixed(1)).join(" ")}, Node ${process.version}`;
}
