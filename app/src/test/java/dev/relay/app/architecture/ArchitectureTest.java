package dev.relay.app.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.relay.app.cli.Terminal;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Checks the rules of docs/architecture.md. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
  /** The modules in the jar. The test kit is not part of it. */
  private static final List<String> MODULES =
      List.of("core", "jdbc", "lucene", "http", "discord", "twilio", "app");

  private static final String CORE = "dev.relay.core..";
  private static final String JDBC = "dev.relay.jdbc..";
  private static final String LUCENE = "dev.relay.lucene..";
  private static final String HTTP = "dev.relay.http..";
  private static final String DISCORD = "dev.relay.discord..";
  private static final String TWILIO = "dev.relay.twilio..";
  private static final String APP = "dev.relay.app..";

  private final JavaClasses all = ProductionClasses.ALL.that(resideInAnyPackage(
      MODULES.stream().map(module -> "dev.relay." + module + "..").toArray(String[]::new)));

  @Test
  void all_modules_are_checked() {
    for (String module : MODULES) {
      assertThat(
              all.stream().filter(type -> type.getPackageName().startsWith("dev.relay." + module)))
          .as(module)
          .hasSizeGreaterThan(10);
    }
  }

  @Test
  void the_core_depends_only_on_the_JDK_and_jspecify() {
    law(classes()
        .that()
        .resideInAPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(CORE, "java..", "org.jspecify.annotations.."));
  }

  @Test
  void adapters_depend_neither_on_each_other_nor_on_the_app() {
    apart(JDBC, LUCENE, HTTP, DISCORD, TWILIO, APP);
    apart(LUCENE, JDBC, HTTP, DISCORD, TWILIO, APP);
    apart(HTTP, JDBC, LUCENE, DISCORD, TWILIO, APP);
    apart(DISCORD, JDBC, LUCENE, HTTP, TWILIO, APP);
    apart(TWILIO, JDBC, LUCENE, HTTP, DISCORD, APP);
  }

  @Test
  void each_technology_stays_in_its_adapter() {
    onlyIn(HTTP, "io.javalin..", "org.eclipse.jetty..", "com.password4j..");
    onlyIn(
        JDBC, "org.sqlite..", "org.postgresql..", "com.zaxxer..", "org.flywaydb..", "org.jdbi..");
    onlyIn(LUCENE, "org.apache.lucene..", "org.commonmark..");
    onlyIn(DISCORD, "net.dv8tion..", "okhttp3..");
    onlyIn(TWILIO, "com.twilio..");
    onlyIn(APP, "picocli..", "io.micrometer..", "org.snakeyaml..");
  }

  /** An adapter's front room is its top package, plus extension (Discord) and account (Twilio). Other packages are internal. */
  @Test
  void only_the_front_room_of_an_adapter_is_used_from_outside_its_module() {
    frontRooms("jdbc", "dev.relay.jdbc");
    frontRooms("lucene", "dev.relay.lucene");
    frontRooms("http", "dev.relay.http");
    frontRooms("discord", "dev.relay.discord", "dev.relay.discord.extension");
    frontRooms("twilio", "dev.relay.twilio", "dev.relay.twilio.account");
  }

  @Test
  void the_engine_is_used_only_by_the_core() {
    law(noClasses()
        .that()
        .resideOutsideOfPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.relay.core.engine.."));
  }

  @Test
  void nothing_is_injected_into_fields() {
    law(noFields()
        .should()
        .beAnnotatedWith("javax.inject.Inject")
        .orShould()
        .beAnnotatedWith("jakarta.inject.Inject"));
  }

  @Test
  void nothing_uses_reflection() {
    law(noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.reflect..")
        .orShould()
        .callMethod(Class.class, "forName", String.class));
  }

  @Test
  void static_state_never_changes() {
    law(fields().that().areStatic().should().beFinal());
  }

  @Test
  void only_the_terminal_uses_the_console() {
    law(noClasses()
        .that(not(belongToAnyOf(Terminal.class)))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err"));
  }

  @Test
  void only_main_ends_the_process() {
    law(noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.relay.app.Main")
        .should()
        .callMethod(System.class, "exit", int.class));
  }

  @Test
  void only_the_app_configures_logging() {
    law(noClasses()
        .that(not(resideInAnyPackage("dev.relay.app.observe")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j.simple.."));
    law(noClasses()
        .that()
        .resideInAnyPackage(CORE, JDBC, LUCENE, HTTP)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.slf4j.."));
  }

  private void frontRooms(String module, String... fronts) {
    law(noClasses()
        .that()
        .resideOutsideOfPackage("dev.relay." + module + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.relay." + module + "..").and(not(resideInAnyPackage(fronts)))));
  }

  private void apart(String module, String... others) {
    law(noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others));
  }

  private void onlyIn(String module, String... libraries) {
    law(noClasses()
        .that()
        .resideOutsideOfPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(libraries));
  }

  private void law(ArchRule rule) {
    rule.allowEmptyShould(true).check(all);
  }
}
