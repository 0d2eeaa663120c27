package dev.relay.discord.fake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The served routes: the handlers by method and path. Filled once, at the start. */
final class RouteTable {
  private final List<Entry> entries = new ArrayList<>();

  /** Serves a request, under the world's lock. */
  interface Handler {
    RestAnswer handle(RestRequest request) throws ApiError;
  }

  /** A route found for a path, with the parts of the path that its pattern names. */
  record Match(String route, boolean authorized, Handler handler, Map<String, String> parts) {}

  private record Entry(
      String route, String method, List<String> pattern, boolean authorized, Handler handler) {}

  /** Serves that route ({@code METHOD /path/{part}}) to the bot's token only. */
  void on(String route, Handler handler) {
    add(route, true, handler);
  }

  /** Serves that route to everyone: its path holds its own secret. */
  void onWithoutToken(String route, Handler handler) {
    add(route, false, handler);
  }

  private void add(String route, boolean authorized, Handler handler) {
    int space = route.indexOf(' ');
    entries.add(new Entry(
        route,
        route.substring(0, space),
        List.of(route.substring(space + 2).split("/", -1)),
        authorized,
        handler));
  }

  @Nullable
  Match find(String method, String path) {
    List<String> steps = List.of(path.substring(1).split("/", -1));
    for (Entry entry : entries) {
      Map<String, String> parts =
          entry.method().equals(method) ? match(entry.pattern(), steps) : null;
      if (parts != null) {
        return new Match(entry.route(), entry.authorized(), entry.handler(), parts);
      }
    }
    return null;
  }

  private static @Nullable Map<String, String> match(List<String> pattern, List<String> steps) {
    if (pattern.size() != steps.size()) {
      return null;
    }
    Map<String, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      if (pattern.get(i).startsWith("{")) {
        parts.put(pattern.get(i).substring(1, pattern.get(i).length() - 1), steps.get(i));
      } else if (!pattern.get(i).equals(steps.get(i))) {
        return null;
      }
    }
    return parts;
  }
}
