package dev.relay.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.Console;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Executable;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that nothing depends on the language, the character set or the time zone of the machine. In Turkish the capital of i is not I,
 * in Arabic, Persian and Hindi numbers may be written with other digits, in Thailand the year is another one, and the character set of a
 * container is often ASCII.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
// The samples do what Error Prone, in part, forbids too.
@SuppressWarnings({
  "StringCaseLocaleUsage",
  "JavaTimeDefaultTimeZone",
  "DefaultCharset",
  "UnusedMethod"
})
class MachineIndependenceTest {
  /** What an overload names that does not take it from the machine. */
  private static final List<Class<?>> NAMED =
      List.of(Locale.class, Charset.class, ZoneId.class, TimeZone.class);

  /** Types whose methods take UTF-8, or nothing from the machine, if no character set is named. */
  private static final Set<String> UTF_8 = Set.of(
      "java.nio.file.Files",
      "java.net.http.HttpRequest$BodyPublishers",
      "java.net.http.HttpResponse$BodyHandlers");

  private static final ArchRule LAW = noClasses()
      .should()
      .accessTargetWhere(new DependsOnTheMachine())
      .because("it must name a Locale, a Charset or a ZoneId: the machine's may be any");

  @Test
  void no_module_takes_language_character_set_or_time_zone_from_the_machine() {
    LAW.check(ProductionClasses.ALL);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        UpperCase.class,
        UpperCaseByReference.class,
        Digits.class,
        Printing.class,
        Layout.class,
        LocalizedStyle.class,
        Amount.class,
        DefaultLocale.class,
        DefaultZone.class,
        Now.class,
        Bytes.class,
        Reader.class,
        Question.class
      })
  void the_law_finds_every_kind_of_such_a_call(Class<?> wrong) {
    JavaClasses one = new ClassFileImporter().importClasses(wrong);

    assertThatThrownBy(() -> LAW.check(one))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(wrong.getSimpleName());
  }

  @Test
  void the_law_allows_calls_that_name_what_they_mean() {
    LAW.check(new ClassFileImporter().importClasses(Named.class));
  }

  private static final class DependsOnTheMachine extends DescribedPredicate<JavaAccess<?>> {
    /** The answers by the full name of the called method: reading all methods of a class for each of its calls takes seconds. */
    private final Map<String, Boolean> known = new ConcurrentHashMap<>();

    DependsOnTheMachine() {
      super("depends on the machine's language, character set or time zone");
    }

    @Override
    public boolean test(JavaAccess<?> access) {
      String owner = access.getTargetOwner().getName();
      String name = access.getTarget().getName();
      if (!owner.startsWith("java.") || UTF_8.contains(owner)) {
        return false;
      }
      boolean fromMachine = name.equals("getDefault")
          || name.equals("systemDefault")
          || name.equals("systemDefaultZone")
          || name.equals("defaultCharset")
          || name.equals("formatted")
          || name.startsWith("ofLocalized");
      return fromMachine
          || (access instanceof JavaCodeUnitAccess<?> call
              && known.computeIfAbsent(
                  call.getTarget().getFullName(), target -> takesFromMachine(call)));
    }

    private static boolean takesFromMachine(JavaCodeUnitAccess<?> call) {
      return hasNamingOverload(call) || isFormattedQuestion(call);
    }

    private static boolean isFormattedQuestion(JavaCodeUnitAccess<?> call) {
      return call.getTargetOwner().isEquivalentTo(Console.class)
          && call.getTarget().getName().startsWith("read")
          && !call.getTarget().getRawParameterTypes().isEmpty();
    }

    /** Checks whether the same call exists with one parameter more, which names what this one takes from the machine. */
    private static boolean hasNamingOverload(JavaCodeUnitAccess<?> call) {
      List<String> given = call.getTarget().getRawParameterTypes().stream()
          .map(JavaClass::getName)
          .toList();
      Class<?> owner = call.getTargetOwner().reflect();
      if (owner == Charset.class) {
        // Since Java 18 an overload of forName names what to return for an unknown name.
        return false;
      }
      String name = call.getTarget().getName();
      Stream<? extends Executable> candidates = name.equals("<init>")
          ? Arrays.stream(owner.getConstructors())
          : Arrays.stream(owner.getMethods()).filter(it -> it.getName().equals(name));
      return candidates.anyMatch(it -> withoutName(it).equals(Optional.of(given)));
    }

    /** Returns the parameters without the one that names a Locale, Charset or ZoneId; empty if none does. */
    private static Optional<List<String>> withoutName(Executable executable) {
      List<Class<?>> parameters = new ArrayList<>(List.of(executable.getParameterTypes()));
      boolean names = parameters.removeIf(NAMED::contains);
      return names
          ? Optional.of(parameters.stream().map(Class::getName).toList())
          : Optional.empty();
    }
  }

  private static final class UpperCase {
    String of(String text) {
      return text.toUpperCase();
    }
  }

  private static final class UpperCaseByReference {
    UnaryOperator<String> it() {
      return String::toUpperCase;
    }
  }

  private static final class Digits {
    String of(int number) {
      return String.format("%d", number) + "%d".formatted(number);
    }
  }

  private static final class Printing {
    void to(PrintStream out, int number) {
      out.printf("%d", number);
    }
  }

  private static final class Layout {
    DateTimeFormatter it() {
      return DateTimeFormatter.ofPattern("HH:mm");
    }
  }

  private static final class LocalizedStyle {
    DateTimeFormatter it() {
      return DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT);
    }
  }

  private static final class Amount {
    NumberFormat it() {
      return NumberFormat.getInstance();
    }
  }

  private static final class DefaultLocale {
    Locale it() {
      return Locale.getDefault();
    }
  }

  private static final class DefaultZone {
    ZoneId it() {
      return ZoneId.systemDefault();
    }
  }

  private static final class Now {
    ZonedDateTime it() {
      return ZonedDateTime.now();
    }
  }

  private static final class Bytes {
    byte[] of(String text) {
      return text.getBytes();
    }
  }

  private static final class Reader {
    InputStreamReader of(InputStream stream) {
      return new InputStreamReader(stream);
    }
  }

  private static final class Question {
    char[] ask(Console console) {
      return console.readPassword("%s", "Password: ");
    }
  }

  private static final class Named {
    String of(String text, int number) {
      return text.toLowerCase(Locale.ROOT)
          + String.format(Locale.ROOT, "%d", number)
          + new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
          + DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    }
  }
}
