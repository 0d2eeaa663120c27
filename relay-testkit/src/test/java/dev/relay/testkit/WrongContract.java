package dev.relay.testkit;

import java.util.Set;

/** Contract run against a wrong store, with the rules that must fail. */
abstract class WrongContract extends StoreContract {
  final Set<String> rules;

  WrongContract(String... rules) {
    this.rules = Set.of(rules);
  }
}
