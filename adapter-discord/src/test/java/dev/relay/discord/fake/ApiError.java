package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that Discord refuses: its status, its code and its message. */
final class ApiError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int code;
  private final transient ObjectNode errors;

  ApiError(int status, int code, String message) {
    this(status, code, message, Json.object());
  }

  private ApiError(int status, int code, String message, ObjectNode errors) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  static ApiError unknownChannel() {
    return new ApiError(404, 10003, "Unknown Channel");
  }

  static ApiError unknownMessage() {
    return new ApiError(404, 10008, "Unknown Message");
  }

  static ApiError unknownUser() {
    return new ApiError(404, 10013, "Unknown User");
  }

  static ApiError unknownGuild() {
    return new ApiError(404, 10004, "Unknown Guild");
  }

  static ApiError unauthorized() {
    return new ApiError(401, 0, "401: Unauthorized");
  }

  static ApiError missingPermissions() {
    return new ApiError(403, 50013, "Missing Permissions");
  }

  static ApiError missingAccess() {
    return new ApiError(403, 50001, "Missing Access");
  }

  static ApiError cannotSendToUser() {
    return new ApiError(403, 50007, "Cannot send messages to this user");
  }

  static ApiError threadArchived() {
    return new ApiError(400, 50083, "Thread is archived");
  }

  static ApiError threadLocked() {
    return new ApiError(403, 160005, "Thread is locked");
  }

  static ApiError emptyMessage() {
    return new ApiError(400, 50006, "Cannot send an empty message");
  }

  static ApiError unreadable() {
    return new ApiError(400, 50109, "The request body contains invalid JSON.");
  }

  /** Returns the refusal of one field of the body, whose path is written with dots. */
  static ApiError invalidForm(String path, String code, String message) {
    ObjectNode errors = Json.object();
    ObjectNode place = errors;
    for (String step : path.split("\\.", -1)) {
      place = place.putObject(step);
    }
    place.putArray("_errors").addObject().put("code", code).put("message", message);
    return new ApiError(400, 50035, "Invalid Form Body", errors);
  }

  RestAnswer answer() {
    ObjectNode body = Json.object().put("message", getMessage()).put("code", code);
    if (!errors.isEmpty()) {
      body.set("errors", errors);
    }
    return new RestAnswer(status, body);
  }
}
