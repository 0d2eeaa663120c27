package dev.relay.discord.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.customer.CustomerProfile.Detail;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Tests of what is known of a customer, which Discord sends piecemeal. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProfilesTest {
  private final Profiles profiles = new Profiles(Locale.ENGLISH);

  @Test
  void a_direct_message_after_a_restart_says_that_language_and_roles_are_unknown() {
    CustomerProfile profile = profiles.profile(1, "Ada", Optional.empty(), Optional.empty());

    assertThat(profile.unknown()).containsExactlyInAnyOrder(Detail.LOCALE, Detail.ROLES);
    assertThat(profile.locale()).isEqualTo(Locale.ENGLISH);
  }

  @Test
  void what_was_learnt_once_is_known_from_then_on() {
    var unused = profiles.profile(1, "Ada", Optional.of(Locale.FRENCH), Optional.empty());
    unused = profiles.profile(1, "", Optional.empty(), Optional.of(Set.of()));
    CustomerProfile profile = profiles.profile(1, "", Optional.empty(), Optional.empty());

    assertThat(profile).isEqualTo(new CustomerProfile("1", "Ada", Locale.FRENCH, Set.of()));
  }
}
