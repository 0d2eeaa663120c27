package dev.relay.discord.rest;

import java.util.List;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * A message to send to Discord. Whatever its text mentions, it pings nobody but the customer to whom it is addressed.
 *
 * @param nonce up to 25 characters; Discord shows messages of the same nonce once within some minutes
 * @param text up to 2,000 characters of Discord's Markdown; may be empty if there are files or an embed
 * @param rows rows of buttons in Discord's JSON format
 * @param embed a card in Discord's JSON format
 * @param files up to 10, up to 25 MiB together
 * @param ping the user whom the text mentions and Discord notifies of the message
 * @param role the role that the text mentions and whose members Discord notifies
 */
public record OutgoingMessage(
    String nonce,
    String text,
    DataArray rows,
    Optional<DataObject> embed,
    List<OutgoingFile> files,
    Optional<Long> ping,
    Optional<Long> role) {
  private static final int LONGEST_TEXT = 2_000;

  /** Copies the files, so that the message cannot change. */
  public OutgoingMessage {
    files = List.copyOf(files);
  }

  /** Creates a message that pings nobody. */
  public OutgoingMessage(
      String nonce,
      String text,
      DataArray rows,
      Optional<DataObject> embed,
      List<OutgoingFile> files) {
    this(nonce, text, rows, embed, files, Optional.empty(), Optional.empty());
  }

  /** Returns a copy that pings a user, whom its text must mention. */
  public OutgoingMessage pinging(long user) {
    return new OutgoingMessage(nonce, text, rows, embed, files, Optional.of(user), role);
  }

  /** Returns a copy that pings the members of a role, which its text must mention. */
  public OutgoingMessage pingingRole(long mentioned) {
    return new OutgoingMessage(nonce, text, rows, embed, files, ping, Optional.of(mentioned));
  }

  /** Returns a copy that begins with the mention of a user and pings them; the same message if its text leaves no room. */
  public OutgoingMessage addressedTo(long user) {
    String addressed = (mention(user) + " " + text).strip();
    return addressed.length() > LONGEST_TEXT
        ? this
        : new OutgoingMessage(nonce, addressed, rows, embed, files, Optional.of(user), role);
  }

  /** Returns the text of a message without the mention that {@link #addressedTo} adds. */
  public static String withoutMention(String text, long user) {
    return text.startsWith(mention(user))
        ? text.substring(mention(user).length()).strip()
        : text;
  }

  private static String mention(long user) {
    return "<@" + Long.toUnsignedString(user) + ">";
  }

  DataObject toJson() {
    DataObject json = edit(text).put("nonce", nonce).put("enforce_nonce", true);
    ping.ifPresent(user -> json.getObject("allowed_mentions")
        .put("users", DataArray.empty().add(Long.toUnsignedString(user))));
    role.ifPresent(id -> json.getObject("allowed_mentions")
        .put("roles", DataArray.empty().add(Long.toUnsignedString(id))));
    if (!rows.isEmpty()) {
      json.put("components", rows);
    }
    embed.ifPresent(card -> json.put("embeds", DataArray.empty().add(card)));
    if (!files.isEmpty()) {
      DataArray names = DataArray.empty();
      for (int i = 0; i < files.size(); i++) {
        names.add(DataObject.empty().put("id", i).put("filename", files.get(i).name()));
      }
      json.put("attachments", names);
    }
    return json;
  }

  static DataObject edit(String text) {
    return DataObject.empty()
        .put("content", text)
        .put("allowed_mentions", DataObject.empty().put("parse", DataArray.empty()));
  }
}
