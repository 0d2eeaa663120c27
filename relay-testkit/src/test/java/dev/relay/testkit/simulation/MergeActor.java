package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.engine.Engine;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.store.CaseFilter;
import java.util.List;
import java.util.Optional;

/**
 * A live agent who merges duplicate cases and customers who are the same, and separates them again. Has a chance of its own, so that the
 * others of a seed act as they would without merges. Used by one thread.
 */
final class MergeActor {
  private final World world;
  private final Chance chance;

  MergeActor(World world, long seed) {
    this.world = world;
    this.chance = new Chance(~seed);
  }

  void begin() {
    world.agenda().after(chance.millisBetween(5_000, 25_000), this::look);
  }

  private void look() {
    if (!world.isTroubled()) {
      return;
    }
    world.cluster().servant("merger").map(Cluster.Instance::engine).ifPresent(engine -> {
      if (chance.percent(60)) {
        mergeCases(engine);
      } else {
        mergeCustomers(engine);
      }
    });
    begin();
  }

  /** Merges two cases of a customer, who may have been told of both. */
  private void mergeCases(Engine engine) {
    List<SupportCase> cases =
        world.store().read(queries -> queries.cases(CaseFilter.any(), Optional.empty(), 8));
    if (cases.isEmpty()) {
      return;
    }
    SupportCase duplicate = chance.of(cases);
    List<SupportCase> theirs = world
        .store()
        .read(queries -> queries.cases(CaseFilter.of(duplicate.customer()), Optional.empty(), 5));
    CaseNumber into = chance.of(theirs).number();
    world.history().add("merger", "merges case " + duplicate.number() + " into " + into);
    var unused =
        engine.services().cases().merge(duplicate.number(), into, Operator.PARTICIPANT, "the same");
  }

  /** Merges two customers or separates one, wherever they talk. */
  private void mergeCustomers(Engine engine) {
    List<CustomerId> customers = Kept.in(world.store()).conversations.stream()
        .map(Conversation::customer)
        .distinct()
        .toList();
    if (customers.isEmpty()) {
      return;
    }
    CustomerId one = chance.of(customers);
    if (chance.percent(25)) {
      world.history().add("merger", "separates customer " + one);
      var unused = engine.services().customers().separate(one);
    } else {
      CustomerId into = chance.of(customers);
      world.history().add("merger", "merges customer " + one + " into " + into);
      var unused = engine.services().customers().merge(one, into, Operator.PARTICIPANT, "the same");
    }
  }
}
