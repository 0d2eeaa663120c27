package dev.relay.core.delivery;

/**
 * How a component is.
 *
 * @param ready whether it does its work
 * @param detail one line for the operator: what is wrong and what to do, without secrets and without customers' words
 * @param needed whether customers are served only while it does its work; where something else takes its place, it is not needed
 */
public record Health(boolean ready, String detail, boolean needed) {

  /** How a component is that is needed. */
  public Health(boolean ready, String detail) {
    this(ready, detail, true);
  }

  /** All is well. */
  public static Health up() {
    return new Health(true, "ok");
  }

  /** It does not do its work, for that reason. */
  public static Health down(String detail) {
    return new Health(false, detail);
  }

  /** The same, of a component without which customers are served all the same. */
  public Health notNeeded() {
    return new Health(ready, detail, false);
  }
}
