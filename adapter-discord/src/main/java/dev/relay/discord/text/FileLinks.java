package dev.relay.discord.text;

import dev.relay.core.message.AttachmentRef;
import java.util.Optional;

/** The web addresses of kept files, for files that are too big for Discord. Thread-safe. */
public interface FileLinks {

  /** Returns the address of a file; empty if there is none. */
  Optional<String> linkTo(AttachmentRef file);
}
