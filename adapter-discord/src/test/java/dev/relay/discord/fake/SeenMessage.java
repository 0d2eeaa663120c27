package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A message as a customer sees it, its edits applied.
 *
 * @param id the message's id
 * @param author the user name of its author
 * @param text its text
 * @param files the files that it shows
 * @param buttons its buttons, row by row
 * @param edited whether it was edited
 * @param repliesTo the id of the message that it replies to; 0 for none
 * @param reactions the emojis shown below it
 * @param pings its pings: {@code everyone}, user names, ids of roles
 * @param json the message as Discord shows it
 */
public record SeenMessage(
    long id,
    String author,
    String text,
    List<SeenFile> files,
    List<SeenButton> buttons,
    boolean edited,
    long repliesTo,
    List<String> reactions,
    List<String> pings,
    JsonNode json) {

  private static final int BUTTON = 2;

  /** A file of a message: its name, its kind, its size in bytes and the link to it. */
  public record SeenFile(String name, String contentType, long size, String url) {}

  /** A button: its label, its custom id (empty for a link), its link (empty for none), and whether it can be pressed. */
  public record SeenButton(String label, String customId, String url, boolean enabled) {}

  static SeenMessage of(ObjectNode json) {
    List<SeenFile> files = new ArrayList<>();
    for (JsonNode file : json.path("attachments")) {
      files.add(new SeenFile(
          file.path("filename").asText(),
          file.path("content_type").asText(),
          file.path("size").asLong(),
          file.path("url").asText()));
    }
    List<SeenButton> buttons = new ArrayList<>();
    collectButtons(json.path("components"), buttons);
    List<String> reactions = new ArrayList<>();
    json.path("reactions")
        .forEach(reaction -> reactions.add(reaction.path("emoji").path("name").asText()));
    return new SeenMessage(
        Json.id(json.path("id")),
        json.path("author").path("username").asText(),
        json.path("content").asText(),
        List.copyOf(files),
        List.copyOf(buttons),
        !json.path("edited_timestamp").isNull(),
        json.path("message_reference").path("type").asInt(0) == 0
            ? Json.id(json.path("message_reference").path("message_id"))
            : 0,
        List.copyOf(reactions),
        pings(json),
        json);
  }

  private static List<String> pings(JsonNode json) {
    List<String> pings = new ArrayList<>();
    if (json.path("mention_everyone").asBoolean(false)) {
      pings.add("everyone");
    }
    json.path("mentions").forEach(user -> pings.add(user.path("username").asText()));
    json.path("mention_roles").forEach(role -> pings.add(role.asText()));
    return List.copyOf(pings);
  }

  private static void collectButtons(JsonNode components, List<SeenButton> buttons) {
    for (JsonNode component : components) {
      if (component.path("type").asInt() == BUTTON) {
        buttons.add(new SeenButton(
            component.path("label").asText(),
            component.path("custom_id").asText(),
            component.path("url").asText(),
            !component.path("disabled").asBoolean(false)));
      }
      collectButtons(component.path("components"), buttons);
    }
  }

  @Override
  public String toString() {
    return author + ": " + text;
  }
}
