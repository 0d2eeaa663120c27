package dev.relay.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.password4j.Argon2Function;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The strength of password hashes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
final class PasswordsTest {
  private final Passwords passwords = new Passwords();

  @Test
  void hashes_take_the_memory_and_the_iterations_that_OWASP_asks_for() {
    assertThat(passwords.hash("correct horse")).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
  }

  @Test
  void the_same_password_has_another_hash_each_time() {
    assertThat(passwords.hash("correct horse")).isNotEqualTo(passwords.hash("correct horse"));
  }

  @Test
  void only_the_right_password_matches_a_hash_and_none_matches_without_one() {
    Optional<String> hash = Optional.of(passwords.hash("correct horse"));

    assertThat(passwords.tryVerify("correct horse", hash)).contains(true);
    assertThat(passwords.tryVerify("correct horsf", hash)).contains(false);
    assertThat(passwords.tryVerify("correct horse", Optional.empty())).contains(false);
  }

  @Test
  void a_hash_of_another_strength_is_still_accepted() {
    Optional<String> older = Optional.of(new Passwords(64).hash("correct horse"));

    assertThat(passwords.tryVerify("correct horse", older)).contains(true);
  }

  @Test
  void a_user_name_that_does_not_exist_costs_as_much_work_as_one_that_does() {
    assertThat(Argon2Function.getInstanceFromHash(passwords.nobodysHash))
        .isEqualTo(Argon2Function.getInstanceFromHash(passwords.hash("correct horse")));
  }
}
