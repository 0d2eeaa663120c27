package dev.relay.testkit.simulation;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.Destination;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Final checks of the transcripts against the texts that people wrote. */
final class TranscriptChecks {
  private final Kept kept;
  private final PassedOn passedOn;
  private final Ledger ledger;
  private final Verdict verdict;

  TranscriptChecks(Kept kept, PassedOn passedOn, Ledger ledger, Verdict verdict) {
    this.kept = kept;
    this.passedOn = passedOn;
    this.ledger = ledger;
    this.verdict = verdict;
  }

  void run() {
    checkWhatPeopleWrote();
    checkOpenConversations();
    checkMacros();
    checkMentions();
    checkCases();
    kept.conversations.forEach(conversation -> {
      checkOwner(conversation);
      checkAgent(conversation);
      checkAnswers(conversation);
    });
  }

  private void checkWhatPeopleWrote() {
    Map<String, Integer> times = new HashMap<>();
    Map<String, Long> places = new HashMap<>();
    for (TranscriptEntry entry : kept.allEntries()) {
      if (entry.content() instanceof EntryContent.Said said) {
        times.merge(said.body().text(), 1, Integer::sum);
        places.put(said.body().text(), entry.id().value());
      }
    }
    ledger
        .cancelled()
        .forEach(text -> verdict.check(
            !times.containsKey(text),
            Check.PLANS_ARE_KEPT,
            "'" + text + "' was cancelled and is in a transcript"));
    times.forEach((text, found) -> verdict.check(
        found == 1 || !text.contains(" plans "),
        Check.PLANS_ARE_KEPT,
        "'" + text + "' is in the transcripts " + found + " times"));
    Map<String, Ledger.Line> last = new HashMap<>();
    for (Ledger.Line line : ledger.lines()) {
      int found = times.getOrDefault(line.text(), 0);
      verdict.check(
          found > 0 || !line.isAcknowledged(),
          Check.NOTHING_ACKNOWLEDGED_IS_LOST,
          "'" + line.text() + "' was acknowledged and is in no transcript");
      verdict.check(
          found <= 1,
          Check.NOTHING_IS_APPLIED_TWICE,
          "'" + line.text() + "' is in the transcript " + found + " times");
      if (line.isAcknowledgedAtOnce() && found == 1) {
        Ledger.Line before = last.put(line.author(), line);
        verdict.check(
            before == null
                || places.getOrDefault(before.text(), 0L)
                    < places.getOrDefault(line.text(), Long.MAX_VALUE),
            Check.TRANSCRIPT_KEEPS_THE_ORDER,
            "'" + line.text() + "' was handed in later than what stands after it");
      }
    }
  }

  private void checkMacros() {
    for (Ledger.Macro macro : ledger.macros()) {
      long said = kept.allEntries().stream()
          .filter(it -> it.content() instanceof EntryContent.Said message
              && message.body().text().equals(macro.text()))
          .count();
      long noted = kept.notes.stream().filter(macro.note()::equals).count();
      verdict.check(
          said == noted && said <= 1,
          Check.MACROS_ARE_WHOLE,
          "of a macro '" + macro.text() + "' was written " + said + " times, its note " + noted
              + " times");
    }
  }

  private void checkMentions() {
    for (Ledger.Mention mention : ledger.mentions()) {
      long written = kept.notes.stream().filter(mention.text()::equals).count()
          + kept.allEntries().stream()
              .filter(it -> it.content() instanceof EntryContent.Whispered whispered
                  && whispered.text().equals(mention.text()))
              .count();
      long arisen = kept.mentions.getOrDefault(mention.agent(), List.of()).stream()
          .filter(it -> it.text().equals(mention.text()))
          .count();
      verdict.check(
          written == arisen,
          Check.MENTIONS_ARISE_ONCE,
          "'" + mention.text() + "' was written " + written + " times, and " + mention.agent()
              + " has " + arisen + " mentions of it");
    }
  }

  private void checkCases() {
    kept.cases.stream()
        .filter(it -> it.status().isUnsolved())
        .forEach(it -> verdict.check(
            it.assignee().filter(agent -> kept.gone.contains(agent.id())).isEmpty(),
            Check.NOBODY_WAITS_UNSEEN,
            "case " + it.number() + " is assigned to " + it.assignee() + ", who is gone"));
  }

  private void checkOpenConversations() {
    Set<CustomerAddress> open = new HashSet<>();
    for (Conversation conversation : kept.conversations) {
      verdict.check(
          conversation.state() == ConversationState.CLOSED || open.add(conversation.address()),
          Check.ONE_OPEN_CONVERSATION_PER_ADDRESS,
          "conversation " + conversation.id() + " is not the only open one at its address");
    }
  }

  private void checkAgent(Conversation conversation) {
    if (conversation.handling() instanceof Handling.Live live) {
      verdict.check(
          !kept.gone.contains(live.agent().id()),
          Check.NOBODY_WAITS_UNSEEN,
          "conversation " + conversation.id() + " is with " + live.agent().id() + ", who is gone");
      verdict.check(
          live.colleagues().stream().noneMatch(it -> kept.gone.contains(it.id())),
          Check.NOBODY_WAITS_UNSEEN,
          "conversation " + conversation.id() + " is helped by " + live.colleagues()
              + ", of whom somebody is gone");
    }
  }

