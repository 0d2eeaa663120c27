package dev.relay.core.conversation;

import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import java.time.Instant;
import java.util.Optional;

/** Messages that live agents plan for a later time; the conversation itself does not change before that time. */
final class WritingLater {
  private final Draft draft;
  private final Context context;

  WritingLater(Draft draft, Context context) {
    this.draft = draft;
    this.context = context;
  }

  /** Plans a message, if its agent could write it now. */
  Decision plan(DeskEvent.MessageScheduled event) {
    Instant now = context.now();
    if (!event.at().isAfter(now) || event.at().isAfter(now.plus(Scheduled.MAX_AHEAD))) {
      return refuse(
          Refusal.Code.INVALID,
          "a message can be planned for a time from now to " + Scheduled.MAX_AHEAD.toDays()
              + " days ahead");
    }
    if (!event.message().body().attachments().isEmpty()) {
      return refuse(Refusal.Code.INVALID, "a message that is sent later cannot have files");
    }
    Optional<Refusal> refusal = new WritingFirst(draft, context, event.message()).refusal();
    if (refusal.isPresent()) {
      return new Decision.Refused(refusal.get());
    }
    draft.save(new Scheduled(
        0,
        context.customer().id(),
        event.message().withKey(Optional.empty()),
        event.at(),
        now,
        Scheduled.State.WAITING,
        Optional.empty()));
    return draft.applied();
  }

  /** Cancels a message whose time has not come; every live agent may do so. */
  Decision cancel(DeskEvent.ScheduleCancelled event) {
    Optional<Scheduled> found = context
        .scheduled(event.scheduled())
        .filter(it -> it.message().conversation().equals(event.conversation()));
    if (found.isEmpty()) {
      return refuse(
          Refusal.Code.UNKNOWN_MESSAGE, "there is no message " + event.scheduled() + " for later");
    }
    return switch (found.get().state()) {
      case WAITING -> {
        draft.save(found.get().in(Scheduled.State.CANCELLED, Optional.empty()));
        yield draft.applied();
      }
      case CANCELLED -> draft.applied();
      case SENT, FAILED ->
        refuse(
            Refusal.Code.TOO_LATE,
            "message " + event.scheduled() + " is " + found.get().state() + " already");
    };
  }

  private static Decision refuse(Refusal.Code code, String message) {
    return new Decision.Refused(new Refusal(code, message));
  }
}
