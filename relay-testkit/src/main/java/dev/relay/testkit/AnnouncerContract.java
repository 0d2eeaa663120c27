package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Announcer.Announcement;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of docs/announcer-contract.md that every {@link Announcer} must keep. Extend this class and connect your announcer to a
 * fake far side; the announcer is finished when all tests are green.
 */
public abstract class AnnouncerContract extends FarSideContract {

  /** The number of the card; other deliveries have smaller ones. */
  private static final int CARD = 100;

  private static final Instant OPENED = Instant.parse("2026-11-02T10:00:00Z");

  /** Creates the contract; called by the subclass that tests an announcer. */
  protected AnnouncerContract() {}

  /** Returns the announcer under test, always the same within a test, against a fake far side that works. */
  protected abstract Announcer announcer() throws Exception;

  /** Returns the announcements that the far side shows now, each as one string with all of its words. */
  protected abstract List<String> shown() throws Exception;

  /** Checks whether the announcer changes the cards of cases; override with true if it overrides {@link Announcer#update}. */
  protected boolean changesCards() {
    return false;
  }

  /**
   * Deletes an announcement at the far side, as its moderators can. Override if {@link #changesCards()} is true.
   *
   * @param externalId the id that {@link Announcer#publish} returned
   */
  protected void deleted(String externalId) throws Exception {
    throw new UnsupportedOperationException(
        "override deleted(), because changesCards() returns true");
  }

  /** Returns the card of a case. */
  private static Announcement card(CaseStatus status) {
    Announcement plain = announcement(CARD, text(CARD));
    SupportCase shown = new SupportCase(
        new CaseNumber(1042),
        CaseKind.BUG,
        status,
        CasePriority.NORMAL,
        plain.title(),
        plain.text(),
        Map.of(),
        Set.of(),
        QueueName.DEFAULT,
        Optional.empty(),
        new CustomerId(7),
        List.of(),
        Optional.empty(),
        OPENED,
        OPENED,
        Optional.empty(),
        Optional.empty(),
        0);
    return new Announcement(
        plain.id(), plain.topic(), plain.title(), plain.text(), plain.url(), Optional.of(shown));
  }

  /** Publishes the card of a new case and returns its external id. */
  private String publishedCard() throws Exception {
    DeliveryResult result = announcer().publish(card(CaseStatus.NEW));
    assertThat(result).isInstanceOf(DeliveryResult.Delivered.class);
    return ((DeliveryResult.Delivered) result).externalId().orElse("");
  }

  private DeliveryResult updateDuring(FarSideTrouble trouble, CaseStatus status, String id)
      throws Exception {
    trouble(trouble);
    DeliveryResult result = announcer().update(card(status), id);
    repair();
    return result;
  }

  private static Announcement announcement(int number, String text) {
    return new Announcement(
        DeliveryId.of(LaneKey.ANNOUNCEMENTS, number),
        Topic.NEWS,
        "News " + number,
        text,
        Optional.of("https://example.com/news/" + number));
  }

  @Test
  @DisplayName("A1.1 MUST always have the same id")
  void hasAnId() throws Exception {
    assertThat(announcer().id()).isEqualTo(announcer().id());
  }

  @Test
  @DisplayName("A1.2 MUST NOT throw when the far side fails")
  void throwsNothing() throws Exception {
    String id = publishedCard();
    checkThrowsNothing();
    for (FarSideTrouble trouble : possibleTroubles()) {
      assertThatCode(() -> updateDuring(trouble, CaseStatus.OPEN, id))
          .as("update: %s", trouble)
          .doesNotThrowAnyException();
    }
  }

  @Test
  @DisplayName("A1.3 MUST show a repeated delivery id once")
  void showsOnce() throws Exception {
    checkShowsOnce();
  }

  @Test
  @DisplayName(
      "A1.4 MUST answer Unknown, never RetryLater or Rejected, if the far side may have acted")
  void reportsDoubt() throws Exception {
    checkReportsDoubt();
  }

  @Test
  @DisplayName("A1.5 MUST pass on how long the far side asks to wait")
  void passesOnTheRequestedWait() throws Exception {
    checkPassesOnTheRequestedWait();
    if (changesCards() && canHappen(FarSideTrouble.ASKS_TO_WAIT)) {
      String id = publishedCard();
      checkWaitOf(updateDuring(FarSideTrouble.ASKS_TO_WAIT, CaseStatus.SOLVED, id));
    }
  }

