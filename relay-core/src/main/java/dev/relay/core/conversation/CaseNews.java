package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The notices of what happens to a customer's case, and what the customer answers to them. */
final class CaseNews {
  /** The notices of a case after which the customer's next words are about that case. */
  private static final Set<NoticeKind> ANSWERED_HERE = EnumSet.of(
      NoticeKind.CASE_PENDING,
      NoticeKind.CASE_SOLVED,
      NoticeKind.CASE_REOPENED,
      NoticeKind.CASE_MERGED,
      NoticeKind.CASE_REMINDER,
      NoticeKind.ENDED_PENDING,
      NoticeKind.ENDED_IDLE,
      NoticeKind.CLOSED_UNANSWERED);

  private final Draft draft;
  private final Context context;

  CaseNews(Draft draft, Context context) {
    this.draft = draft;
    this.context = context;
  }

  /** Tells the customer of the new status, if they, and the operator, want that. */
  void tell(SupportCase changed, CaseStatus before) {
    noticeOf(changed.status(), before)
        .filter(
            kind -> context.caseNotices().contains(kind) && context.customer().toldOfCases())
        .ifPresent(kind -> draft.notifyCustomer(new Notice(kind, arguments(changed))));
  }

  /** Returns the arguments of a notice of what happened to a case. */
  static Map<String, String> arguments(SupportCase changed) {
    Map<String, String> arguments = new TreeMap<>();
    arguments.put("case", changed.number().toString());
    arguments.put("subject", changed.subject());
    changed.merge().ifPresent(merge -> arguments.put("into", merge.into().toString()));
    return arguments;
  }

  private static Optional<NoticeKind> noticeOf(CaseStatus now, CaseStatus before) {
    return switch (now) {
      case PENDING -> Optional.of(NoticeKind.CASE_PENDING);
      case SOLVED -> Optional.of(NoticeKind.CASE_SOLVED);
      case OPEN ->
        before == CaseStatus.SOLVED ? Optional.of(NoticeKind.CASE_REOPENED) : Optional.empty();
      case MERGED -> Optional.of(NoticeKind.CASE_MERGED);
      case NEW, CLOSED -> Optional.empty();
    };
  }

  /**
   * Returns the case about which the customer's next words are: the one of the last notice, if they have said nothing since and it is
   * unsolved or can be reopened.
   */
  Optional<SupportCase> answered() {
    List<TranscriptEntry> entries;
    if (draft.conversation().isNew()) {
      entries = context.earlierEntries();
    } else if (draft.supportCase().isPresent()) {
      entries = context.recentEntries();
    } else {
      // A conversation in which the customer is told of a case is about that case, if about any.
      return Optional.empty();
    }
    for (int place = entries.size() - 1; place >= 0; place--) {
      EntryContent content = entries.get(place).content();
      if (isByCustomer(content)) {
        return Optional.empty();
      }
      if (content instanceof EntryContent.Notified notified
          && ANSWERED_HERE.contains(notified.notice().kind())) {
        return caseOf(notified.notice()).filter(this::isOpenToAnswers);
      }
    }
    return Optional.empty();
  }

  private static boolean isByCustomer(EntryContent content) {
    return (content instanceof EntryContent.Said said
            && said.author().role() == Participant.Role.CUSTOMER)
        || (content instanceof EntryContent.Pressed pressed
            && pressed.button() != Button.STOP_CASE_NOTICES
            && pressed.button() != Button.RESUME_CASE_NOTICES);
  }

  private Optional<SupportCase> caseOf(Notice notice) {
    return Optional.ofNullable(notice.arguments().get("case"))
        .flatMap(CaseNumber::parse)
        .flatMap(context::supportCase)
        .filter(it -> context.isSameCustomer(it.customer()));
  }

  private boolean isOpenToAnswers(SupportCase told) {
    return told.status().isUnsolved()
        || told.canBeReopenedAt(context.now(), context.casePolicy().reopenWindow());
  }

  /** Confirms whether the customer is told from now on; the loaded customer has the wish already. */
  void confirm(Button button) {
    draft.record(new EntryContent.Pressed(draft.customer(), button));
    draft.notifyCustomer(Notice.of(
        button == Button.STOP_CASE_NOTICES
            ? NoticeKind.CASE_NOTICES_STOPPED
            : NoticeKind.CASE_NOTICES_RESUMED));
  }
}
