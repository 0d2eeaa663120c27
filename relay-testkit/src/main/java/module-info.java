/** Relay's test kit: the contracts of the ports, for those who implement one. */
module dev.relay.testkit {
  requires transitive dev.relay.core;
  requires static transitive org.jspecify;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;

  exports dev.relay.testkit;
}
