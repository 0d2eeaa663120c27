package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.access.AccessToken;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.workspace.Workspace.Draft;
import dev.relay.core.workspace.Workspace.Drafts;
import dev.relay.core.workspace.Workspace.SiteProfile;
import dev.relay.core.workspace.Workspace.SiteProfiles;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TokenCleanUpTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final MemoryStore store = new MemoryStore();
  private final Drafts drafts = store.workspace().drafts();
  private final List<String> broken = new ArrayList<>();
  private final HttpObserver observer = new HttpObserver() {
    @Override
    public void broken(String where, Throwable cause) {
      broken.add(where);
    }
  };

  @Test
  void all_expired_tokens_are_removed_and_no_others() {
    for (int number = 0; number < 2_500; number++) {
      store.tokens().add(token("old" + number, NOW.minusSeconds(1)));
    }
    store.tokens().add(token("young", NOW.plusSeconds(1)));

    new TokenCleanUp(store.tokens(), store.workspace(), () -> NOW, observer).removeExpired();

    assertThat(store.tokens().find("old0")).isEmpty();
    assertThat(store.tokens().find("old2499")).isEmpty();
    assertThat(store.tokens().find("young")).isPresent();
    assertThat(broken).isEmpty();
  }

  @Test
  void a_draft_that_nobody_has_touched_for_30_days_is_forgotten() {
    Instant limit = NOW.minus(Duration.ofDays(30));
    drafts.save(new Draft("ann", "case:1", "old", "", List.of(), limit.minusSeconds(1)));
    drafts.save(new Draft("ann", "case:2", "young", "", List.of(), limit));

    new TokenCleanUp(store.tokens(), store.workspace(), () -> NOW, observer).removeExpired();

    assertThat(drafts.find("ann", "case:1")).isEmpty();
    assertThat(drafts.find("ann", "case:2")).isPresent();
  }

  @Test
  void what_a_site_has_not_stated_for_a_year_is_forgotten() {
    Instant limit = NOW.minus(Duration.ofDays(365));
    SiteProfiles profiles = store.workspace().siteProfiles();
    profiles.save(profile("gone", limit.minusSeconds(1)));
    profiles.save(profile("back", limit));

    new TokenCleanUp(store.tokens(), store.workspace(), () -> NOW, observer).removeExpired();

    assertThat(profiles.find("gone")).isEmpty();
    assertThat(profiles.find("back")).isPresent();
  }

  @Test
  void a_failing_store_is_reported_and_stops_nothing() {
    AccessTokens failing = (AccessTokens) java.lang.reflect.Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {AccessTokens.class},
        (proxy, method, arguments) -> {
          throw new IllegalStateException("the store is away");
        });

    new TokenCleanUp(failing, store.workspace(), () -> NOW, observer).removeExpired();

    assertThat(broken).containsExactly("token clean-up");
  }

  private static SiteProfile profile(String address, Instant at) {
    return new SiteProfile(address, "42", Optional.empty(), List.of(), at);
  }

  private static AccessToken token(String hash, Instant expiresAt) {
    return new AccessToken(
        hash, AccessToken.Kind.CHAT_SESSION, "ada", Map.of(), NOW, NOW, expiresAt);
  }
}
