package dev.relay.http.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items what is on it
 * @param next what to pass as {@code after} to read on; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /** A page of what was read, of which one more was asked for than is shown, to know whether more follows. */
  public static <S, T> Page<T> of(
      List<S> read, int limit, Function<S, T> view, Function<S, String> key) {
    boolean more = read.size() > limit;
    List<S> shown = more ? read.subList(0, limit) : read;
    return new Page<>(
        shown.stream().map(view).toList(), more ? key.apply(shown.get(limit - 1)) : null);
  }
}
