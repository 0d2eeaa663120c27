package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.Cases.CaseResult;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.Customers.MergeResult;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.store.CaseFilter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two customers who turn out to be one and the same: what is joined, and what stays where it is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CustomerMergeTest {
  private static final String ADA = "ada";
  private static final String PHONE = "phone";
  private static final CustomerId FIRST = new CustomerId(1);
  private static final CustomerId SECOND = new CustomerId(2);
  private static final CaseNumber CASE = new CaseNumber(1001);

  private final Bench bench = new Bench();

  @BeforeEach
  void two_customers_talk_with_live_agents() {
    var unused = bench.submitted(bench.asksForPerson(ADA));
    unused = bench.submitted(bench.asksForPerson(PHONE));
    unused = bench.submitted(bench.joined(1, Bench.BEA));
    unused = bench.submitted(bench.joined(2, Bench.BEA));
  }

  @Test
  void live_conversations_go_on_at_both_addresses_and_deliver_what_they_had() {
    var unused = bench.submit(bench.says(1, Bench.BEA, "to Ada"));
    unused = bench.submit(bench.says(2, Bench.BEA, "to the phone"));
    merge(SECOND, FIRST);
    unused = bench.submit(bench.says(2, Bench.BEA, "still there"));
    bench.time.settle();

    assertThat(bench.conversation(1).state()).isEqualTo(ConversationState.LIVE);
    assertThat(bench.conversation(2).state()).isEqualTo(ConversationState.LIVE);
    assertThat(bench.textsToCustomers()).endsWith("to Ada", "to the phone", "still there");
    assertThat(bench.submitted(bench.wrote(PHONE, "thanks")))
        .isInstanceOfSatisfying(
            IntakeResult.Accepted.class,
            it -> assertThat(it.receipt().conversation()).isEqualTo(new ConversationId(2)));
  }

  @Test
  void cases_and_conversations_are_found_under_both_ids() {
    merge(SECOND, FIRST);

    for (CustomerId either : List.of(FIRST, SECOND)) {
      List<CaseNumber> found = bench
          .memory
          .read(queries -> queries.cases(CaseFilter.of(either), Optional.empty(), 10))
          .stream()
          .map(it -> it.number())
          .toList();
      assertThat(found).containsExactly(new CaseNumber(1002), CASE);
    }
  }

  @Test
  void a_new_conversation_continues_the_case_of_the_other_address() {
    end(2, CaseStatus.SOLVED);
    bench.time.passInLargeSteps(Duration.ofDays(4));
    merge(SECOND, FIRST);

    var unused = bench.submitted(bench.asksForPerson(PHONE));

    assertThat(bench.conversation(3).supportCase()).contains(CASE);
  }

  @Test
  void a_case_that_is_solved_at_one_address_ends_the_wait_at_the_other() {
    merge(SECOND, FIRST);
    end(2, CaseStatus.SOLVED);
    assertThat(mergeCases(new CaseNumber(1002))).isInstanceOf(CaseResult.Saved.class);
    var waits = bench.submitted(bench.asksForPerson(PHONE));
    assertThat(bench.conversation(3).state()).isEqualTo(ConversationState.WAITING);
    assertThat(bench.conversation(3).supportCase()).contains(CASE);

    end(1, CaseStatus.SOLVED);

    assertThat(waits).isInstanceOf(IntakeResult.Accepted.class);
    assertThat(bench.conversation(3).state()).isEqualTo(ConversationState.BOT);
  }

  @Test
  void their_cases_can_be_merged_now() {
    CaseNumber second = new CaseNumber(1002);
    assertThat(mergeCases(second)).isInstanceOf(CaseResult.Refused.class);

    merge(SECOND, FIRST);

    assertThat(mergeCases(second)).isInstanceOf(CaseResult.Saved.class);
    assertThat(bench.conversation(2).supportCase()).contains(CASE);
  }

  @Test
  void a_block_holds_at_every_address_from_the_merge_on_and_until_it_ends() {
    block(FIRST, Optional.of(new Customer.Block("spam", Optional.empty())));
    merge(SECOND, FIRST);
    assertThat(codeOf(bench.submitted(bench.wrote(PHONE, "hello"))))
        .isEqualTo(Refusal.Code.BLOCKED);

    block(SECOND, Optional.empty());
    assertThat(bench.submitted(bench.wrote(ADA, "hello")))
        .isInstanceOf(IntakeResult.Accepted.class);
  }

  @Test
  void a_message_of_before_can_be_edited_after_the_merge() {
    var unused = bench.submitted(new CustomerEvent.CustomerWrote(
        bench.origin(PHONE), Optional.of("m1"), MessageBody.text("tpyo")));
    merge(SECOND, FIRST);

    assertThat(bench.submitted(new CustomerEvent.CustomerEdited(bench.origin(PHONE), "m1", "typo")))
        .isInstanceOf(IntakeResult.Accepted.class);
  }

  @Test
  void a_merge_is_undone_and_nothing_else_has_changed() {
    List<Customer> before = customers();
    merge(SECOND, FIRST);

    assertThat(separate(SECOND)).isInstanceOf(MergeResult.Merged.class);
    assertThat(customers()).isEqualTo(before);
    assertThat(separate(SECOND))
        .isInstanceOfSatisfying(
            MergeResult.Merged.class, again -> assertThat(again.changed()).isEmpty());
  }

  @Test
  void a_merge_is_not_undone_once_a_case_has_to_do_with_both() {
    merge(SECOND, FIRST);
    assertThat(mergeCases(new CaseNumber(1002))).isInstanceOf(CaseResult.Saved.class);

    assertThat(separate(SECOND))
        .isInstanceOfSatisfying(
            MergeResult.Refused.class, refused -> assertThat(refused.reason()).contains("#1001"));
    assertThat(separate(FIRST)).as("the head").isInstanceOf(MergeResult.Refused.class);
    assertThat(customers().get(1).head()).isEqualTo(FIRST);
  }

  @Test
  void of_two_who_merge_at_once_the_second_changes_nothing() {
    var one = bench.engine().services().customers().merge(SECOND, FIRST, Bench.BEA, "the same");
    var two = bench.engine().services().customers().merge(FIRST, SECOND, Bench.BEA, "the same");
    bench.time.settle();

    assertThat(((MergeResult.Merged) one.join()).changed()).hasSize(1);
    assertThat(((MergeResult.Merged) two.join()).changed()).isEmpty();
    assertThat(((MergeResult.Merged) two.join()).customer().id()).isEqualTo(FIRST);
  }

  @Test
  void nobody_is_merged_with_a_customer_who_does_not_exist() {
    CustomerId nobody = new CustomerId(99);

    assertThat(merge(SECOND, nobody)).isEqualTo(new MergeResult.UnknownCustomer(nobody));
    assertThat(merge(nobody, SECOND)).isEqualTo(new MergeResult.UnknownCustomer(nobody));
    assertThat(separate(nobody)).isEqualTo(new MergeResult.UnknownCustomer(nobody));
  }

  private MergeResult merge(CustomerId duplicate, CustomerId into) {
    var result =
        bench.engine().services().customers().merge(duplicate, into, Bench.BEA, "the same");
    bench.time.settle();
    return result.join();
  }

  private MergeResult separate(CustomerId customer) {
    var result = bench.engine().services().customers().separate(customer);
    bench.time.settle();
    return result.join();
  }

  private void block(CustomerId customer, Optional<Customer.Block> block) {
    var unused = bench.engine().services().customers().block(customer, block);
    bench.time.settle();
  }

  private CaseResult mergeCases(CaseNumber duplicate) {
    var result = bench.engine().services().cases().merge(duplicate, CASE, Bench.BEA, "the same");
    bench.time.settle();
    return result.join();
  }

  private void end(long conversation, CaseStatus status) {
    var unused = bench.submitted(new DeskEvent.AgentEnded(
        new ConversationId(conversation), Optional.empty(), Bench.BEA, status));
  }

  private List<Customer> customers() {
    return bench.memory.read(queries ->
        List.of(queries.customer(FIRST).orElseThrow(), queries.customer(SECOND).orElseThrow()));
  }

  private static Refusal.Code codeOf(IntakeResult result) {
    return ((IntakeResult.Refused) result).refusal().code();
  }
}
