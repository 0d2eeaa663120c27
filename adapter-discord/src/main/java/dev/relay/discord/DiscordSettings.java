package dev.relay.discord;

import dev.relay.core.message.Topic;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of the bot.
 *
 * @param token the bot's token, secret; empty text if the JDA of a host bot is used
 * @param apiUrl a base address other than Discord's, such as that of a proxy that shares rate limits, with the version
 *     ({@code …/api/v10})
 * @param gatewayUrl a gateway other than Discord's
 * @param helpChannel the text channel with private threads for customers who do not accept direct messages; needs the
 *     "Message Content Intent"
 * @param announcements the channel of announcements for each topic
 * @param maxFileBytes the largest file that is accepted from a customer, in bytes
 * @param locale the language of customers whose language is unknown, and of notes in messages that live agents read
 */
public record DiscordSettings(
    String token,
    Optional<URI> apiUrl,
    Optional<URI> gatewayUrl,
    Optional<Long> helpChannel,
    Map<Topic, Long> announcements,
    long maxFileBytes,
    Locale locale) {
  /** The default largest file of a customer: 25 MiB. */
  public static final long DEFAULT_MAX_FILE_BYTES = 25L * 1_024 * 1_024;

  /** Copies the channels; rejects a limit below one byte. */
  public DiscordSettings {
    announcements = Map.copyOf(announcements);
    if (maxFileBytes < 1) {
      throw new IllegalArgumentException(
          "the largest file is " + maxFileBytes + " bytes; expected at least 1");
    }
  }

  /** Returns settings with a token and nothing else, in English. */
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

  /** Returns a copy with addresses other than Discord's. */
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

  /** Returns a copy with a help channel. */
  public DiscordSettings withHelpChannel(long channel) {
    return new DiscordSettings(
        token, apiUrl, gatewayUrl, Optional.of(channel), announcements, maxFileBytes, locale);
  }

  /** Returns a copy with channels for announcements. */
  public DiscordSettings withAnnouncements(Map<Topic, Long> channels) {
    return new DiscordSettings(
        token, apiUrl, gatewayUrl, helpChannel, channels, maxFileBytes, locale);
  }

  /** Returns a copy with the largest file of a customer, in bytes. */
  public DiscordSettings withMaxFileBytes(long bytes) {
    return new DiscordSettings(
        token, apiUrl, gatewayUrl, helpChannel, announcements, bytes, locale);
  }

  /** Omits the token. */
  @Override
  public String toString() {
    return "DiscordSettings[" + apiUrl + ", " + gatewayUrl + ", " + helpChannel + ", "
        + announcements + ", " + maxFileBytes + ", " + locale + "]";
  }
}
