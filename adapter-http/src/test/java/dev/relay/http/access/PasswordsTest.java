package dev.relay.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The strength of password hashes. Isolated, because it changes the language of the process. */
@Isolated
@DisplayNameGeneration(ReplaceUnderscores.class)
final class PasswordsTest {
  /** One for all tests: a strong hash takes a third of a second. */
  private static final String STRONG_HASH = new Passwords().hash("correct horse");

  private final Passwords passwords = new Passwords();
  /** For what does not depend on the strength. */
  private final Passwords weak = new Passwords(64);

  @Test
  void hashes_take_the_memory_and_the_iterations_that_OWASP_asks_for() {
    assertThat(STRONG_HASH).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(passwords.tryVerify("correct horse", Optional.of(STRONG_HASH))).contains(true);
  }

  @Test
  void the_same_password_has_another_hash_each_time() {
    assertThat(weak.hash("correct horse")).isNotEqualTo(weak.hash("correct horse"));
  }

  @Test
  void only_the_right_password_matches_a_hash_and_none_matches_without_one() {
    Optional<String> hash = Optional.of(weak.hash("correct horse"));

    assertThat(weak.tryVerify("correct horse", hash)).contains(true);
    assertThat(weak.tryVerify("correct horsf", hash)).contains(false);
    assertThat(weak.tryVerify("correct horse", Optional.empty())).contains(false);
  }

  @Test
  void a_hash_of_another_strength_is_still_accepted() {
    Optional<String> older = Optional.of(weak.hash("correct horse"));

    assertThat(passwords.tryVerify("correct horse", older)).contains(true);
  }

  @Test
  void a_user_name_that_does_not_exist_costs_as_much_work_as_one_that_does() {
    assertThat(Passwords.functionOf(passwords.nobodysHash))
        .isEqualTo(Passwords.functionOf(STRONG_HASH));
  }

  @Test
  void hashes_of_the_library_are_accepted_also_those_that_it_made_on_a_turkish_machine() {
    String hash = Argon2Function.getInstance(64, 2, 1, 32, Argon2.ID)
        .hash("correct horse")
        .getResult();

    assertThat(passwords.tryVerify("correct horse", Optional.of(hash))).contains(true);
    assertThat(passwords.tryVerify("correct horse", Optional.of(hash.replace("2id", "2ıd"))))
        .contains(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tr-TR",
        "az-AZ",
        "lt-LT",
        "ar-EG-u-nu-arab",
        "fa-IR-u-nu-arabext",
        "hi-IN-u-nu-deva"
      })
  void passwords_match_in_every_language_of_the_machine(String language) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(language));
    try {
      Optional<String> hash = Optional.of(weak.hash("correct horse"));

      assertThat(hash.get()).startsWith("$argon2id$v=19$m=64,t=2,p=1$");
      assertThat(weak.tryVerify("correct horse", hash)).contains(true);
      assertThat(weak.tryVerify("correct horsf", hash)).contains(false);
    } finally {
      Locale.setDefault(before);
    }
  }
}
