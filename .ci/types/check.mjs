/**
 * Checks the JSDoc types of the page scripts with TypeScript's compiler in its strict mode. Every script must pass.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));
const { config, error } = ts.readConfigFile(join(here, "tsconfig.json"), ts.sys.readFile);
if (error) {
  throw new Error(ts.flattenDiagnosticMessageText(error.messageText, "\n"));
}
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, here);
const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram(fileNames, options));

if (diagnostics.length > 0) {
  console.error(
    ts.formatDiagnostics(diagnostics, { getCurrentDirectory: () => process.cwd(), getCanonicalFileName: (name) => name, getNewLine: () => "\n" }),
  );
}
const scripts = fileNames.filter((name) => name.endsWith(".js")).length;
console.log(`Types of the page scripts: ${scripts} scripts are checked.`);
process.exitCode = diagnostics.length > 0 ? 1 : 0;
