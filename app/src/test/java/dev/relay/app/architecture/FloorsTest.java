package dev.relay.app.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the package tables of docs/architecture.md: a package uses only packages in rows below its own, so a module has no cycles.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FloorsTest {
  private static final Path DOCUMENT = Path.of("../docs/architecture.md");
  private static final String FRONT = "(front)";
  private static final Pattern ROW = Pattern.compile("\\| `([a-z.()]+)` \\|.*");
  private static final int MOST_TYPES = 32;

  private final JavaClasses all = ProductionClasses.ALL;

  @ParameterizedTest
  @ValueSource(strings = {"core", "http", "discord", "twilio", "jdbc", "lucene", "testkit", "app"})
  void the_table_lists_every_package_of_a_module(String module) throws IOException {
    assertThat(floors(module))
        .containsExactlyInAnyOrderElementsOf(types(module).stream()
            .map(type -> room(module, type))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "http", "discord", "twilio", "jdbc", "lucene", "testkit", "app"})
  void a_package_uses_only_packages_below_it(String module) throws IOException {
    List<String> floors = floors(module);
    List<String> upward = new ArrayList<>();
    for (JavaClass type : types(module)) {
      int own = floors.indexOf(room(module, type));
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (isOf(module, target) && floors.indexOf(room(module, target)) < own) {
          upward.add(dependency.getDescription());
        }
      }
    }
    assertThat(upward).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"core", "http", "discord", "twilio", "jdbc", "lucene", "testkit", "app"})
  void a_package_is_small_enough_to_be_one_room(String module) {
    assertThat(types(module).stream()
            .filter(type -> !type.getEnclosingClass().isPresent())
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(type -> room(module, type), Collectors.counting())))
        .allSatisfy((room, count) -> assertThat(count).as(room).isLessThanOrEqualTo(MOST_TYPES));
  }

  /** Returns the packages of a module in the order of its table, the highest first. */
  private static List<String> floors(String module) throws IOException {
    List<String> lines = Files.readAllLines(DOCUMENT);
    int heading = lines.indexOf("### Packages of " + module);
    assertThat(heading).as("the table of " + module + " in " + DOCUMENT).isNotNegative();
    List<String> floors = new ArrayList<>();
    for (String line : lines.subList(heading + 1, lines.size())) {
      if (line.startsWith("#")) {
        break;
      }
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        floors.add(row.group(1));
      }
    }
    return floors;
  }

  private List<JavaClass> types(String module) {
    return all.stream().filter(type -> isOf(module, type)).toList();
  }

  private static boolean isOf(String module, JavaClass type) {
    String name = type.getPackageName();
    return name.equals("dev.relay." + module) || name.startsWith("dev.relay." + module + ".");
  }

  /** Returns a type's package below its module's. */
  private static String room(String module, JavaClass type) {
    String name = type.getPackageName();
    String root = "dev.relay." + module;
    return name.equals(root) ? FRONT : name.substring(root.length() + 1);
  }
}
