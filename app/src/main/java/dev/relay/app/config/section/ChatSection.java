package dev.relay.app.config.section;

import dev.relay.app.config.ChatSettings;
import dev.relay.app.config.Secret;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
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

  private static boolean isKey(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes >= MIN_KEY_BYTES && bytes <= 4096 && text.chars().noneMatch(c -> c < ' ');
  }

  @Override
  public ChatSettings read(Values values) {
    if (values.isSet(formerIdentityKey)) {
      values.require(formerIdentityKey, identityKey);
    }
    return new ChatSettings(Stream.of(identityKey, formerIdentityKey)
        .flatMap(key -> values.get(key).stream())
        .toList());
  }
}
