package dev.relay.http.web;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items the items on this page
 * @param next the value of {@code after} for the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable String next) {

  /** Creates a page from the rows read. One row more than shown was requested, which reveals whether there is a next page. */
  public static <S, T> Page<T> of(
      List<S> read, int limit, Function<S, T> view, Function<S, String> key) {
    boolean more = read.size() > limit;
    List<S> shown = more ? read.subList(0, limit) : read;
    return new Page<>(
        shown.stream().map(view).toList(), more ? key.apply(shown.get(limit - 1)) : null);
  }
}
