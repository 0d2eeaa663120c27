package dev.relay.core.customer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.customer.Customer.Block;
import dev.relay.core.customer.Customers.MergeResult;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers who turn out to be one and the same, and who do not after all. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SameCustomerTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
  private static final Participant BEA = Participant.agent("bea", "Bea");
  private static final Block TOMORROW = block(NOW.plusSeconds(86_400));
  private static final Block FOR_GOOD = new Block("spam", Optional.empty());

  private final Customer ada = customer(1);
  private final Customer adaOnDiscord = customer(2);
  private final Customer adaOnThePhone = customer(3);

  @Test
  void of_two_customers_the_second_stands_for_both() {
    Customer.Same both = merged(alone(adaOnDiscord), alone(ada));

    assertThat(both.head().id()).isEqualTo(ada.id());
    assertThat(both.members()).hasSize(2).allMatch(it -> it.head().equals(ada.id()));
    assertThat(found(both, 2).merge().orElseThrow().by()).isEqualTo(BEA);
    assertThat(found(both, 2).externalId()).as("their profile stays").isEqualTo("external-2");
  }

  @Test
  void all_who_were_merged_before_come_along() {
    Customer.Same all = merged(merged(alone(adaOnThePhone), alone(adaOnDiscord)), alone(ada));

    assertThat(all.members()).hasSize(3).allMatch(it -> it.head().equals(ada.id()));
    assertThat(found(all, 3).merge().orElseThrow().into()).isEqualTo(adaOnDiscord.id());
  }

  @Test
  void merging_the_same_two_again_changes_nothing_in_either_order() {
    Customer.Same both = merged(alone(adaOnDiscord), alone(ada));

    for (MergeResult again : List.of(merge(both, 2, 1, both), merge(both, 1, 2, both))) {
      assertThat(again)
          .isInstanceOfSatisfying(
              MergeResult.Merged.class, it -> assertThat(it.changed()).isEmpty());
    }
  }

  @Test
  void a_customer_is_not_merged_with_themselves_nor_by_way_of_another() {
    Customer.Same both = merged(alone(adaOnDiscord), alone(ada));

    assertThat(refused(merge(alone(ada), 1, 1, alone(ada)))).isEqualTo("into");
    assertThat(refused(merge(both, 1, 1, both))).isEqualTo("into");
    assertThat(refused(merge(both, 2, 3, alone(adaOnThePhone)))).isEqualTo("customer");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 501})
  void a_merge_needs_a_reason_of_a_sensible_length(int length) {
    assertThat(refused(alone(adaOnDiscord)
            .mergeInto(adaOnDiscord.id(), ada.id(), alone(ada), BEA, NOW, "x".repeat(length))))
        .isEqualTo("reason");
  }

  @Test
  void at_most_twenty_customers_are_the_same() {
    Customer.Same many = alone(ada);
    for (long id : LongStream.rangeClosed(2, Customer.Same.MAX).toArray()) {
      many = merged(alone(customer(id)), many);
    }

    assertThat(many.members()).hasSize(Customer.Same.MAX);
    assertThat(refused(merge(alone(customer(99)), 99, 1, many))).isEqualTo("into");
  }

  @Test
  void the_stricter_block_holds_for_all() {
    for (Customer blocked : List.of(
        adaOnDiscord.withBlock(Optional.of(FOR_GOOD)),
        adaOnDiscord.withBlock(Optional.of(TOMORROW)))) {
      assertThat(merged(alone(blocked), alone(ada)).members())
          .allMatch(it -> it.block().equals(blocked.block()));
      assertThat(merged(alone(ada), alone(blocked)).members())
          .allMatch(it -> it.block().equals(blocked.block()));
    }
    assertThat(merged(
                alone(adaOnDiscord.withBlock(Optional.of(FOR_GOOD))),
                alone(ada.withBlock(Optional.of(TOMORROW))))
            .members())
        .allMatch(it -> it.block().equals(Optional.of(FOR_GOOD)));
    assertThat(merged(
                alone(adaOnDiscord.withBlock(Optional.of(TOMORROW))),
                alone(ada.withBlock(Optional.of(block(NOW)))))
            .members())
        .allMatch(it -> it.block().equals(Optional.of(TOMORROW)));
  }

  @Test
  void a_customer_is_separated_with_those_who_were_merged_into_them_before() {
    Customer.Same all = merged(
        merged(alone(adaOnThePhone), alone(adaOnDiscord)), merged(alone(customer(4)), alone(ada)));

    List<Customer> separated = all.separate(adaOnDiscord.id());

    Customer.Same branch = new Customer.Same(separated);
    assertThat(branch.head().id()).isEqualTo(adaOnDiscord.id());
    assertThat(branch.members()).extracting(it -> it.id().value()).containsExactly(3L, 2L);
    assertThat(branch.members()).allMatch(it -> it.head().equals(adaOnDiscord.id()));
    assertThat(all.separate(ada.id()))
        .as("nobody was merged with the head's consent")
        .isEmpty();
  }

  private static MergeResult merge(
      Customer.Same these, long duplicate, long into, Customer.Same others) {
    return these.mergeInto(
        new CustomerId(duplicate), new CustomerId(into), others, BEA, NOW, "the same");
  }

  /** Merges the heads, and returns all as a store finds them afterwards. */
  private static Customer.Same merged(Customer.Same these, Customer.Same others) {
    MergeResult.Merged result = (MergeResult.Merged)
        merge(these, these.head().id().value(), others.head().id().value(), others);
    List<Customer> all = new ArrayList<>(result.changed());
    others.members().stream()
        .filter(it -> result.changed().stream().noneMatch(other -> other.id().equals(it.id())))
        .forEach(all::add);
    return new Customer.Same(all);
  }

  private static String refused(MergeResult result) {
    return ((MergeResult.Refused) result).field();
  }

  private static Customer found(Customer.Same all, long id) {
    return all.members().stream()
        .filter(it -> it.id().value() == id)
        .findFirst()
        .orElseThrow();
  }

  private static Customer.Same alone(Customer customer) {
    return new Customer.Same(List.of(customer));
  }

  private static Block block(Instant until) {
    return new Block("spam", Optional.of(until));
  }

  private static Customer customer(long id) {
    return new Customer(
        new CustomerId(id),
        new PortId("chat"),
        "external-" + id,
        "Ada " + id,
        Locale.ENGLISH,
        Set.of(),
        Optional.empty(),
        NOW);
  }
}
