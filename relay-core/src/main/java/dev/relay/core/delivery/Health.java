package dev.relay.core.delivery;

/**
 * The health of a component.
 *
 * @param ready whether the component works
 * @param detail one line for the operator: what is wrong and what to do, without secrets and without customers' words
 * @param needed whether customers can be helped only while the component works; false if something else takes its place
 */
public record Health(boolean ready, String detail, boolean needed) {

  /** Returns the health of a required component. */
  public Health(boolean ready, String detail) {
    this(ready, detail, true);
  }

  /** Returns the health of a component that works. */
  public static Health up() {
    return new Health(true, "ok");
  }

  /** Returns the health of a component that does not work, with the reason. */
  public static Health down(String detail) {
    return new Health(false, detail);
  }

  /** Returns the same health, of a component that customers can do without. */
  public Health notNeeded() {
    return new Health(ready, detail, false);
  }
}
