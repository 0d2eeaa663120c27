package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.customer.CustomerProfile.Detail;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.Settings;
import dev.relay.core.routing.Condition;
import dev.relay.core.routing.Route;
import dev.relay.core.routing.RoutingRule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Tests that Relay keeps what it knows of a customer, whatever a later event does not know. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KnownCustomerTest {
  private static final Locale SPANISH = Locale.forLanguageTag("es");
  private static final CustomerProfile FULL =
      new CustomerProfile("ada", "Ada", SPANISH, Set.of("vip"));
  /** A plain message after a restart: neither the name, nor the language, nor the roles are known. */
  private static final CustomerProfile BARE = new CustomerProfile(
          "ada", "", Locale.ENGLISH, Set.of())
      .withUnknown(Detail.NAME, Detail.LOCALE, Detail.ROLES);

  private final Bench bench = new Bench();
  private int keys;

  private Origin origin(CustomerProfile profile) {
    return Origin.of(
        new EventKey("web", "k" + ++keys), new CustomerAddress(Bench.WEB, "ada"), profile);
  }

  private void writes(CustomerProfile profile, String text) {
    bench.submitted(
        new CustomerEvent.CustomerWrote(origin(profile), Optional.empty(), MessageBody.text(text)));
  }

  private Customer customer() {
    return bench.memory.read(queries -> queries.customer(Bench.WEB, "ada")).orElseThrow();
  }

  private static RoutingRule toAgents(String name, Condition... conditions) {
    return new RoutingRule(
        name,
        List.of(conditions),
        new Route(
            name,
            Route.ServedBy.LIVE_AGENT,
            new QueueName(name),
            dev.relay.core.cases.CasePriority.NORMAL,
            Set.of()));
  }

  @Test
  void an_event_that_does_not_know_a_detail_leaves_it_as_it_was() {
    writes(FULL, "hola");
    writes(BARE, "hola otra vez");

    assertThat(customer().displayName()).isEqualTo("Ada");
    assertThat(customer().locale()).isEqualTo(SPANISH);
    assertThat(customer().roles()).containsExactly("vip");
  }

  @Test
  void an_event_that_knows_a_detail_replaces_it_also_by_nothing() {
    writes(FULL, "hola");
    writes(new CustomerProfile("ada", "Ada L.", Locale.FRENCH, Set.of()), "bonjour");

    assertThat(customer().displayName()).isEqualTo("Ada L.");
    assertThat(customer().locale()).isEqualTo(Locale.FRENCH);
    assertThat(customer().roles()).isEmpty();
  }

  @Test
  void a_customer_reads_of_an_agent_without_a_name_and_of_a_case_without_words_in_their_language() {
    Participant unnamed = Participant.agent("bea.1", "bea.1");
    bench.submitted(new CustomerEvent.CustomerPressed(origin(FULL), Button.TALK_TO_PERSON));
    bench.submitted(bench.joined(1, unnamed));
    bench.submitted(bench.says(1, unnamed, "buenos días"));

    assertThat(bench.authorsToCustomers()).endsWith("Soporte");
    assertThat(bench.engine().services().cases().find(new CaseNumber(1001)))
        .hasValueSatisfying(it -> assertThat(it.subject()).isEqualTo("Se pide ayuda"));
    assertThat(bench.textsToCustomers()).contains("Ahora hablas con Soporte.");
  }

  @Test
  void a_customer_whom_nobody_knows_has_what_the_channel_assumes() {
    writes(BARE, "hello");

    assertThat(customer().locale()).isEqualTo(Locale.ENGLISH);
  }

  @Test
  void a_plain_message_is_routed_by_the_role_and_the_language_that_are_known() {
    bench.settings = Settings.builder()
        .rule(toAgents(
            "spanish-vip", new Condition.HasRole("vip"), new Condition.SpeaksLocale(SPANISH)))
        .build();
    writes(FULL, "hola");
    bench.submitted(new CustomerEvent.CustomerEnded(origin(FULL)));
    writes(BARE, "otra pregunta");

    assertThat(bench.conversation(2).state()).isEqualTo(ConversationState.WAITING);
    assertThat(bench.conversation(2).route().queue()).isEqualTo(new QueueName("spanish-vip"));
    assertThat(bench.conversation(2).locale()).isEqualTo(SPANISH);
  }

  @Test
  void a_customer_who_chooses_another_language_is_spoken_to_in_it_at_once() {
    writes(new CustomerProfile("ada", "Ada", Locale.ENGLISH, Set.of()), "hello");
    bench.submitted(new CustomerEvent.LanguageChosen(origin(FULL)));
    bench.submitted(new CustomerEvent.CustomerPressed(origin(BARE), Button.DID_NOT_HELP));

    assertThat(bench.conversation(1).locale()).isEqualTo(SPANISH);
    assertThat(bench.textsToCustomers()).last().asString().startsWith("Lo siento");
  }
}
