package dev.relay.app.config.section;

import dev.relay.app.config.ChatSettings;
import dev.relay.app.config.PictureFile;
import dev.relay.app.config.Secret;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.workspace.Workspace.Picture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The web chat. */
final class ChatSection extends Section<ChatSettings> {
  /** The size of the hash of HS256, below which a key is weaker than the signature (RFC 7518, 3.2). */
  private static final int MIN_KEY_BYTES = 32;

  private static final Parser<Secret> KEY = Parsers.plain(
      "a secret of 32 to 4096 bytes on one line",
      text -> isKey(text) ? Optional.of(new Secret(text)) : Optional.empty());

  private final Setting<Optional<Secret>> identityKey = secret(
      "chat.identityKey",
      KEY,
      "Key with which a web site signs who its customer is, see web-chat.md.");
  private final Setting<Optional<Secret>> formerIdentityKey = secret(
      "chat.formerIdentityKey", KEY, "A second key that is accepted too, while keys are rotated.");

  private final Setting<Optional<String>> title =
      optional("chat.title", Parsers.text(60), "Support", "Name in the head of the chat.");
  private final Setting<Optional<String>> accent = optional(
      "chat.accent",
      Parsers.matching("a colour such as #4149bf", Pattern.compile("#[0-9a-fA-F]{6}")),
      "#4149bf",
      "Colour of buttons and links. Letters on it and in it stay legible.");
  private final Setting<Optional<Picture>> logo = optional(
      "chat.logo",
      Parsers.plain(
          "the path of a PNG or JPEG file of at most 64 KB and 1024 × 1024 pixels",
          ChatSection::picture),
      "Picture in the head of the chat, shown at 40 × 40 pixels.");
  private final Setting<Map<String, String>> greeting = setting(
      "chat.greeting",
      new ByLanguageParser<>(Parsers.text(300)),
      Map.of(),
      "Relay's own words",
      "What a customer reads before the first message.");
  private final Setting<Map<String, List<String>>> quickReplies = setting(
      "chat.quickReplies",
      new ByLanguageParser<>(Parsers.list(5, Parsers.text(80))),
      Map.of(),
      "none",
      "Questions that a customer can ask by pressing a button.");

  private static Optional<Picture> picture(String path) {
    try {
      return Optional.of(PictureFile.read(Path.of(path)));
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + e, e);
    }
  }

  private static boolean isKey(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= MIN_KEY_BYTES && bytes <= 4096 && text.chars().noneMatch(c -> c < ' ');
  }

  @Override
  public ChatSettings read(Values values) {
    if (values.isSet(formerIdentityKey)) {
      values.require(formerIdentityKey, identityKey);
    }
    return new ChatSettings(
        Stream.of(identityKey, formerIdentityKey)
            .flatMap(key -> values.get(key).stream())
            .toList(),
        values.get(title),
        values.get(accent),
        values.get(logo),
        values.get(greeting),
        values.get(quickReplies));
  }
}
