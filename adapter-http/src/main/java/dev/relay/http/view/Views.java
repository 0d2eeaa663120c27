package dev.relay.http.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of docs/openapi.yaml that several resources share. */
public final class Views {
  /** The name under which a customer of the web chat is stored who has given none. Agents read a word of their language in its place. */
  public static final String NAMELESS = "Guest";

  private Views() {}

  /** Returns the name that agents read; empty if a customer has given none. */
  public static String nameOf(Customer customer) {
    return customer.displayName().equals(NAMELESS) ? "" : customer.displayName();
  }

  /** Returns the name that agents read; empty if it is that of a customer who has given none. */
  public static String nameOf(Participant participant) {
    boolean isNameless = participant.role() == Participant.Role.CUSTOMER
        && participant.displayName().equals(NAMELESS);
    return isNameless ? "" : participant.nameForColleagues();
  }

  public record Attachment(String id, String fileName, String mediaType, long sizeBytes) {
    public static Attachment of(AttachmentRef ref) {
      return new Attachment(ref.id(), ref.fileName(), ref.mediaType(), ref.sizeBytes());
    }

    static List<Attachment> of(List<AttachmentRef> refs) {
      return refs.stream().map(Attachment::of).toList();
    }
  }

  record Article(
      String articleId,
      String title,
      String passage,
      @Nullable String url) {
    static List<Article> of(List<ArticleLink> links) {
      return links.stream()
          .map(link -> new Article(
              link.articleId(), link.title(), link.passage(), link.url().orElse(null)))
          .toList();
    }
  }

  record Agent(String username, String displayName) {
    static Agent of(Participant agent) {
      return new Agent(agent.id(), agent.nameForColleagues());
    }
  }

  public record CustomerView(
      String id,
      String displayName,
      String locale,
      String channel,
      List<String> roles,
      String firstSeenAt,
      boolean blocked,
      @Nullable String blockReason,
      @Nullable String blockedUntil,
      @Nullable String mergedInto) {
    public static CustomerView of(Customer customer) {
      return new CustomerView(
          customer.id().toString(),
          nameOf(customer),
          customer.locale().toLanguageTag(),
          customer.channel().value(),
          customer.roles().stream().sorted().toList(),
          customer.firstSeenAt().toString(),
          customer.block().isPresent(),
          customer.block().map(Customer.Block::reason).orElse(null),
          customer.block().flatMap(Customer.Block::until).map(Instant::toString).orElse(null),
          customer.merge().map(merge -> merge.head().toString()).orElse(null));
    }
  }

  /**
   * A customer with everything of theirs, also of those who are the same.
   *
   * @param customer the customer who stands for all
   * @param merged the others
   */
  public record CustomerDetail(
      @Nullable CustomerView customer,
      List<MergedCustomer> merged,
      List<EarlierConversation> conversations,
      List<CaseItem> cases) {}

  /** A customer who was merged, and why. */
  public record MergedCustomer(CustomerView customer, Merge merge) {}

  /**
   * The last message of a conversation.
   *
   * @param author the role of the author in lower case
   * @param text the beginning of the message
   */
  public record LastMessage(String id, String author, String name, String text) {}

  public record ConversationItem(
      String id,
      String state,
      String channel,
      @Nullable CustomerView customer,
      String queue,
      @Nullable String desk,
      String priority,
      List<String> tags,
      @Nullable String caseNumber,
      @Nullable Agent agent,
      List<Agent> colleagues,
      String since,
      String lastActivityAt,
      String lastText,
      @Nullable LastMessage last,
      String resolution,
      @Nullable String closeProposedAt,
      @Nullable Offer offer) {}

  /**
   * The offer of a waiting conversation to a live agent.
   *
   * @param agent the agent's user name
   * @param until the end of the offer
   */
  public record Offer(String agent, String until) {}

  public record TranscriptItem(
      String id,
      String at,
      String author,
      String name,
      String kind,
      String text,
      boolean edited,
      boolean deleted,
      String delivery,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String failure,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String target,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String notice,
      List<Attachment> attachments,
      List<Article> articles,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String comment,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Reason reason,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FailureReason failureReason) {}

  /** Why a conversation was handed over, or why its handoff was withdrawn or the conversation ended. */
  public record Reason(String code, Map<String, String> arguments) {
    static Reason of(EntryContent.HandoffRequested.Reason reason) {
      return new Reason(reason.code().name(), reason.arguments());
    }
  }

  /**
   * Why a delivery failed.
   *
   * @param cause the reason within the reason, if there is one
   */
  public record FailureReason(
      String code,
      Map<String, String> arguments,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FailureReason cause) {
    /** The reasons within reasons that are taken apart; what is further within stays in English. */
    private static final int MAX_DEPTH = 3;

    /** Returns the reason that these words state; null if there are none. */
    public static @Nullable FailureReason of(@Nullable String words) {
      return words == null ? null : of(DeliveryResult.Reason.parse(words), MAX_DEPTH);
    }

    private static FailureReason of(DeliveryResult.Reason reason, int depth) {
      return new FailureReason(
          reason.code().name(),
          reason.arguments(),
          depth == 0 ? null : reason.cause().map(it -> of(it, depth - 1)).orElse(null));
    }
  }

  record LaneView(
      String id, String state, long depth, @Nullable String lastError) {}

  record EarlierConversation(String id, String state, String since, String lastText) {}

  public record ConversationDetail(
      @JsonUnwrapped ConversationItem item,
      List<TranscriptItem> transcript,
      @Nullable String next,
      @Nullable String previous,
      @JsonProperty("case") @Nullable CaseItem supportCase,
      List<EarlierConversation> earlierConversations,
      List<CaseItem> earlierCases,
      List<LaneView> lanes) {}

  public record CaseItem(
      String number,
      String kind,
      String status,
      String priority,
      String subject,
      List<String> tags,
      String queue,
      @Nullable Agent assignee,
      @Nullable CustomerView customer,
      String createdAt,
      String updatedAt,
      @Nullable String solvedAt,
      @Nullable String snoozedUntil,
      long version) {}

  record Note(String id, String author, String at, String text) {}

  record HistoryEntry(String at, String actor, String field, String before, String after) {}

  /**
   * The merge of a case.
   *
   * @param into the number of the case that remains
   * @param by the name of whoever merged them
   */
  public record Merge(String into, String by, String at, String reason) {
    static Merge of(SupportCase.Merge merge, CaseNumber remaining) {
      return new Merge(
          Long.toString(remaining.value()),
          merge.by().nameForColleagues(),
          merge.at().toString(),
          merge.reason());
    }
  }

  /** A case with all that is kept about it. Its members keep the order that the interface has always had. */
  public record CaseDetail(
      String number,
      String kind,
      String status,
      String priority,
      String subject,
      String description,
      Map<String, String> fields,
      List<String> tags,
      String queue,
      @Nullable Agent assignee,
      @Nullable CustomerView customer,
      List<String> conversations,
      @Nullable String followUpOf,
      String createdAt,
      String updatedAt,
      @Nullable String solvedAt,
      @Nullable String snoozedUntil,
      @Nullable Merge merge,
      long version,
      List<String> nextStatuses,
      List<Note> notes,
      List<HistoryEntry> history) {}
}