  @Test
  @DisplayName("A1.6 MUST answer Rejected if the far side will never accept it")
  void rejectsWhatIsRefused() throws Exception {
    checkRejectsWhatIsRefused();
  }

  @Test
  @DisplayName("A1.7 MUST look up the truth, or answer CannotTell")
  void looksUpTheTruth() throws Exception {
    checkLooksUpTheTruth();
  }

  @Test
  @DisplayName("A1.8 MUST keep the words of an announcement out of reasons")
  void keepsTextsOutOfReasons() throws Exception {
    String id = publishedCard();
    checkKeepsTextsOutOfReasons();
    for (FarSideTrouble trouble : possibleTroubles()) {
      assertThat(reasonOf(updateDuring(trouble, CaseStatus.SOLVED, id)).orElse(""))
          .as("update: %s", trouble)
          .doesNotContain(CANARY);
    }
  }

  @Test
  @DisplayName("A1.9 MUST show the longest title and text completely, with the address")
  void showsEverything() throws Exception {
    String title = "T".repeat(199) + "t";
    String text = "x".repeat(3_999) + "z";
    Announcement longest = new Announcement(
        DeliveryId.of(LaneKey.ANNOUNCEMENTS, 1),
        Topic.NEWS,
        title,
        text,
        Optional.of("https://example.com/read-on"));
    assertThat(announcer().publish(longest)).isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(String.join("", shown())).contains(title, text, "https://example.com/read-on");
  }

  @Test
  @DisplayName("A1.10 MUST change a card in its place, and nothing if the update is repeated")
  void changesACardInItsPlace() throws Exception {
    String id = publishedCard();
    List<String> isNew = shown();
    assertThat(announcer().update(card(CaseStatus.SOLVED), id))
        .isInstanceOf(DeliveryResult.Delivered.class);
    List<String> isSolved = shown();
    if (!changesCards()) {
      assertThat(isSolved).as("cards are not changed").isEqualTo(isNew);
      return;
    }
    assertThat(isSolved).as("no further card").hasSameSizeAs(isNew);
    assertThat(isSolved).as("the card shows the new state").isNotEqualTo(isNew);
    assertThat(isSolved).last().asString().contains(text(CARD));
    assertThat(announcer().update(card(CaseStatus.SOLVED), id))
        .isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(shown()).as("repeated").isEqualTo(isSolved);
    assertThat(announcer().update(card(CaseStatus.NEW), id))
        .isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(shown()).as("the state before").isEqualTo(isNew);
  }

  @Test
  @DisplayName("A1.11 MUST answer Delivered, and show nothing, if the card was deleted")
  void leavesADeletedCardAlone() throws Exception {
    String id = publishedCard();
    if (!changesCards()) {
      return;
    }
    deleted(id);
    List<String> without = shown();
    assertThat(announcer().update(card(CaseStatus.SOLVED), id))
        .isInstanceOf(DeliveryResult.Delivered.class);
    assertThat(shown()).isEqualTo(without);
  }

  @Test
  @DisplayName("A1.12 MUST NOT answer Delivered if the card does not show the state of its case")
  void reportsACardThatIsNotChanged() throws Exception {
    String id = publishedCard();
    if (!changesCards()) {
      return;
    }
    for (FarSideTrouble trouble : possibleTroubles()) {
      assertThat(announcer().update(card(CaseStatus.NEW), id))
          .isInstanceOf(DeliveryResult.Delivered.class);
      List<String> before = shown();
      DeliveryResult result = updateDuring(trouble, CaseStatus.SOLVED, id);
      if (shown().equals(before)) {
        assertThat(result).as("during %s", trouble).isNotInstanceOf(DeliveryResult.Delivered.class);
      }
      assertThat(announcer().update(card(CaseStatus.SOLVED), id))
          .as("after %s", trouble)
          .isInstanceOf(DeliveryResult.Delivered.class);
      assertThat(shown()).as("after %s", trouble).isNotEqualTo(before);
    }
  }

  @Override
  final DeliveryResult attempt(int number) {
    return Unchecked.call(this::announcer).publish(announcement(number, text(number)));
  }

  @Override
  final LookUp lookUp(int number) {
    return Unchecked.call(this::announcer).lookUp(announcement(number, text(number)));
  }

  @Override
  final long timesShown(int number) {
    return Unchecked.call(this::shown).stream()
        .filter(it -> it.contains(text(number)))
        .count();
  }
}
