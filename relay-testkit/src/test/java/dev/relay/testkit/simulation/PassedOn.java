package dev.relay.testkit.simulation;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks of the transcripts that are passed on to desks and to the virtual agent. Used by one thread. */
final class PassedOn {
  private static final int ALL = 1_000;

  private final World world;
  private final Map<EntryId, List<TranscriptEntry>> handoffs = new HashMap<>();
  private final Map<String, Set<String>> questions = new HashMap<>();

  PassedOn(World world) {
    this.world = world;
  }

  /** Checks the transcript of a handoff, which is delivered for that entry. */
  void withHandoff(EntryId handoff, List<TranscriptEntry> transcript) {
    boolean endsInTime = transcript.stream().allMatch(it -> it.id().value() <= handoff.value());
    world
        .verdict()
        .check(
            endsInTime,
            Check.NOTHING_REACHES_A_DESK_TWICE,
            "handoff " + handoff + " carries messages that follow it");
    List<TranscriptEntry> before = handoffs.putIfAbsent(handoff, transcript);
    world
        .verdict()
        .check(
            before == null || words(before).equals(words(transcript)),
            Check.NOTHING_REACHES_A_DESK_TWICE,
            "handoff " + handoff + " carries another transcript than at its first attempt");
    checkTexts(handoff, transcript);
  }

  /** Checks the history that the virtual agent receives with a question, and keeps the lines of the question. */
  void withQuestion(Turn turn) {
    questions
        .computeIfAbsent(turn.id(), id -> new HashSet<>())
        .addAll(turn.text().lines().toList());
    List<TranscriptEntry> history = turn.history();
    if (!history.isEmpty()) {
      checkTexts(history.get(history.size() - 1).id(), history);
    }
  }

  /** Returns the lines of the question that was asked when that entry was due. */
  Set<String> linesOfQuestion(ConversationId conversation, long sequence) {
    LaneKey lane = new LaneKey(conversation, Destination.VIRTUAL_AGENT);
    return questions.getOrDefault(DeliveryId.of(lane, sequence).value(), Set.of());
  }

  /** Checks whether the virtual agent was ever asked a question with that line. */
  boolean wasAsked(String line) {
    return questions.values().stream().anyMatch(lines -> lines.contains(line));
  }

  /** Checks that everything which was changed before that entry is passed on as it was changed. */
  private void checkTexts(EntryId upTo, List<TranscriptEntry> passedOn) {
    if (passedOn.isEmpty()) {
      return;
    }
    Set<EntryId> deleted = new HashSet<>();
    Map<EntryId, Set<String>> texts = new HashMap<>();
    List<TranscriptEntry> all = world
        .store()
        .read(queries -> queries.transcript(passedOn.get(0).conversation(), new EntryId(0), ALL));
    for (TranscriptEntry entry : all) {
      boolean inTime = entry.id().value() <= upTo.value();
      if (entry.content() instanceof EntryContent.Deleted change && inTime) {
        deleted.add(change.target());
      } else if (entry.content() instanceof EntryContent.Edited change && inTime) {
        texts.put(change.target(), new HashSet<>(Set.of(change.text())));
      } else if (entry.content() instanceof EntryContent.Edited change
          && texts.containsKey(change.target())) {
        texts.get(change.target()).add(change.text());
      }
    }
    for (TranscriptEntry entry : passedOn) {
      world
          .verdict()
          .check(
              !isInternal(entry.content()),
              Check.INTERNAL_STAYS_INTERNAL,
              "entry " + entry.id() + " is internal and was passed on");
      boolean right = !deleted.contains(entry.id())
          && (!(entry.content() instanceof EntryContent.Said said)
              || !texts.containsKey(entry.id())
              || texts.get(entry.id()).contains(said.body().text()));
      world
          .verdict()
          .check(
              right,
              Check.NOTHING_TAKEN_BACK_IS_PASSED_ON,
              "entry " + entry.id() + " was passed on as it was before its author changed it");
    }
  }

  private static boolean isInternal(EntryContent content) {
    return content instanceof EntryContent.Whispered
        || (content instanceof EntryContent.Said said
            && said.body().text().startsWith(AgentActor.INTERNAL));
  }

  private static List<String> words(List<TranscriptEntry> transcript) {
    return transcript.stream().map(it -> it.id() + " " + it.content()).toList();
  }
}
