package dev.relay.benchmarks;

/** A way by which customers and agents in Twilio reach each other. Customers are numbered from 0, and all are with an agent already. */
interface Bridge extends AutoCloseable {
  /** What it is called in the report. */
  String name();

  /** A customer writes; comes back at once. */
  void customerWrites(int customer, String text);

  /** The customer's agent writes in Flex; comes back at once. */
  void agentWrites(int customer, String text);

  @Override
  void close();
}
