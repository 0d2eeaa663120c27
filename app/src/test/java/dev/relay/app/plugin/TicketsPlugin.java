package dev.relay.app.plugin;

import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.plugin.Plugin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A plug-in with a desk that appends everything its live agents should read to a file. */
public final class TicketsPlugin implements Plugin {

  @Override
  public String name() {
    return "tickets";
  }

  @Override
  public PluginParts connect(PluginContext context) {
    Path file = Path.of(context.required("output"));
    return PluginParts.none()
        .desk(CallbackDesk.named("tickets").sending((conversation, text) -> append(file, text)));
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
