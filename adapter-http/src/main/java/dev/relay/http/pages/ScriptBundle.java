package dev.relay.http.pages;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Joins ECMAScript modules into one, so that a page loads one script instead of one per module. Each module becomes a function
 * that returns its exports; a module comes after those that it imports. It reads the part of the language that the pages use, and
 * refuses the rest: imports and exports stand at the beginning of a line (exports of libraries also at the end of the file),
 * exported names never change their value, modules do not import each other in a circle. A part that a page loads later takes the
 * modules that the page has already from it, so that their state exists once. Not thread-safe.
 */
final class ScriptBundle {
  private static final Pattern IMPORT = Pattern.compile(
      "^import\\s*(?:(?<default>\\w+)|\\{(?<names>[^}]*)})?\\s*(?:from\\s*)?[\"']\\./(?<file>[a-z0-9.-]+)[\"'];?\\n?",
      Pattern.MULTILINE);
  private static final Pattern DECLARATION = Pattern.compile(
      "^export (?<kept>(?:async function|function|class|const) (?<name>\\w+))", Pattern.MULTILINE);
  private static final Pattern LIST =
      Pattern.compile("(?<before>^|[;}])export\\s*\\{(?<names>[^}]*)};?\\s*\\z", Pattern.MULTILINE);
  private static final Pattern DEFAULT =
      Pattern.compile("(?<before>^|[;}])export default (?=function\\b)", Pattern.MULTILINE);
  private static final Pattern LEFT_OVER =
      Pattern.compile("(?:^|[;}])(?:import\\b(?![.(])|export\\b).*", Pattern.MULTILINE);
  private static final Pattern RENAMED = Pattern.compile("(\\w+)\\s+as\\s+(\\w+)");

  /** The property of the global object that gives a page's modules to its parts. */
  private static final String SHARED = "globalThis.relayModules";

  private final Modules modules;
  /** The modules that a part takes from its page. */
  private final Set<String> ofPage;

  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final StringBuilder out = new StringBuilder();

  private ScriptBundle(Modules modules, Set<String> ofPage) {
    this.modules = modules;
    this.ofPage = ofPage;
  }

  /** The modules of the pages. */
  interface Modules {
    /**
     * Returns the source of a module.
     *
     * @param name its file name
     * @throws IllegalArgumentException if there is no such module
     */
    String source(String name);
  }

  /**
   * Returns the script that does what the module does.
   *
   * @throws IllegalArgumentException if a module is missing or uses what is not supported; the message names both
   */
  static String of(String entry, Modules modules) {
    return of(entry, List.of(), modules);
  }

  /**
   * Returns the script that does what the module does, and lets parts that are loaded later use its modules.
   *
   * @param parts the modules by which the parts begin
   * @throws IllegalArgumentException if a module is missing or uses what is not supported; the message names both
   */
  static String of(String entry, List<String> parts, Modules modules) {
    ScriptBundle bundle = new ScriptBundle(modules, Set.of());
    bundle.add(entry, new LinkedHashSet<>());
    Set<String> taken = new TreeSet<>();
    for (String name : parts) {
      ScriptBundle part = new ScriptBundle(modules, bundle.numbers.keySet());
      part.add(name, new LinkedHashSet<>());
      part.numbers.keySet().stream().filter(bundle.numbers::containsKey).forEach(taken::add);
    }
    if (!taken.isEmpty()) {
      bundle
          .out
          .append(SHARED)
          .append(taken.stream()
              .map(module -> "\"" + module + "\":" + bundle.variable(module))
              .collect(Collectors.joining(",", "={", "};\n")));
    }
    return bundle.out.toString();
  }

  /**
   * Returns the script of a part that a page loads later: a module with the exports of the part's first module. Fails in the browser if the
   * page has other modules, as it does when the part is of another version than the page.
   *
   * @param entry the module by which the page begins
   * @throws IllegalArgumentException if a module is missing or uses what is not supported; the message names both
   */
  static String part(String part, String entry, Modules modules) {
    ScriptBundle page = new ScriptBundle(modules, Set.of());
    page.add(entry, new LinkedHashSet<>());
    ScriptBundle bundle = new ScriptBundle(modules, page.numbers.keySet());
    String exports = String.join(",", bundle.add(part, new LinkedHashSet<>()));
    return bundle.out + "const {" + exports + "}=" + bundle.variable(part) + ";\nexport {" + exports
        + "};\n";
  }

  /** Adds a module after those that it imports; returns what it exports, or nothing if the module is there already. */
  private List<String> add(String module, Set<String> importers) {
    if (numbers.containsKey(module)) {
      return List.of();
    }
    if (ofPage.contains(module)) {
      numbers.put(module, numbers.size());
      out.append("const ").append(variable(module)).append("=" + SHARED + "[\"");
      out.append(module).append("\"];\n");
      return List.of();
    }
    if (!importers.add(module)) {
      throw new IllegalArgumentException("modules import each other in a circle: "
          + String.join(" > ", importers) + " > " + module);
    }
    String source = PageText.compact(modules.source(module));
    StringBuilder imports = new StringBuilder();
    StringBuilder body = new StringBuilder();
    Matcher each = IMPORT.matcher(source);
    while (each.find()) {
      String imported = each.group("file");
      add(imported, importers);
      imports.append(bindings(each, variable(imported)));
      each.appendReplacement(body, "");
    }
    each.appendTail(body);
    importers.remove(module);
    return append(module, imports.toString(), body.toString());
  }

  private String variable(String module) {
    return "$m" + numbers.get(module);
  }

  private static String bindings(Matcher imported, String from) {
    if (imported.group("default") != null) {
      return "const {default:" + imported.group("default") + "}=" + from + ";\n";
    }
    String names = imported.group("names");
    return names == null
        ? ""
        : "const {" + RENAMED.matcher(names).replaceAll("$1:$2").replaceAll("\\s+", "") + "}="
            + from + ";\n";
  }

  private List<String> append(String module, String imports, String source) {
    List<String> exports = new ArrayList<>();
    Matcher declared = DECLARATION.matcher(source);
    while (declared.find()) {
      exports.add(declared.group("name"));
    }
    String body = declared.replaceAll("${kept}");
    Matcher listed = LIST.matcher(body);
    if (listed.find()) {
      for (String name : listed.group("names").split(",", -1)) {
        exports.add(RENAMED.matcher(name.strip()).replaceAll("$2:$1"));
      }
      body = listed.replaceAll("${before}");
    }
    Matcher single = DEFAULT.matcher(body);
    if (single.find()) {
      exports.add("default:$default");
      body = single.replaceAll("${before}const \\$default=");
    }
    Matcher rest = LEFT_OVER.matcher(body);
    if (rest.find()) {
      throw new IllegalArgumentException("cannot bundle " + module + ": " + rest.group());
    }
    numbers.put(module, numbers.size());
    out.append("const ")
        .append(variable(module))
        .append("=(()=>{\n")
        .append(imports)
        .append(body.strip());
    out.append("\nreturn {").append(String.join(",", exports)).append("};})();\n");
    return exports;
  }
}
