package dev.relay.discord.inbound;

import dev.relay.core.message.MessageBody;
import dev.relay.core.text.Cut;
import dev.relay.core.text.Wording;
import dev.relay.discord.inbound.CustomerMessage.IncomingFile;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.text.CodeNames;
import dev.relay.discord.text.Codes;
import dev.relay.discord.text.Markdown;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Parses Discord's messages. Content other than text becomes readable text: a reply begins with the quoted message, a forward is marked,
 * stickers and polls are named. Embeds, which Discord creates for links, are omitted. Immutable.
 */
final class MessageParser {
  private static final int DEFAULT = 0;
  private static final int REPLY = 19;
  /** The flag IS_SPOILER of an attachment. */
  private static final int SPOILER = 1 << 3;

  private static final int LONGEST_QUOTE = 300;
  private static final int LONGEST_FILE_NAME = 255;

  private final Wording texts;
  private final Locale locale;
  private final DiscordRest rest;

  /**
   * Creates a parser.
   *
   * @param locale the language of added texts, which live agents read
   * @param rest provides the names of roles and channels, without requests
   */
  MessageParser(Wording texts, Locale locale, DiscordRest rest) {
    this.texts = texts;
    this.locale = locale;
    this.rest = rest;
  }

  /** Parses a message; returns empty if no person wrote it or Discord sent only a part of it. */
  Optional<CustomerMessage> parse(DataObject json) {
    int type = json.getInt("type", DEFAULT);
    Optional<DataObject> author = json.optObject("author");
    if ((type != DEFAULT && type != REPLY)
        || author.isEmpty()
        || author.get().getBoolean("bot")
        || author.get().getBoolean("system")
        || !json.isNull("webhook_id")
        || json.isNull("content")) {
      return Optional.empty();
    }
    List<IncomingFile> files = new ArrayList<>(files(json));
    String text = text(json, files);
    Optional<DataObject> member = json.optObject("member");
    return Optional.of(new CustomerMessage(
        json.getUnsignedLong("id"),
        json.getUnsignedLong("channel_id"),
        author.get().getUnsignedLong("id"),
        name(author.get()),
        json.isNull("guild_id") ? Optional.empty() : Optional.of(json.getUnsignedLong("guild_id")),
        member.map(MessageParser::roles),
        Cut.withEllipsis(text, MessageBody.MAX_TEXT),
        files.subList(0, Math.min(files.size(), MessageBody.MAX_ATTACHMENTS)),
        time(json)));
  }

  private String text(DataObject json, List<IncomingFile> files) {
    StringBuilder text = new StringBuilder();
    json.optObject("referenced_message")
        .filter(it -> json.getInt("type", DEFAULT) == REPLY)
        .ifPresent(quoted -> addLine(text, quote(quoted)));
    addLine(text, content(json));
    for (DataObject snapshot : objects(json, "message_snapshots")) {
      snapshot.optObject("message").ifPresent(forwarded -> {
        addLine(text, texts.get(locale, "forwarded"));
        addLine(text, content(forwarded));
        addStickers(text, forwarded);
        addSpoilers(text, forwarded);
        files.addAll(files(forwarded));
      });
    }
    addStickers(text, json);
    addSpoilers(text, json);
    json.optObject("poll")
        .flatMap(poll -> poll.optObject("question"))
        .ifPresent(question -> addLine(
            text,
            texts.get(locale, "poll", "name", "", "question", question.getString("text", ""))));
    if (text.toString().isBlank() && files.isEmpty()) {
      boolean isWithheld = !json.isNull("guild_id") && ContentWatch.hasNoContent(json);
      text.append(texts.get(locale, isWithheld ? "unreadable.intent" : "unreadable"));
    }
    return text.toString();
  }

  /** Returns the text of a message, with words in place of Discord's codes. */
  private String content(DataObject json) {
    Map<Long, String> users = new HashMap<>();
    for (DataObject user : objects(json, "mentions")) {
      String nick = user.optObject("member").map(it -> it.getString("nick", "")).orElse("");
      users.put(user.getUnsignedLong("id"), nick.isBlank() ? name(user) : nick);
    }
    return Codes.inWords(
        json.getString("content", ""), new CodeNames(users, rest.connected(), texts, locale));
  }

  private void addSpoilers(StringBuilder text, DataObject json) {
    for (DataObject file : objects(json, "attachments")) {
      boolean isSpoiler = file.getBoolean("is_spoiler")
          || (file.getInt("flags", 0) & SPOILER) != 0
          || file.getString("filename", "").startsWith("SPOILER_");
      if (isSpoiler) {
        String name = Markdown.escapedLine(fileName(file.getString("filename", "")));
        addLine(text, texts.get(locale, "spoiler", "name", name));
      }
    }
  }

  private String quote(DataObject quoted) {
    String author = quoted.optObject("author").map(MessageParser::name).orElse("");
    String words = Cut.withEllipsis(content(quoted).strip(), LONGEST_QUOTE);
    if (words.isEmpty()) {
      words = "…";
    }
    return "> " + texts.get(locale, "quote", "author", author) + "\n> "
        + words.replace("\n", "\n> ") + "\n";
  }

  private void addStickers(StringBuilder text, DataObject json) {
    for (DataObject sticker : objects(json, "sticker_items")) {
      addLine(text, texts.get(locale, "sticker", "name", sticker.getString("name", "")));
    }
  }

  private static List<IncomingFile> files(DataObject json) {
    return objects(json, "attachments").stream()
        .map(file -> new IncomingFile(
            fileName(file.getString("filename", "")),
            Cut.withEllipsis(file.getString("content_type", "application/octet-stream"), 200),
            file.getLong("size", 0),
            file.getString("url", "")))
        .toList();
  }

  private static String fileName(String name) {
    String clean = Markdown.clean(name).replaceAll("[\\n\\t/\\\\]", "_");
    return Cut.withEllipsis(clean, LONGEST_FILE_NAME);
  }

  private static String name(DataObject user) {
    String name = user.getString("global_name", "");
    return name.isBlank() ? user.getString("username", "?") : name;
  }

  private static List<Long> roles(DataObject member) {
    DataArray ids = member.optArray("roles").orElseGet(DataArray::empty);
    List<Long> roles = new ArrayList<>();
    for (int i = 0; i < ids.length(); i++) {
      roles.add(ids.getUnsignedLong(i));
    }
    return roles;
  }

  private static Optional<Instant> time(DataObject json) {
    try {
      return json.isNull("edited_timestamp")
          ? Optional.empty()
          : Optional.of(OffsetDateTime.parse(json.getString("edited_timestamp")).toInstant());
    } catch (DateTimeException nonsense) {
      return Optional.empty();
    }
  }

  private static List<DataObject> objects(DataObject json, String key) {
    DataArray array = json.optArray(key).orElseGet(DataArray::empty);
    List<DataObject> objects = new ArrayList<>();
    for (int i = 0; i < array.length(); i++) {
      objects.add(array.getObject(i));
    }
    return objects;
  }

  private static void addLine(StringBuilder text, String line) {
    if (line.isBlank()) {
      return;
    }
    if (text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    text.append(line);
  }
}
