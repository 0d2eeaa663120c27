package dev.relay.discord.text;

import dev.relay.core.text.Wording;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The property files of this module, all in the folder {@code dev/relay/discord/texts} of the class path. */
public final class TextFiles {
  private static final String FOLDER = "/dev/relay/discord/texts/";

  private TextFiles() {}

  /** Returns the texts of the channel. */
  public static Wording channel() {
    return channel(Map.of());
  }

  /** Returns the texts of the channel, some of them overridden by the operator under the keys of {@link Wording}. */
  public static Wording channel(Map<String, String> overrides) {
    return Wording.of(TextFiles::open, "channel", overrides);
  }

  /** Returns the texts of commands, forms and the server set-up. */
  public static Wording commands() {
    return Wording.of(TextFiles::open, CommandTexts.SUBJECT);
  }

  static @Nullable InputStream open(String name) {
    return TextFiles.class.getResourceAsStream(FOLDER + name);
  }
}
