package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries.Search;
import dev.relay.core.store.Queries.Search.Subject;
import dev.relay.core.store.Queries.Search.Words;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rules of section S17: the search for words. */
abstract class StoreSearchRules extends StoreTeamRules {
  private static final QueueName BILLING = new QueueName("billing");
  private static final Scope NOT_BILLING = new Scope(Set.of(BILLING), BOB.id());
  private static final Scope ALL = Scope.ALL;

  @Test
  void rule_S17_1_all_words_must_be_found_in_any_order_and_from_their_beginnings() {
    Conversation conversation = newConversation("a");
    TranscriptEntry both = append(conversation, "The launcher crashes at start", at(1));
    TranscriptEntry one = append(conversation, "Another launcher", at(2));

    assertThatList(messages("launch"))
        .containsExactly(one.id().value(), both.id().value());
    assertThatList(messages("START launcher")).containsExactly(both.id().value());
    assertThatList(messages("auncher")).isEmpty();
    assertThatList(messages("launcher stop")).isEmpty();
    assertThatList(messages("a")).as("one letter is a whole word").isEmpty();
  }

  @Test
  void rule_S17_2_accents_and_letter_case_make_no_difference_in_any_alphabet() {
    Conversation conversation = newConversation("a");
    long spanish = append(conversation, "¿Dónde está el Año?", at(1)).id().value();
    long german = append(conversation, "Straße", at(2)).id().value();
    long russian = append(conversation, "ПРИВЕТ", at(3)).id().value();
    long japanese = append(conversation, "接続できません", at(4)).id().value();
    long decomposed = append(conversation, "cafe\u0301", at(5)).id().value();
    long turkish = append(conversation, "Iğdır", at(6)).id().value();

    assertThatList(messages("donde ANO")).containsExactly(spanish);
    assertThatList(messages("STRASSE")).containsExactly(german);
    assertThatList(messages("привет")).containsExactly(russian);
    assertThatList(messages("続で")).containsExactly(japanese);
    assertThatList(messages("café")).containsExactly(decomposed);
    assertThatList(messages("igdir")).containsExactly(turkish);
    assertThatList(messages("İĞDIR")).containsExactly(turkish);
  }

  @Test
  void rule_S17_3_an_edited_message_is_found_by_its_present_text_and_a_deleted_one_never() {
    Conversation conversation = newConversation("a");
    TranscriptEntry message = append(conversation, "the old words", at(1));
    TranscriptEntry forged = append(conversation, "stays", at(1));
    index();
    record(conversation, new EntryContent.Edited(ANN, message.id(), "the new ones"));
    record(conversation, new EntryContent.Edited(BOB, forged.id(), "forged"));
    record(conversation, new EntryContent.Deleted(BOB, forged.id()));
    for (int i = 0; i < 2; i++) {
      assertThatList(messages("old")).isEmpty();
      assertThatList(messages("new")).containsExactly(message.id().value());
      assertThatList(messages("forged")).isEmpty();
      assertThatList(messages("stays")).containsExactly(forged.id().value());
      index();
    }

    record(conversation, new EntryContent.Deleted(ANN, message.id()));
    record(conversation, new EntryContent.Edited(ANN, message.id(), "the last words"));

    for (int i = 0; i < 2; i++) {
      assertThatList(messages("new")).isEmpty();
      assertThatList(messages("last")).isEmpty();
      index();
    }
  }

  @Test
  void rule_S17_4_cases_are_found_by_all_their_texts_and_a_number_finds_that_case_only() {
    SupportCase first = newCase("Zwiebel");
    SupportCase second = newCase("Tulpe");
    long number = first.number().value();
    write(transaction -> transaction.addNote(second.number(), ANN, at(3), "the gardener knows"));

    for (int i = 0; i < 2; i++) {
      assertThatList(cases("zwieb")).containsExactly(number);
      assertThatList(cases("starts")).isEmpty();
      assertThatList(cases("linux start")).containsExactly(second.number().value(), number);
      assertThatList(cases("gardener")).containsExactly(second.number().value());
      assertThatList(cases("#" + number)).containsExactly(number);
      assertThatList(cases("#" + number / 10)).isEmpty();
      assertThatList(cases("" + number / 10)).hasSize(2);
      index();
    }
  }

  @Test
  void rule_S17_5_customers_are_found_by_their_present_name_and_their_address() {
    CustomerId id = customer("Zoë Nováková", "443221");

    for (int i = 0; i < 2; i++) {
      assertThatList(customers("novakova")).containsExactly(id.value());
      assertThatList(customers("4432")).containsExactly(id.value());
      index();
    }
    write(transaction -> transaction.save(named(id, "Quentin", "443221")));
    for (int i = 0; i < 2; i++) {
      assertThatList(customers("novakova")).isEmpty();
      assertThatList(customers("quentin")).containsExactly(id.value());
      index();
    }
  }

