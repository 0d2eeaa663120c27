package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Announcer.Announcement;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.Topic;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of docs/announcer-contract.md that every {@link Announcer} must keep. Extend this class and connect your announcer to a
 * fake far side; the announcer is finished when all tests are green.
 */
public abstract class AnnouncerContract extends FarSideContract {

  /** Creates the contract; called by the subclass that tests an announcer. */
  protected AnnouncerContract() {}

  /** Returns the announcer under test, always the same within a test, against a fake far side that works. */
  protected abstract Announcer announcer() throws Exception;

  /** Returns the announcements that the far side shows now, each as one string with all of its words. */
  protected abstract List<String> shown() throws Exception;

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
    checkThrowsNothing();
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
    checkKeepsTextsOutOfReasons();
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
