package dev.relay.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Store;
import dev.relay.jdbc.JdbcStore;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An agent's handling of messages that could not be delivered. */
class UndeliveredIT extends BrowserTest {
  private static final PortId NOWHERE = new PortId("nowhere");
  private static final String MARKUP = "<img src=x onerror=\"window.hacked = 1\">lost words";

  @Test
  void dead_letters_are_shown_retried_and_skipped() throws IOException {
    DeskPage desk = firstAgent(WindowShape.AGENT, "Ada Lovelace");
    BrowserWindow window = desk.window();
    ChatPage chat = customer(WindowShape.CUSTOMER);
    chat.introduce("Mara");
    chat.say("Where are my lanterns?");
    chat.awaitDelivered();
    LaneKey lane = new LaneKey(new ConversationId(1), Destination.DESK);

    park(lane, MARKUP);
    window.click("#nav-undelivered");
    window.awaitText("#undelivered-list", "lost words");
    assertThat(window.allTexts("#undelivered-list .letter__text")).contains(MARKUP);
    assertThat(window.allTexts("#undelivered-list .form-error"))
        .contains("given up after 8 attempts: nobody is there");
    assertThat(window.script("return String(window.hacked);")).isIn("undefined", "null");
    picture(window, "desk-undelivered");

    window.click("#undelivered-list .letter__actions button:nth-of-type(1)");
    window.awaitText("#toasts", "Sending it again.");
    window.awaitText("#undelivered-list", "Everything was delivered");
    assertThat(lane(lane).parkedAt()).isEmpty();
    assertThat(lane(lane).depth()).as("it waits for its port").isEqualTo(1);

    park(lane, "the next one");
    window.click("#nav-settings");
    window.click("#nav-undelivered");
    window.awaitText("#undelivered-list", "lost words");
    window.awaitText("#undelivered-list", "holds back 1 more");
    window.click("#undelivered-list .letter__actions button:nth-of-type(2)");
    window.click("#question-yes");
    window.awaitText("#toasts", "Skipped.");
    window.awaitText("#undelivered-list", "Everything was delivered");
    assertThat(lane(lane).depth()).as("only the next one waits").isEqualTo(1);

    LaneKey other = new LaneKey(new ConversationId(1), Destination.CUSTOMER);
    park(lane, "one more");
    park(other, "for the customer");
    window.click("#nav-settings");
    window.awaitVisible("#language");
    window.choose("#language", "es");
    window.awaitText("#nav-undelivered", "Sin entregar");
    window.click("#nav-undelivered");
    window.awaitText(
        "#undelivered-list .form-error", "se ha desistido tras 8 intentos: nobody is there");
    window.awaitText(
        "#undelivered-list [data-port]", "se ha desistido tras 8 intentos: nobody is there");
    window.click("#nav-settings");
    window.awaitVisible("#language");
    window.choose("#language", "en");
    window.awaitText("#nav-undelivered", "Undelivered");
    window.click("#nav-undelivered");
    window.awaitText("#undelivered-list [data-port]", "2 messages with one cause");
    window.click("#undelivered-list [data-port] button:nth-of-type(1)");
    window.awaitText("#toasts", "Sending 2 messages again.");
    window.awaitText("#undelivered-list", "Everything was delivered");
    assertThat(lane(other).parkedAt()).isEmpty();
  }

  /** Parks the head of the lane beside the running server, as a failing channel would. */
  private void park(LaneKey lane, String text) {
    try (Store store = store()) {
      store.write(transaction -> {
        Instant now = Instant.now();
        transaction.append(
            lane.conversation(),
            lane.destination(),
            Optional.of(NOWHERE),
            new EntryContent.Said(Participant.agent("x", "X"), MessageBody.text(text)),
            Optional.empty(),
            now);
        Claim claim =
            transaction.claim(NOWHERE, now, now.plusSeconds(60), "test", 1).get(0);
        return transaction.settle(
            claim.lane(),
            claim.epoch(),
            claim.head().sequence(),
            new Settlement.Park("given up after 8 attempts: nobody is there", false),
            now);
      });
    }
  }

  private Lane lane(LaneKey key) {
    try (Store store = store()) {
      return store.read(queries -> queries.lane(key)).orElseThrow();
    }
  }

  private JdbcStore store() {
    return JdbcStore.openBeside(
        "jdbc:sqlite:" + folder.resolve("data/relay.db"), InstantSource.system(), new Random());
  }
}
