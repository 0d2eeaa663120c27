package dev.relay.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.team.Team;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that people write reaches stores, indexes, pages and channels as the same text. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WellFormedContentTest {
  private static final String HOSTILE = "a\u0000 \ud83d b \ude80";
  private static final String CLEAN = "a\ufffd \ufffd b \ufffd";
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final PortId WEB = new PortId("web");
  private static final CaseNumber CASE = new CaseNumber(1042);
  private static final QueueName QUEUE = new QueueName("support");

  @ParameterizedTest
  @MethodSource("content")
  void holds_no_character_that_a_database_refuses(Object content) throws Exception {
    List<String> texts = new ArrayList<>();
    collect(content, texts);

    assertThat(texts).isNotEmpty().allMatch(it -> it.equals(Cut.wellFormed(it)));
    assertThat(texts).anyMatch(it -> it.equals(CLEAN) || it.equals("a \ufffd b \ufffd"));
  }

  static Stream<Object> content() {
    Participant author = new Participant(Participant.Role.CUSTOMER, HOSTILE, HOSTILE);
    MessageBody body = new MessageBody(
        HOSTILE,
        List.of(new AttachmentRef("f1", HOSTILE, HOSTILE, 1)),
        List.of(new ArticleLink("a", HOSTILE, HOSTILE, Optional.empty(), Optional.of(HOSTILE))),
        List.of());
    CustomerId customer = new CustomerId(1);
    return Stream.of(
        body.withText(HOSTILE),
        new EntryContent.Said(author, body),
        new EntryContent.Edited(author, new EntryId(1), HOSTILE),
        new EntryContent.Rated(author, 1, Optional.of(HOSTILE)),
        new EntryContent.Whispered(author, HOSTILE),
        new EntryContent.Notified(Notice.of(NoticeKind.DELIVERY_FAILED, "reason", HOSTILE)),
        new EntryContent.HandoffRequested(
            CASE, QUEUE, EntryContent.HandoffRequested.Reason.parse(HOSTILE)),
        new EntryContent.Announced(author, Topic.BUG, HOSTILE, HOSTILE, Optional.empty()),
        new CustomerProfile(HOSTILE, HOSTILE, Locale.ENGLISH, Set.of(HOSTILE)),
        new Customer(
            customer,
            WEB,
            HOSTILE,
            HOSTILE,
            Locale.ENGLISH,
            Set.of(HOSTILE),
            Optional.of(new Customer.Block(HOSTILE, Optional.empty())),
            NOW),
        new Customer.Merge(customer, customer, author, NOW, HOSTILE),
        new CustomerAddress(WEB, HOSTILE),
        new EventKey("web", HOSTILE),
        new SupportCase(
            CASE,
            CaseKind.SUPPORT,
            CaseStatus.OPEN,
            CasePriority.HIGH,
            HOSTILE,
            HOSTILE,
            Map.of("field", HOSTILE),
            Set.of(HOSTILE),
            QUEUE,
            Optional.of(author),
            customer,
            List.of(),
            Optional.empty(),
            NOW,
            NOW,
            Optional.empty(),
            Optional.empty(),
            0),
        new SupportCase.Merge(CASE, author, NOW, HOSTILE),
        new SupportCase.CaseNote(1, CASE, author, NOW, HOSTILE),
        new SupportCase.CaseHistoryEntry(CASE, NOW, author, "tags", HOSTILE, HOSTILE),
        new Team.Mention(
            1, "ann", author, Optional.empty(), Optional.of(CASE), HOSTILE, NOW, false));
  }

  private static void collect(Object value, List<String> texts) throws Exception {
    if (value instanceof String text) {
      texts.add(text);
    } else if (value instanceof Optional<?> optional && optional.isPresent()) {
      collect(optional.get(), texts);
    } else if (value instanceof Collection<?> all) {
      for (Object each : all) {
        collect(each, texts);
      }
    } else if (value instanceof Map<?, ?> map) {
      collect(map.values(), texts);
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        collect(component.getAccessor().invoke(value), texts);
      }
    }
  }
}
