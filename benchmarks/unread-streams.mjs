// Attacks a jar with event streams that nobody reads, and reports what the server does meanwhile and afterwards.
//
//   node benchmarks/unread-streams.mjs relay.jar [sessions] [streams per session] [options of java...]
//
// By default 110 chat sessions with 26 messages of 16,000 characters of three bytes each, and 8 unread streams per session: 880 streams
// at -Xmx512m. Each session has an address of its own in 127.0.0.0/8 (Linux only), as the limits per address would refuse most of them otherwise.
// Exits with 1 if a probe fails: /livez and /readyz, a customer who reads, the log, the sockets after the attack, the stop.
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, openSync } from "node:fs";
import { request } from "node:http";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [jar, sessions = "110", perSession = "8", ...javaOptions] = process.argv.slice(2);
if (!jar) {
  console.error("usage: node benchmarks/unread-streams.mjs relay.jar [sessions] [streams per session] [options of java...]");
  process.exit(2);
}
const options = javaOptions.length > 0 ? javaOptions : ["-Xmx512m"];
const MESSAGES = 26;
const TEXT = "\u6f22".repeat(16_000);
const faults = [];
const folder = mkdtempSync(join(tmpdir(), "relay-streams-"));
const port = await freePort();
const log = join(folder, "log");
const out = openSync(log, "w");
const relay = spawn("java", [...options, "-jar", jar, "--set", `http.port=${port}`, "--set", `dataDir=${join(folder, "data")}`], {
  cwd: folder,
  env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("RELAY_"))),
  stdio: ["ignore", out, out],
});
const ended = new Promise((resolve) => relay.on("exit", (code, signal) => resolve(code ?? signal)));

try {
  await until("the server is ready", async () => (await call("GET", "/readyz", {})).status === 200, 120);
  const open = [];
  for (let i = 0; i < Number(sessions); i++) {
    open.push(await session(`127.1.${1 + (i >> 7)}.${1 + (i & 127)}`));
  }
  // With an agent asked for, the messages wait at the desk, and no time is spent on answers of the virtual agent.
  await inTurns(open, 8, async (one) => {
    await accepted("POST", "/api/v1/chat/actions", one, { action: "TALK_TO_PERSON", clientMessageId: "first" });
    for (let i = 0; i < MESSAGES; i++) {
      await accepted("POST", "/api/v1/chat/messages", one, { text: TEXT, clientMessageId: `m${i}` });
    }
  });
  console.log(`${open.length} sessions with ${MESSAGES} messages; heap ${await heap()} MB`);

  const sockets = open.flatMap((one) => Array.from({ length: Number(perSession) }, () => unread(one)));
  let most = 0;
  let slowest = 0;
  for (let second = 0; second < 40; second++) {
    const begin = performance.now();
    for (const path of ["/livez", "/readyz"]) {
      const answer = await call("GET", path, {}).catch((failure) => ({ status: failure.message }));
      check(answer.status === 200, `${path} answered ${answer.status} in second ${second}`);
    }
    slowest = Math.max(slowest, performance.now() - begin);
    most = Math.max(most, await heap());
    await pause(1_000);
  }
  console.log(`${sockets.length} unread streams: most heap ${most} MB, resident ${resident()} MB, slowest health check ${Math.round(slowest)} ms`);

  const reader = await session("127.2.1.1");
  const seen = reading(reader);
  await accepted("POST", "/api/v1/chat/messages", reader, { text: "is anybody there?", clientMessageId: "r" });
  await until("a customer who reads sees their message", async () => seen.text.includes("is anybody there?"), 30);
  await until("a heartbeat comes", async () => /^:/m.test(seen.text), 60);
  seen.socket.destroy();

  sockets.forEach((socket) => socket.destroy());
  await until("no socket is left half closed", async () => halfClosed() === 0, 60);
  console.log(`afterwards: ${halfClosed()} sockets in CLOSE-WAIT, heap ${await heap()} MB`);
} catch (failure) {
  check(false, failure.message);
} finally {
  relay.kill("SIGTERM");
  const code = await Promise.race([ended, pause(60_000).then(() => "nothing")]);
  check(code === 0 || code === 143, `the stop ended with ${code}`);
  if (code === "nothing") relay.kill("SIGKILL");
  const lines = readFileSync(log, "utf8").split("\n").filter((line) => /ERROR|OutOfMemory|broken in/.test(line));
  check(lines.length === 0, `the log has ${lines.length} errors, the first: ${lines[0]}`);
  rmSync(folder, { recursive: true, force: true });
}
console.log(faults.length === 0 ? "held" : `did not hold:\n  ${faults.join("\n  ")}`);
process.exit(faults.length === 0 ? 0 : 1);

function check(holds, fault) {
  if (!holds) faults.push(fault);
}

function pause(millis) {
  return new Promise((resolve) => setTimeout(resolve, millis));
}

async function until(what, condition, seconds) {
  for (let i = 0; i < seconds * 5; i++) {
    if (await condition().catch(() => false)) return;
    await pause(200);
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}

async function inTurns(items, atOnce, work) {
  const queue = [...items];
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let item = queue.shift(); item; item = queue.shift()) await work(item);
  }));
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

function call(method, path, { token, address }, body) {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: "127.0.0.1",
        port,
        method,
        path,
        localAddress: address,
        timeout: 30_000,
        agent: false,
        headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { "content-type": "application/json" }) },
      },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8");
        answer.on("data", (part) => (text += part));
        answer.on("end", () => resolve({ status: answer.statusCode, text }));
      },
    );
    sent.on("timeout", () => sent.destroy(new Error("time-out")));
    sent.on("error", reject);
    sent.end(body && JSON.stringify(body));
  });
}

async function session(address) {
  const opened = await call("POST", "/api/v1/chat/sessions", { address }, { displayName: "Ada", locale: "en" });
  if (opened.status !== 201) throw new Error(`no session: ${opened.status} ${opened.text}`);
  return { address, token: JSON.parse(opened.text).token };
}

async function accepted(method, path, from, body) {
  for (let i = 0; i < 100; i++) {
    const answer = await call(method, path, from, body);
    if (answer.status === 202) return;
    if (answer.status !== 429 && answer.status !== 503) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    await pause(500);
  }
  throw new Error(`${path} was never accepted`);
}

function stream(from) {
  const socket = connect({ host: "127.0.0.1", port, localAddress: from.address });
  socket.on("error", () => {});
  socket.write(`GET /api/v1/chat/events HTTP/1.1\r\nHost: relay\r\nAuthorization: Bearer ${from.token}\r\nAccept: text/event-stream\r\n\r\n`);
  return socket;
}

function unread(from) {
  return stream(from).pause();
}

function reading(from) {
  const seen = { text: "", socket: stream(from) };
  seen.socket.on("data", (part) => (seen.text += part));
  return seen;
}

async function heap() {
  const metrics = await call("GET", "/metrics", {}).catch(() => ({ text: "" }));
  const used = [...metrics.text.matchAll(/^jvm_memory_used_bytes\{[^}]*area="heap"[^}]*\} (\S+)/gm)].reduce((sum, [, bytes]) => sum + Number(bytes), 0);
  return Math.round(used / 1e6);
}

function resident() {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${relay.pid}/status`, "utf8"))[1]) / 1e3);
}

function halfClosed() {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return execFileSync("cat", ["/proc/net/tcp", "/proc/net/tcp6"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => new RegExp(`^\\s*\\d+: [0-9A-F]+:${hex} [0-9A-F]+:[0-9A-F]{4} 08`).test(line)).length;
}
