package dev.relay.core.engine.lane;

import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The messages that a customer wrote in one go, which the virtual agent answers as one question. A pure function of the transcript,
 * never of the present: whether a message belongs to a burst is decided in the same way before and after a crash, so that each message is
 * part of exactly one question.
 *
 * <p>A message continues a burst if it came less than the pause after the message before it, and less than {@value #LONGEST} pauses after
 * the first one. No message continues a burst that has been answered: after a clock was set back, its time may say otherwise.
 *
 * @param messages the messages up to the head, as they were written, oldest first
 * @param isContinued whether a message after the head belongs to the burst as well: the last one carries the question
 * @param end when the burst is over unless another message comes before
 */
record Burst(List<TranscriptEntry> messages, boolean isContinued, Instant end) {
  /** The length of a burst at most, in pauses, so that nobody who keeps writing waits for long. */
  static final int LONGEST = 4;

  /**
   * Returns the burst to which a message belongs.
   *
   * @param head a message for the virtual agent
   * @param entries the transcript around it, oldest first, from a pause of the customer on
   * @param pause how long the customer must write nothing until they are answered; zero makes each message a burst of its own
   */
  static Burst around(TranscriptEntry head, List<TranscriptEntry> entries, Duration pause) {
    List<TranscriptEntry> burst = new ArrayList<>();
    Optional<TranscriptEntry> next = Optional.empty();
    Set<EntryId> answered = entries.stream()
        .flatMap(entry -> EngineEvent.VirtualAgentAnswered.turnOf(entry).stream())
        .collect(Collectors.toSet());
    for (TranscriptEntry message : questions(entries)) {
      if (message.id().value() > head.id().value()) {
        next = Optional.of(message);
        break;
      }
      if (!burst.isEmpty()
          && (answered.contains(last(burst).id()) || !continues(burst, message, pause))) {
        burst.clear();
      }
      burst.add(message);
    }
    if (burst.isEmpty()) {
      burst.add(head);
    }
    boolean continued = next.filter(message -> continues(burst, message, pause)).isPresent();
    Instant latest = burst.get(0).at().plus(pause.multipliedBy(LONGEST));
    Instant end = head.at().plus(pause);
    return new Burst(List.copyOf(burst), continued, end.isBefore(latest) ? end : latest);
  }

  /** Checks whether the customer has paused somewhere in these entries, so that the bursts after it can be told apart. */
  static boolean hasPause(List<TranscriptEntry> entries, Duration pause) {
    List<TranscriptEntry> questions = questions(entries);
    for (int i = 1; i < questions.size(); i++) {
      if (isPause(questions.get(i - 1), questions.get(i), pause)) {
        return true;
      }
    }
    return questions.size() < 2;
  }

  /** Returns the words of the burst as they are now, one line per message: edits count, and deleted messages are left out. */
  String words(List<TranscriptEntry> asSeen) {
    return asSeen.stream()
        .filter(this::contains)
        .map(entry -> ((EntryContent.Said) entry.content()).body().text())
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n"));
  }

  /** Checks whether the customer has deleted every message. */
  boolean isDeleted(List<TranscriptEntry> asSeen) {
    return asSeen.stream().noneMatch(this::contains);
  }

  /** Checks whether more may follow. A clock that was set back ends a burst: nobody waits until it is that late again. */
  boolean isOpenAt(Instant now) {
    return !isContinued && now.isBefore(end) && !now.isBefore(last(messages).at());
  }

  private boolean contains(TranscriptEntry entry) {
    return messages.stream().anyMatch(it -> it.id().equals(entry.id()));
  }

  private static boolean continues(
      List<TranscriptEntry> burst, TranscriptEntry message, Duration pause) {
    return !isPause(last(burst), message, pause)
        && Duration.between(burst.get(0).at(), message.at()).compareTo(pause.multipliedBy(LONGEST))
            < 0;
  }

  private static TranscriptEntry last(List<TranscriptEntry> burst) {
    return burst.get(burst.size() - 1);
  }

  private static boolean isPause(TranscriptEntry before, TranscriptEntry after, Duration pause) {
    return Duration.between(before.at(), after.at()).abs().compareTo(pause) >= 0;
  }

  private static List<TranscriptEntry> questions(List<TranscriptEntry> entries) {
    return entries.stream().filter(Burst::isQuestion).toList();
  }

  /** Checks whether an entry is a message of a customer to the virtual agent. */
  static boolean isQuestion(TranscriptEntry entry) {
    return entry.destination() == Destination.VIRTUAL_AGENT
        && entry.content() instanceof EntryContent.Said said
        && said.author().role() == Participant.Role.CUSTOMER;
  }
}
