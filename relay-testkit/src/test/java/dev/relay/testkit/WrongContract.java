package dev.relay.testkit;

import java.util.Set;

/** The contract with a wrong store, and the rules that it must fail. */
abstract class WrongContract extends StoreContract {
  final Set<String> rules;

  WrongContract(String... rules) {
    this.rules = Set.of(rules);
  }
}
