package dev.relay.core.cases;

import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import java.util.Optional;
import java.util.Set;

/**
 * A requested change of a case; fields that are empty stay as they are.
 *
 * @param status the new status, which must be a legal next one
 * @param priority the new priority
 * @param kind the new kind
 * @param subject the new subject, 1 to {@link SupportCase#MAX_SUBJECT} characters
 * @param tags the new tags, at most {@link SupportCase#MAX_TAGS}
 * @param queue the new queue
 * @param assignee the new assignee; an empty one inside removes the assignee
 */
public record CaseChange(
    Optional<CaseStatus> status,
    Optional<CasePriority> priority,
    Optional<CaseKind> kind,
    Optional<String> subject,
    Optional<Set<String>> tags,
    Optional<QueueName> queue,
    Optional<Optional<Participant>> assignee) {

  /** Returns a change of nothing. */
  public static CaseChange none() {
    return new CaseChange(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns a change of the status alone. */
  public static CaseChange status(CaseStatus status) {
    return none().withStatus(status);
  }

  /** Returns this change with that status. */
  public CaseChange withStatus(CaseStatus newStatus) {
    return new CaseChange(Optional.of(newStatus), priority, kind, subject, tags, queue, assignee);
  }

  /** Returns this change with that priority. */
  public CaseChange withPriority(CasePriority newPriority) {
    return new CaseChange(status, Optional.of(newPriority), kind, subject, tags, queue, assignee);
  }

  /** Returns this change with that assignee or, if empty, without one. */
  public CaseChange withAssignee(Optional<Participant> newAssignee) {
    return new CaseChange(status, priority, kind, subject, tags, queue, Optional.of(newAssignee));
  }
}
