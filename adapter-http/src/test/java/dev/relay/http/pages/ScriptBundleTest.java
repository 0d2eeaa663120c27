package dev.relay.http.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules joined into one script. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScriptBundleTest {
  @Test
  void a_module_comes_once_and_after_those_that_it_imports() {
    String script = bundle(Map.of(
        "page.js", "import { a } from \"./a.js\";\nimport { b } from \"./b.js\";\na(b);\n",
        "a.js", "import { b } from \"./b.js\";\nexport function a(x) {\n  return b + x;\n}\n",
        "b.js", "export const b = 1;\n"));

    assertThat(script).isEqualTo("""
        const $m0=(()=>{
        const b = 1;
        return {b};})();
        const $m1=(()=>{
        const {b}=$m0;
        function a(x) {
        return b + x;
        }
        return {a};})();
        const $m2=(()=>{
        const {a}=$m1;
        const {b}=$m0;
        a(b);
        return {};})();
        """);
  }

  @Test
  void names_are_changed_on_both_sides_and_a_module_can_have_a_default() {
    String script = bundle(Map.of(
        "page.js",
        "import library from \"./library.js\";\nimport {\n  short as long,\n} from \"./minified.js\";\nlibrary(long);\n",
        "library.js",
        "var n=1;export default function(t){return t+n}\n",
        "minified.js",
        "var a=1,b=2;function c(){}export{a as short,b};\n//# sourceMappingURL=minified.js.map\n"));

    assertThat(script)
        .contains("const {default:library}=$m0;", "const {short:long,}=$m1;")
        .contains("var n=1;const $default=function(t){return t+n}", "return {default:$default}")
        .contains("var a=1,b=2;function c(){}", "return {short:a,b}")
        .doesNotContain("export", "import ", "sourceMappingURL");
  }

  @Test
  void types_beside_code_are_left_out() {
    String script = bundle(Map.of("page.js", """
        const all = /** @type {import("./a.js").Some<*>[]} */ (some());
        return /** @type {string} */ (all.map((/** @type {*} */ one, /** @type {Object<string, *>} */ other) => one));
        """));

    assertThat(script).isEqualTo("""
        const $m0=(()=>{
        const all = (some());
        return (all.map((one, other) => one));
        return {};})();
        """);
  }

  @Test
  void comments_with_lines_of_their_own_and_indentation_are_left_out_and_texts_stay() {
    String script = bundle(Map.of("page.js", """
        /**
         * The page * of a "star" **.
         */

        // A remark.
        const link = "https://example.com/"; // beside code
          const pattern = /\\/\\*x*\\//g;
        /* one line */
        done(link, pattern);
        """));

    assertThat(script).isEqualTo("""
        const $m0=(()=>{
        const link = "https://example.com/"; // beside code
        const pattern = /\\/\\*x*\\//g;
        done(link, pattern);
        return {};})();
        """);
  }

  @Test
  void a_part_takes_the_modules_of_its_page_from_it_and_exports_what_its_first_module_does() {
    Map<String, String> modules = Map.of(
        "page.js", "import { a } from \"./a.js\";\na();\n",
        "a.js", "import { b } from \"./b.js\";\nexport function a() {\n  return b;\n}\n",
        "b.js", "export const b = 1;\n",
        "part.js",
            "import { a } from \"./a.js\";\nimport { c } from \"./c.js\";\nexport { a, c };\n",
        "c.js", "export const c = 2;\n");

    assertThat(ScriptBundle.of("page.js", List.of("part.js"), of(modules)))
        .contains("const $m0=(()=>{\nconst b = 1;")
        .endsWith("globalThis.relayModules={\"a.js\":$m1};\n")
        .doesNotContain("const c");
    assertThat(ScriptBundle.part("part.js", "page.js", of(modules))).isEqualTo("""
        const $m0=globalThis.relayModules["a.js"];
        const $m1=(()=>{
        const c = 2;
        return {c};})();
        const $m2=(()=>{
        const {a}=$m0;
        const {c}=$m1;

        return {a,c};})();
        const {a,c}=$m2;
        export {a,c};
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export let changing = 1;",
        "export * from \"./other.js\";",
        "import * as all from \"./other.js\";",
        "import x from \"https://example.com/x.js\";",
        "export { x } from \"./other.js\";"
      })
  void what_is_not_supported_is_refused_with_the_module_and_the_line(String line) {
    assertThatThrownBy(() -> bundle(Map.of("page.js", line + "\n", "other.js", "\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot bundle page.js: ")
        .hasMessageContaining(line.substring(0, 10));
  }

  @Test
  void modules_that_import_each_other_are_refused() {
    assertThatThrownBy(() -> bundle(Map.of(
            "page.js", "import { a } from \"./a.js\";\n",
            "a.js", "import { page } from \"./page.js\";\n")))
        .hasMessageContaining("page.js > a.js > page.js");
  }

  private static String bundle(Map<String, String> modules) {
    return ScriptBundle.of("page.js", of(modules));
  }

  private static ScriptBundle.Modules of(Map<String, String> modules) {
    return name -> {
      String source = modules.get(name);
      if (source == null) {
        throw new IllegalArgumentException("there is no file " + name);
      }
      return source;
    };
  }
}
