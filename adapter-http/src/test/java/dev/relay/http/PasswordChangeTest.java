package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.workspace.Workspace;
import dev.relay.http.access.Authentication;
import dev.relay.http.access.Passwords;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A password change at the same time as an operator's change of the account. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class PasswordChangeTest {
  private final AtomicBoolean operatorIsQuicker = new AtomicBoolean();

  @Test
  void a_new_password_does_not_enable_an_agent_who_is_disabled_at_the_same_moment() {
    try (TestServer relay = new TestServer(this::raced)) {
      relay
          .store
          .accounts()
          .add(new AgentAccount(
              "alice",
              "Alice",
              Optional.of(new Passwords(64).hash("a good password")),
              Instant.EPOCH,
              false));
      Http.Answer in = relay
          .http()
          .post(
              "/api/v1/agents/login", "{\"username\":\"alice\",\"password\":\"a good password\"}");
      Http agent = relay
          .http()
          .cookie(in.cookie())
          .header(Authentication.CSRF_HEADER, in.json().get("csrfToken").textValue());
      operatorIsQuicker.set(true);

      Http.Answer changed = agent.post(
          "/api/v1/agents/password",
          "{\"currentPassword\":\"a good password\",\"newPassword\":\"another password\"}");

      assertThat(changed.status()).isEqualTo(409);
      assertThat(relay.store.accounts().find("alice").orElseThrow().disabled()).isTrue();
      assertThat(agent.get("/api/v1/agents/me").status()).isEqualTo(401);
    }
  }

  /** Returns a store in which an operator disables the account just before it is replaced. */
  private AccessStore raced(AccessStore store) {
    AgentAccounts accounts = proxy(AgentAccounts.class, store.accounts(), "replace", () -> {
      if (operatorIsQuicker.compareAndSet(true, false)) {
        AgentAccount alice = store.accounts().find("alice").orElseThrow();
        store.accounts().replace(alice, alice.withDisabled(true));
      }
    });
    return new AccessStore() {
      @Override
      public AgentAccounts accounts() {
        return accounts;
      }

      @Override
      public AccessTokens tokens() {
        return store.tokens();
      }

      @Override
      public Workspace workspace() {
        return store.workspace();
      }
    };
  }

  private static <T> T proxy(Class<T> type, T target, String call, Runnable before) {
    return type.cast(Proxy.newProxyInstance(
        PasswordChangeTest.class.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          if (method.getName().equals(call)) {
            before.run();
          }
          return method.invoke(target, arguments);
        }));
  }
}
