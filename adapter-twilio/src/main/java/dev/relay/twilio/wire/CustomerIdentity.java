package dev.relay.twilio.wire;

/** A customer's identity at Twilio: nothing personal, and nothing that would have to be escaped. */
public final class CustomerIdentity {
  private static final String PREFIX = "relay-customer-";

  private CustomerIdentity() {}

  /** Returns the Twilio identity of the customer with that id. */
  public static String of(String customer) {
    return PREFIX + customer;
  }

  /** Checks whether an identity is that of a customer, as opposed to a live agent. */
  public static boolean isCustomer(String identity) {
    return identity.startsWith(PREFIX);
  }
}
