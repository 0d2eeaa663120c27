package dev.relay.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Queries;
import dev.relay.core.store.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UnreadableDataTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final QueueName QUEUE = new QueueName("support");

  @Test
  void a_conversation_is_listed_although_its_customer_and_its_case_cannot_be_read() {
    try (MemoryStore store = new MemoryStore()) {
      Views.ConversationItem item =
          store.read(queries -> DeskViews.item(withoutCustomersAndCases(queries), conversation()));

      assertThat(item.id()).isEqualTo("1");
      assertThat(item.customer()).isNull();
      assertThat(item.priority()).isEqualTo("HIGH");
    }
  }

  private static Conversation conversation() {
    return new Conversation(
        new ConversationId(1),
        new CustomerId(7),
        new CustomerAddress(new PortId("web"), "a"),
        Locale.ENGLISH,
        new Handling.Waiting(QUEUE, new PortId("relay"), NOW),
        new Route("rule", Route.ServedBy.LIVE_AGENT, QUEUE, CasePriority.HIGH, Set.of()),
        Optional.of(new CaseNumber(1042)),
        Resolution.ANSWERED,
        NOW,
        NOW,
        Optional.empty(),
        1);
  }

  private static Queries withoutCustomersAndCases(Queries real) {
    return (Queries) Proxy.newProxyInstance(
        UnreadableDataTest.class.getClassLoader(),
        new Class<?>[] {Queries.class},
        (proxy, method, arguments) -> {
          if (Set.of("customer", "supportCase").contains(method.getName())) {
            throw new StoreException.BadData("it cannot be read");
          }
          try {
            return method.invoke(real, arguments);
          } catch (InvocationTargetException e) {
            throw e.getTargetException();
          }
        });
  }
}
