package dev.relay.http.chat;

import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.Store;
import dev.relay.http.access.ChatSession;
import dev.relay.http.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks who may use which attachment. Thread-safe. */
public final class AttachmentStore {
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
            || store.read(queries -> queries.isShown(id, session.address())))
        .map(Attachments.Kept::ref);
  }
}