  @Test
  void rule_S17_6_a_reader_finds_what_they_may_see() {
    Conversation hidden = newConversation("a", waiting(BILLING, at(1)));
    Conversation own = newConversation("b", new Handling.Live(BOB, BILLING, DESK, at(1)));
    Conversation open = newConversation("c", waiting(SUPPORT, at(1)));
    append(hidden, "secret invoice", at(1));
    long mine = append(own, "own invoice", at(1)).id().value();
    long seen = append(open, "open invoice", at(1)).id().value();
    SupportCase inSupport = newCase("invoice");

    for (int i = 0; i < 2; i++) {
      assertThatList(ids(Subject.MESSAGES, "invoice", NOT_BILLING)).containsExactly(seen, mine);
      assertThatList(messages("invoice")).hasSize(3);
      assertThatList(ids(Subject.CASES, "invoice", NOT_BILLING))
          .containsExactly(inSupport.number().value());
      Scope notSupport = new Scope(Set.of(SUPPORT), BOB.id());
      assertThatList(ids(Subject.CASES, "invoice", notSupport)).isEmpty();
      assertThatList(ids(Subject.CASES, "" + inSupport.number(), notSupport)).isEmpty();
      index();
    }
  }

  @Test
  void rule_S17_7_a_customer_is_seen_with_one_of_their_conversations_or_without_any() {
    CustomerId hidden = customer("Max One", "1");
    CustomerId seen = customer("Max Two", "2");
    CustomerId fresh = customer("Max Three", "3");
    saved(of(hidden, newConversation("a", waiting(BILLING, at(1)))));
    saved(of(seen, newConversation("b", waiting(BILLING, at(1)))));
    saved(of(seen, newConversation("c", waiting(SUPPORT, at(1)))));

    assertThatList(ids(Subject.CUSTOMERS, "max", NOT_BILLING))
        .containsExactly(fresh.value(), seen.value());
    assertThatList(customers("max")).hasSize(3);
  }

  private void saved(Conversation conversation) {
    write(transaction -> transaction.save(conversation));
  }

  @Test
  void rule_S17_8_pages_continue_without_gaps_and_repetitions() {
    Conversation conversation = newConversation("a");
    List<Long> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(0, append(conversation, "word " + i, at(i)).id().value());
      if (i == 3) {
        index();
      }
    }
    List<Long> read = new ArrayList<>();
    Optional<Long> before = Optional.empty();
    do {
      Search search = new Search(Words.of("word"), Subject.MESSAGES, ALL, before, 2);
      Search.Found found = store().search(queries -> queries.search(search));
      assertThat(found.hits().size()).isLessThanOrEqualTo(2);
      found.hits().forEach(hit -> read.add(hit.id()));
      before = found.next();
    } while (before.isPresent());

    assertThatList(read).isEqualTo(all);
  }

  @Test
  void rule_S17_9_any_text_is_a_search() {
    Conversation conversation = newConversation("a");
    long id = append(conversation, "plain NEAR OR \"quoted\" text*", at(1)).id().value();
    index();

    for (String text : HOSTILE) {
      for (Subject subject : Subject.values()) {
        assertThatList(ids(subject, text, ALL)).as(text).isEmpty();
      }
    }
    assertThatList(messages("\"quoted\" OR")).containsExactly(id);
    assertThatList(messages("x".repeat(10_000))).isEmpty();
  }

  private static final List<String> HOSTILE = List.of(
      "",
      " ",
      "\"",
      "\"\"\"",
      "*",
      "a\u0000b",
      "\uD83C\uD83C",
      "words:x",
      "-",
      "()",
      "'; drop",
      "x AND",
      "^zz",
      "{a b}: c",
      "#",
      "#99999999999999999999",
      "😀");

  @Test
  void rule_S17_10_internal_messages_and_comments_are_found_and_announcements_are_not() {
    Conversation conversation = newConversation("a");
    long whisper = record(conversation, new EntryContent.Whispered(ANN, "internal xylophone"))
        .id()
        .value();
    Participant customer = new Participant(Participant.Role.CUSTOMER, "7", "Max");
    long rating = record(
            conversation, new EntryContent.Rated(customer, 1, Optional.of("xylophone bad")))
        .id()
        .value();

    assertThatList(messages("xylophone")).containsExactly(rating, whisper);
  }

  TranscriptEntry record(Conversation conversation, EntryContent content) {
    return store()
        .write(transaction -> transaction.append(
            conversation.id(),
            Destination.RECORD,
            Optional.empty(),
            content,
            Optional.empty(),
            at(9)));
  }

  private CustomerId customer(String name, String externalId) {
    return store().write(transaction -> {
      CustomerId id = transaction.newCustomerId();
      transaction.save(named(id, name, externalId));
      return id;
    });
  }

  private static Customer named(CustomerId id, String name, String externalId) {
    return new Customer(id, WEB, externalId, name, Locale.ENGLISH, Set.of(), Optional.empty(), NOW);
  }

  /** Brings an index that lags behind up to date; does nothing for stores without one. */
  protected void index(Store store) {}

  private void index() {
    index(store());
  }

  private List<Long> messages(String text) {
    return ids(Subject.MESSAGES, text, ALL);
  }

  private List<Long> cases(String text) {
    return ids(Subject.CASES, text, ALL);
  }

  private List<Long> customers(String text) {
    return ids(Subject.CUSTOMERS, text, ALL);
  }

  private List<Long> ids(Subject subject, String text, Scope scope) {
    Search search = new Search(Words.of(text), subject, scope, Optional.empty(), Search.MOST);
    Search.Found found = store().search(queries -> queries.search(search));
    assertThat(found.waiting()).isZero();
    assertThatList(found.hits()).allSatisfy(hit -> assertThatList(hit.parts()).isNotEmpty());
    return found.hits().stream().map(Search.Hit::id).toList();
  }
}
