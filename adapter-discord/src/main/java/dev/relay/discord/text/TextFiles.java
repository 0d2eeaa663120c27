package dev.relay.discord.text;

import dev.relay.core.text.Wording;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The property files of this module, all in the folder {@code dev/relay/discord/texts} of the class path. */
public final class TextFiles {
  private static final String FOLDER = "/dev/relay/discord/texts/";

  private TextFiles() {}

  /** Returns the texts of the channel. */
  public static Wording channel() {
    return Wording.of(TextFiles::open, "channel");
  }

  static @Nullable InputStream open(String name) {
    return TextFiles.class.getResourceAsStream(FOLDER + name);
  }
}
