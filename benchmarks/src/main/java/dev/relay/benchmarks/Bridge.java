package dev.relay.benchmarks;

/** A connection between customers and agents in Twilio. Customers are numbered from 0, and all are already with an agent. */
interface Bridge extends AutoCloseable {
  /** Returns the name for the report. */
  String name();

  /** Lets a customer write; returns at once. */
  void customerWrites(int customer, String text);

  /** Lets the customer's agent write in Flex; returns at once. */
  void agentWrites(int customer, String text);

  @Override
  void close();
}
