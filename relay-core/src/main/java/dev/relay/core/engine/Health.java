package dev.relay.core.engine;

/**
 * How a component is.
 *
 * @param ready whether it does its work
 * @param detail one line for the operator: what is wrong and what to do, without secrets and without customers' words
 */
public record Health(boolean ready, String detail) {

  /** All is well. */
  public static Health up() {
    return new Health(true, "ok");
  }

  /** It does not do its work, for that reason. */
  public static Health down(String detail) {
    return new Health(false, detail);
  }
}
