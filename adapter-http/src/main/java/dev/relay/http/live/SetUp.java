package dev.relay.http.live;

import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the team has set up and the desk shows in lists of its own. Whoever has such a list open reads it again after a change. */
public enum SetUp {
  AGENTS("/api/v1/agents", "/api/v1/agents/setup", "/api/v1/agents/{username}"),
  QUEUES("/api/v1/queues", "/api/v1/queues/{name}"),
  SAVED_REPLIES("/api/v1/saved-replies", "/api/v1/saved-replies/{id}"),
  PLANNED_ANNOUNCEMENTS("/api/v1/planned-announcements", "/api/v1/planned-announcements/{id}");

  private final List<String> paths;

  /** @param paths the paths of the routes that change it */
  SetUp(String... paths) {
    this.paths = List.of(paths);
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
    return Arrays.stream(values()).filter(one -> one.paths.contains(path)).findFirst();
  }
}
