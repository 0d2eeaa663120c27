package dev.relay.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The check of the public interface on which embedding programs rely. Record an intended change with {@code mvn -pl relay-core test
 * -Dtest=PublicApiTest -Drelay.public-api.write=true}; it appears in the review as a change of {@code public-api.txt}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PublicApiTest {
  private static final Path CLASSES = Path.of("target/classes");
  private static final Path WRITTEN_DOWN = Path.of("public-api.txt");
  /** The start of the names of types that the module does not export: they are public for each other only. */
  private static final String NOT_EXPORTED = "dev.relay.core.engine.";

  @Test
  void the_public_interface_is_the_one_that_is_written_down() throws Exception {
    List<String> actual = publicApi();

    if (Boolean.getBoolean("relay.public-api.write")) {
      Files.write(WRITTEN_DOWN, actual);
    }
    assertThat(actual).isEqualTo(Files.readAllLines(WRITTEN_DOWN));
  }

  /** The limit of public types. Lower it with every type that embedding programs no longer need; do not raise it. */
  @Test
  void outsiders_see_no_more_types_than_before() throws Exception {
    assertThat(publicApi())
        .filteredOn(line -> line.startsWith("dev.relay.core."))
        .filteredOn(line -> !line.contains("$"))
        .hasSizeLessThanOrEqualTo(100);
  }

  private static List<String> publicApi() throws IOException, ClassNotFoundException {
    List<String> names;
    try (Stream<Path> files = Files.walk(CLASSES)) {
      names = files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .filter(name -> !name.startsWith(NOT_EXPORTED))
          .sorted()
          .toList();
    }
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      Class<?> type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
      if (isReachable(type)) {
        lines.add(name);
        members(type).forEach(member -> lines.add("  " + member));
      }
    }
    return lines;
  }

  private static SortedSet<String> members(Class<?> type) {
    SortedSet<String> members = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        members.add(field.getType().getSimpleName() + " " + field.getName());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (Modifier.isPublic(constructor.getModifiers())) {
        members.add("new" + parameters(constructor));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
        members.add(
            method.getReturnType().getSimpleName() + " " + method.getName() + parameters(method));
      }
    }
    return members;
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getParameterTypes())
        .map(Class::getSimpleName)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static boolean isReachable(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers())
        && !type.isAnonymousClass()
        && (outer == null || isReachable(outer));
  }
}
