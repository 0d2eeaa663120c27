package dev.relay.discord;

import dev.relay.core.message.Topic;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the bot needs to know.
 *
 * @param token the bot's token, secret; empty where the JDA of a host bot is used
 * @param apiUrl another base address than Discord's, such as that of a proxy which shares rate limits, with the version
 *     ({@code …/api/v10})
 * @param gatewayUrl another gateway than Discord's
 * @param helpChannel the text channel in whose private threads players are served who take no direct messages; needs the
 *     "Message Content Intent"
 * @param announcements the channels in which announcements of each topic are published
 * @param maxFileBytes how much of a player's file is taken, in bytes
 * @param locale the language of players of whom none is known, and of what Relay says to agents about messages
 */
public record DiscordSettings(
    String token,
    Optional<URI> apiUrl,
    Optional<URI> gatewayUrl,
    Optional<Long> helpChannel,
    Map<Topic, Long> announcements,
    long maxFileBytes,
    Locale locale) {
  /** What a player's file may have where nothing else is said: 25 MiB. */
  public static final long DEFAULT_MAX_FILE_BYTES = 25L * 1_024 * 1_024;

  /** Copies the channels; refuses a limit below one byte. */
  public DiscordSettings {
    announcements = Map.copyOf(announcements);
    if (maxFileBytes < 1) {
      throw new IllegalArgumentException(
          "a file may have at least 1 byte, this limit is " + maxFileBytes);
    }
  }

  /** A bot with that token and nothing else configured, in English. */
  public static DiscordSettings of(String token) {
    return new DiscordSettings(
        token,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        DEFAULT_MAX_FILE_BYTES,
        Locale.ENGLISH);
  }

  /** The same with other addresses than Discord's. */
  public DiscordSettings at(URI api, URI gateway) {
    return new DiscordSettings(
        token,
        Optional.of(api),
        Optional.of(gateway),
        helpChannel,
        announcements,
        maxFileBytes,
        locale);
  }

  /** The same with that help channel. */
  public DiscordSettings withHelpChannel(long channel) {
    return new DiscordSettings(
        token, apiUrl, gatewayUrl, Optional.of(channel), announcements, maxFileBytes, locale);
  }

  /** The same with those channels for announcements. */
  public DiscordSettings withAnnouncements(Map<Topic, Long> channels) {
    return new DiscordSettings(
        token, apiUrl, gatewayUrl, helpChannel, channels, maxFileBytes, locale);
  }

  /** The same with that limit for a player's file, in bytes. */
  public DiscordSettings withMaxFileBytes(long bytes) {
    return new DiscordSettings(
        token, apiUrl, gatewayUrl, helpChannel, announcements, bytes, locale);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "DiscordSettings[" + apiUrl + ", " + gatewayUrl + ", " + helpChannel + ", "
        + announcements + ", " + maxFileBytes + ", " + locale + "]";
  }
}
