package dev.relay.discord;

import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.extension.DiscordExtension;
import dev.relay.discord.gateway.SessionOwner;
import dev.relay.discord.inbound.Inbound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The owner of the bot's connection: provides the listeners of each session. Thread-safe. */
final class BotListeners implements SessionOwner {
  private final List<DiscordExtension> extensions;
  private final Consumer<String> onFatal;
  private volatile Optional<Wiring> wiring = Optional.empty();

  private record Wiring(DiscordChannel channel, DiscordListener listener, CustomerAccess access) {}

  BotListeners(List<DiscordExtension> extensions, Consumer<String> onFatal) {
    this.extensions = List.copyOf(extensions);
    this.onFatal = onFatal;
  }

  /** Sets the channel that the listeners serve, which is built after its connection. */
  void serve(DiscordChannel channel, DiscordListener listener, CustomerAccess access) {
    wiring = Optional.of(new Wiring(channel, listener, access));
  }

  @Override
  public List<Object> newSession() {
    // Events of the new session wait until the gap before it has been read.
    inbound().ifPresent(Inbound::lost);
    List<Object> listeners = new ArrayList<>();
    wiring.ifPresent(it -> {
      listeners.add(it.listener());
      extensions.forEach(extension -> listeners.add(extension.listener(it.access())));
    });
    return listeners;
  }

  @Override
  public void connected() {
    inbound().ifPresent(Inbound::connected);
  }

  @Override
  public void gaveUp(String reason) {
    onFatal.accept(reason);
  }

  private Optional<Inbound> inbound() {
    return wiring.flatMap(it -> it.channel().inbound());
  }
}
