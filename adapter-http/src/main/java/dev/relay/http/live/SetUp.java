package dev.relay.http.live;

import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the team has set up and the desk shows in lists of its own. Whoever has such a list open reads it again after a change. */
public enum SetUp {
  AGENTS("/agents(/setup|/\\{username})?"),
  QUEUES("/queues(/\\{name})?"),
  SAVED_REPLIES("/saved-replies(/\\{id})?"),
  PLANNED_ANNOUNCEMENTS("/planned-announcements(/\\{id})?");

  private final Pattern paths;

  /** @param paths the paths of the routes that change it, below that of the interface */
  SetUp(String paths) {
    this.paths = Pattern.compile("/api/v1" + paths);
  }

  /**
   * Returns what an answered request has changed; empty if it has changed nothing of the kind.
   *
   * @param path the path of the route
   */
  public static Optional<SetUp> changedBy(String method, String path, int status) {
    if (method.equals(HandlerType.GET.name()) || method.equals("HEAD") || status / 100 != 2) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(one -> one.paths.matcher(path).matches())
        .findFirst();
  }
}
