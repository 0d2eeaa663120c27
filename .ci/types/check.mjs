/**
 * Checks the JSDoc types of the page scripts with TypeScript's compiler in its strict mode. A script must pass unless it is named in
 * exceptions.txt; a script that is named there although it passes fails the check, so that the list can only shrink.
 */
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));
const { config, error } = ts.readConfigFile(join(here, "tsconfig.json"), ts.sys.readFile);
if (error) {
  throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
}
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, here);
const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options));
const exceptions = new Set(
  readFileSync(join(here, "exceptions.txt"), "utf8")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#")),
);

const failing = new Set(diagnostics.map((each) => basename(each.file?.fileName ?? "tsconfig.json")));
const wrong = diagnostics.filter((each) => !exceptions.has(basename(each.file?.fileName ?? "tsconfig.json")));
const needless = [...exceptions].filter((name) => !failing.has(name));

if (wrong.length > 0) {
  console.error(
    ts.formatDiagnostics(wrong, { getCurrentDirectory: () => process.cwd(), getCanonicalFileName: (name) => name, getNewLine: () => "\n" }),
  );
}
for (const name of needless) {
  console.error(`${name} passes or does not exist: remove it from .ci/types/exceptions.txt.`);
}
const scripts = fileNames.filter((name) => name.endsWith(".js")).length;
console.log(`Types of the page scripts: ${scripts - exceptions.size} of ${scripts} scripts are checked, ${exceptions.size} are exceptions.`);
process.exitCode = wrong.length > 0 || needless.length > 0 ? 1 : 0;
