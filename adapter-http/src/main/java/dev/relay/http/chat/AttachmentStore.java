package dev.relay.http.chat;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.http.access.ChatSession;
import dev.relay.http.web.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks who may use which attachment. Thread-safe. */
public final class AttachmentStore {
  private static final int CHUNK = 500;
  private static final int MAX_CHUNKS = 40;

  private final Store store;

  public AttachmentStore(Store store) {
    this.store = store;
  }

  /**
   * Returns the attachments with these ids, all uploaded by that owner; throws a {@link Problem} that names the first other
   * one.
   */
  public List<AttachmentRef> own(List<String> ids, String owner) {
    List<AttachmentRef> refs = new ArrayList<>();
    for (String id : ids) {
      refs.add(store
          .attachments()
          .find(id)
          .filter(kept -> kept.owner().equals(owner))
          .map(Attachments.Kept::ref)
          .orElseThrow(() -> Problem.invalid(
              "attachments[" + refs.size() + "]",
              "attachments[" + refs.size() + "] must be the id of a file that you uploaded")));
    }
    return refs;
  }

  /** Returns an attachment for agents, who may read all. */
  Optional<AttachmentRef> forAgent(String id) {
    return store.attachments().find(id).map(Attachments.Kept::ref);
  }

  /** Returns an attachment that the customer uploaded, or that is part of a message to them that has not been deleted. */
  Optional<AttachmentRef> forCustomer(String id, ChatSession session) {
    Optional<Attachments.Kept> kept = store.attachments().find(id);
    return kept.filter(found -> found.owner().equals(session.attachmentOwner())
            || store.read(queries -> isShown(queries, id, session.address())))
        .map(Attachments.Kept::ref);
  }

  private static boolean isShown(Queries queries, String id, CustomerAddress address) {
    Set<EntryId> holders = new HashSet<>();
    EntryId after = new EntryId(0);
    for (int i = 0; i < MAX_CHUNKS; i++) {
      List<TranscriptEntry> entries = queries.transcriptAt(address, after, CHUNK);
      for (TranscriptEntry entry : entries) {
        if (entry.content() instanceof EntryContent.Said said
            && said.body().attachments().stream().anyMatch(ref -> ref.id().equals(id))) {
          holders.add(entry.id());
        } else if (entry.content() instanceof EntryContent.Deleted deleted) {
          holders.remove(deleted.target());
        }
        after = entry.id();
      }
      if (entries.size() < CHUNK) {
        break;
      }
    }
    return !holders.isEmpty();
  }
}