  /** Checks, by following the transcript, that only the conversation's owner and the customer speak. */
  private void checkOwner(Conversation conversation) {
    Owner owner = Owner.VIRTUAL_AGENT;
    for (TranscriptEntry entry : transcriptOf(conversation)) {
      owner = owner.after(entry.content());
      if (entry.content() instanceof EntryContent.Said said) {
        boolean allowed =
            said.author().role() == Participant.Role.CUSTOMER || owner.mayBe(said.author());
        verdict.check(
            allowed,
            Check.ONE_OWNER,
            "entry " + entry.id() + " of conversation " + conversation.id() + ": "
                + said.author().id() + " speaks while " + owner + " has it");
      }
    }
  }

  /**
   * Checks that each message to the virtual agent is part of exactly one question that was answered, or of none if another owner took
   * over first.
   */
  private void checkAnswers(Conversation conversation) {
    List<TranscriptEntry> transcript = transcriptOf(conversation);
    Map<Long, Set<String>> tries = new HashMap<>();
    transcript.forEach(entry -> answered(entry)
        .ifPresent(turn -> tries
            .computeIfAbsent(turn.sequence(), sequence -> new HashSet<>())
            .add(turn.attempt())));
    Map<String, Integer> answersTo = new HashMap<>();
    tries.forEach((sequence, attempts) -> passedOn
        .linesOfQuestion(conversation.id(), sequence)
        .forEach(line -> answersTo.merge(line, attempts.size(), Integer::sum)));
    for (int place = 0; place < transcript.size(); place++) {
      TranscriptEntry entry = transcript.get(place);
      if (entry.destination() != Destination.VIRTUAL_AGENT) {
        continue;
      }
      int answers =
          answersTo.getOrDefault(((EntryContent.Said) entry.content()).body().text(), 0);
      boolean answeredAsEdited = editsOf(entry, transcript).anyMatch(answersTo::containsKey);
      boolean missed = answers == 0
          && !answeredAsEdited
          && !kept.isDeleted(entry)
          && isPassedOver(
              wasAsked(entry, transcript),
              transcript.subList(place + 1, transcript.size()),
              entry.sequence(),
              conversation.state());
      verdict.check(
          answers <= 1 && !missed,
          Check.EVERY_QUESTION_IS_ANSWERED_ONCE,
          "question " + entry.sequence() + " of conversation " + conversation.id()
              + " was answered " + answers + " times");
    }
  }

  private static Stream<String> editsOf(TranscriptEntry entry, List<TranscriptEntry> transcript) {
    return transcript.stream()
        .map(TranscriptEntry::content)
        .filter(content ->
            content instanceof EntryContent.Edited edited && edited.target().equals(entry.id()))
        .map(content -> ((EntryContent.Edited) content).text());
  }

  /**
   * Checks whether the virtual agent continued without answering that question, or fell silent. If it handed the conversation over while
   * the team was away, the customer has read that instead of an answer.
   */
  private static boolean isPassedOver(
      boolean wasAsked, List<TranscriptEntry> rest, long sequence, ConversationState atLast) {
    for (TranscriptEntry entry : rest) {
      if (wasAsked
          && entry.content() instanceof EntryContent.Notified notified
          && notified.notice().kind() == NoticeKind.OUTSIDE_BUSINESS_HOURS) {
        return false;
      }
      if (!Owner.VIRTUAL_AGENT.after(entry.content()).equals(Owner.VIRTUAL_AGENT)) {
        return false;
      }
      if (answered(entry).filter(turn -> turn.sequence() > sequence).isPresent()) {
        return true;
      }
    }
    return atLast == ConversationState.BOT;
  }

  /** Checks whether the virtual agent was asked that question, as it was written or edited. */
  private boolean wasAsked(TranscriptEntry question, List<TranscriptEntry> transcript) {
    return passedOn.wasAsked(((EntryContent.Said) question.content()).body().text())
        || editsOf(question, transcript).anyMatch(passedOn::wasAsked);
  }

  /** Question that an entry answers, and the attempt, as named by the simulated virtual agent. */
  private record Turn(long sequence, String attempt) {}

  private static Optional<Turn> answered(TranscriptEntry entry) {
    if (!(entry.content() instanceof EntryContent.Said said)
        || said.author().role() != Participant.Role.VIRTUAL_AGENT) {
      return Optional.empty();
    }
    String[] words = said.body().text().split(" ", -1);
    String[] id = words[2].split("-", -1);
    return Optional.of(new Turn(Long.parseLong(id[2], Character.MAX_RADIX), words[4]));
  }

  private List<TranscriptEntry> transcriptOf(Conversation conversation) {
    return kept.transcripts.getOrDefault(conversation.id(), List.of());
  }
}
