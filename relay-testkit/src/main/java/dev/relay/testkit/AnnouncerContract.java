package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Announcer.Announcement;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.Topic;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Announcer} must do: docs/announcer-contract.md, rule by rule. Extend it, join your announcer to a fake far
 * side, and you are done when it is green.
 */
public abstract class AnnouncerContract {

  /** For those who implement an announcer. */
  protected AnnouncerContract() {}

  /** The announcer under test, always the same within a test, against a fake far side that is well. */
  protected abstract Announcer announcer() throws Exception;

  /** Whatever the far side shows now: one string for each announcement that stands there, with all of its words. */
  protected abstract List<String> shown() throws Exception;

  /** Lets the far side behave like that from now on. */
  protected abstract void trouble(FarSideTrouble trouble) throws Exception;

  /** Lets the far side be well again. */
  protected abstract void repair() throws Exception;

  /** What can be wrong with the far side; override where something cannot. */
  protected Set<FarSideTrouble> possibleTroubles() {
    return EnumSet.allOf(FarSideTrouble.class);
  }

  private DeliveryRules rules() {
    return new DeliveryRules(new Side(), possibleTroubles());
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
  @DisplayName("1.1 MUST always have the same id")
  void hasAnId() throws Exception {
    assertThat(announcer().id()).isEqualTo(announcer().id());
  }

  @Test
  @DisplayName("1.2 MUST NOT throw when the far side fails")
  void throwsNothing() {
    rules().throwsNothing();
  }

  @Test
  @DisplayName("1.3 MUST show a repeated delivery id at most once")
  void showsOnce() {
    rules().showsOnce();
  }

  @Test
  @DisplayName(
      "1.4 MUST answer Unknown, never RetryLater or Rejected, where the far side may have acted")
  void saysWhenItIsInDoubt() {
    rules().saysWhenItIsInDoubt();
  }

  @Test
  @DisplayName("1.5 MUST pass on how long the far side asks to wait")
  void passesOnWishes() {
    rules().passesOnWishes();
  }

  @Test
  @DisplayName("1.6 MUST answer Rejected where the far side will never take it")
  void rejectsWhatIsRefused() {
    rules().rejectsWhatIsRefused();
  }

  @Test
  @DisplayName("1.7 MUST look up the truth, and say so where it cannot tell")
  void looksUpTheTruth() {
    rules().looksUpTheTruth();
  }

  @Test
  @DisplayName("1.8 MUST keep the words of an announcement out of reasons")
  void keepsTextsOutOfReasons() {
    rules().keepsTextsOutOfReasons();
  }

  @Test
  @DisplayName("1.9 MUST show the longest title and text whole, with the address to read on")
  void showsAllOfIt() throws Exception {
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

  private final class Side implements DeliveryRules.Side {
    @Override
    public DeliveryResult deliver(int number) {
      return Unchecked.call(AnnouncerContract.this::announcer)
          .publish(announcement(number, DeliveryRules.text(number)));
    }

    @Override
    public LookUp lookUp(int number) {
      return Unchecked.call(AnnouncerContract.this::announcer)
          .lookUp(announcement(number, DeliveryRules.text(number)));
    }

    @Override
    public long timesShown(int number) {
      return Unchecked.call(AnnouncerContract.this::shown).stream()
          .filter(it -> it.contains(DeliveryRules.text(number)))
          .count();
    }

    @Override
    public void trouble(FarSideTrouble trouble) {
      Unchecked.run(() -> AnnouncerContract.this.trouble(trouble));
    }

    @Override
    public void repair() {
      Unchecked.run(AnnouncerContract.this::repair);
    }
  }
}
