package dev.relay.twilio;

import dev.relay.core.engine.Intake;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds conversations that agents ended while Relay was away: Twilio tells of them once, and to nobody. Calls block.
 */
final class MissedEnds {
  /** A conversation that is older than this is closed by Relay's own time limit for silence. */
  private static final Duration LOOK_BACK = Duration.ofDays(7);

  private static final int PAGES = 2;

  private final Links links;
  private final Adoption adoption;
  private final TwilioCalls twilio;
  private final Sequences sequences;
  private final Reports reports;
  private final Supplier<Optional<Intake>> intake;
  private final InstantSource clock;

  MissedEnds(
      Links links,
      Adoption adoption,
      TwilioCalls twilio,
      Sequences sequences,
      Reports reports,
      Supplier<Optional<Intake>> intake,
      InstantSource clock) {
    this.links = links;
    this.adoption = adoption;
    this.twilio = twilio;
    this.sequences = sequences;
    this.reports = reports;
    this.intake = intake;
    this.clock = clock;
  }

  /**
   * Reports those that Relay takes for open still: a call for each hundred that are closed, and two or three more for each that is
   * reported. To be called once the open ones are known.
   */
  void report() {
    twilio.closedConversations(
        clock.instant().minus(LOOK_BACK),
        Reconciliation.PAGES,
        page -> page.forEach(found -> ConversationName.parse(found.uniqueName())
            .filter(this::isMissed)
            .ifPresent(name -> report(name, found))));
  }

  private boolean isMissed(ConversationName name) {
    return links.find(name.conversation()).isEmpty()
        && intake.get().filter(it -> it.isAt(FlexDesk.ID, name.conversation())).isPresent();
  }

  private void report(ConversationName name, TwilioCalls.Found found) {
    if (twilio.conversation(name.next().toString()).isPresent()) {
      // Another took its place, perhaps by another instance: its end is no end of Relay's
      // conversation.
      return;
    }
    List<FlexEvent.Message> newestFirst =
        twilio.newestMessages(found.sid(), 0, TwilioCalls.PAGE, PAGES);
    Link link = adoption.adopt(name, found, 0);
    Adoption.remember(link, newestFirst);
    var unused =
        sequences.add(name.conversation(), () -> reports.endedMeanwhile(link, newestFirst));
  }
}
