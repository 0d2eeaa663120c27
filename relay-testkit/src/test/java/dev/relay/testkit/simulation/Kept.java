package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Contents of the store at the end. */
final class Kept {
  private static final int ALL = 1_000;

  final List<Conversation> conversations = new ArrayList<>();
  final Map<ConversationId, List<TranscriptEntry>> transcripts = new LinkedHashMap<>();
  final Map<LaneKey, Lane> lanes = new LinkedHashMap<>();
  final List<SupportCase> cases = new ArrayList<>();
  /** The texts of all notes. */
  final List<String> notes = new ArrayList<>();
  /** The mentions of each live agent. */
  final Map<String, List<Team.Mention>> mentions = new HashMap<>();
  /** The live agents who no longer take part. */
  final Set<String> gone = new HashSet<>();

  static Kept in(Store store) {
    return store.read(Kept::readFrom);
  }

  private static Kept readFrom(Queries queries) {
    Kept kept = new Kept();
    ConversationFilter any =
        new ConversationFilter(Set.of(), Optional.empty(), Optional.empty(), false);
    kept.conversations.addAll(queries.conversations(any, Optional.empty(), ALL));
    for (Conversation each : kept.conversations) {
      kept.transcripts.put(each.id(), queries.transcript(each.id(), new EntryId(0), ALL));
      queries.lanes(each.id()).forEach(lane -> kept.lanes.put(lane.key(), lane));
    }
    kept.cases.addAll(queries.cases(CaseFilter.any(), Optional.empty(), ALL));
    kept.cases.forEach(
        it -> queries.notes(it.number(), ALL).forEach(note -> kept.notes.add(note.text())));
    queries
        .members()
        .forEach(member ->
            kept.mentions.put(member.id(), queries.mentions(member.id(), 0, Team.Mention.MOST)));
    queries.members().stream()
        .filter(member -> !member.works())
        .forEach(member -> kept.gone.add(member.id()));
    ConversationId none = LaneKey.ANNOUNCEMENTS.conversation();
    kept.transcripts.put(none, queries.announcements(new EntryId(0), ALL));
    queries.lane(LaneKey.ANNOUNCEMENTS).ifPresent(lane -> kept.lanes.put(lane.key(), lane));
    return kept;
  }

  /** Checks whether no entry is waiting for delivery, except in parked lanes. */
  boolean isAtRest() {
    return lanes.values().stream()
        .allMatch(lane -> lane.depth() == 0 || lane.parkedAt().isPresent());
  }

  /** Checks whether the author of a message has deleted it: it may then not be delivered any more. */
  boolean isDeleted(TranscriptEntry entry) {
    return transcripts.getOrDefault(entry.conversation(), List.of()).stream()
        .anyMatch(it -> it.content() instanceof EntryContent.Deleted deleted
            && deleted.target().equals(entry.id()));
  }

  CustomerId customerOf(ConversationId id) {
    return conversations.stream()
        .filter(each -> each.id().equals(id))
        .map(Conversation::customer)
        .findFirst()
        .orElseThrow();
  }

  /** Returns the id of a conversation's first entry, or a higher one than any if it has none. */
  EntryId firstEntryOf(ConversationId id) {
    return transcripts.getOrDefault(id, List.of()).stream()
        .findFirst()
        .map(TranscriptEntry::id)
        .orElse(new EntryId(Long.MAX_VALUE));
  }

  List<TranscriptEntry> allEntries() {
    List<TranscriptEntry> all = new ArrayList<>();
    transcripts.values().forEach(all::addAll);
    return all;
  }
}
