package dev.relay.discord.outbound;

import dev.relay.core.channel.Delivery;
import dev.relay.discord.outbound.SentMessages.Sent;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Looks into a channel's history which messages of a delivery stand there. Discord tells the nonce of a message only for minutes;
 * after that a message is known by its words, its files' number and its time. Thread-safe; blocks.
 */
final class History {
  /** What Discord's clock and this computer's may differ. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private static final int MOST_PAGES = 20;
  private static final long DISCORD_EPOCH = 1_420_070_400_000L;
  private static final int TIME_SHIFT = 22;

  private final DiscordRest rest;
  private final SentMessages sent;
  private final LongSupplier self;

  History(DiscordRest rest, SentMessages sent, LongSupplier self) {
    this.rest = rest;
    this.sent = sent;
    this.self = self;
  }

  /**
   * What stands there of it, in order and from its first message on; empty where too much was written since.
   *
   * <p>Where Discord still tells the nonces they alone count. Later a message counts by its words, from the time on at which the
   * delivery was made: an earlier one belongs to another delivery of the same words, even where this computer's clock is some seconds
   * ahead of Discord's; a doubled message is better than a lost one.
   */
  Optional<Sent> find(Delivery delivery, long channel, List<OutgoingMessage> expected)
      throws RestFailure {
    List<Long> byNonce = new ArrayList<>();
    List<Long> byWords = new ArrayList<>();
    long made = snowflake(delivery.at());
    long after = snowflake(delivery.at().minus(SKEW));
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      List<DataObject> page = rest.after(channel, after);
      for (DataObject message : page) {
        after = message.getUnsignedLong("id");
        if (!isOwn(message) || sent.isOfAnother(delivery.id(), after)) {
          continue;
        }
        if (byNonce.size() < expected.size() && hasNonce(message, expected.get(byNonce.size()))) {
          byNonce.add(after);
        }
        if (byWords.size() < expected.size()
            && (hasNonce(message, expected.get(byWords.size()))
                || (after >= made && hasWords(message, expected.get(byWords.size()))))) {
          byWords.add(after);
        }
      }
      if (page.size() < DiscordRest.PAGE || byNonce.size() == expected.size()) {
        return Optional.of(new Sent(channel, longer(byNonce, byWords)));
      }
    }
    return Optional.of(new Sent(channel, longer(byNonce, byWords)))
        .filter(it -> it.messages().size() == expected.size());
  }

  private static List<Long> longer(List<Long> byNonce, List<Long> byWords) {
    return byNonce.size() >= byWords.size() ? byNonce : byWords;
  }

  private boolean isOwn(DataObject message) {
    return message
        .optObject("author")
        .filter(author -> author.getUnsignedLong("id") == self.getAsLong())
        .isPresent();
  }

  private static boolean hasNonce(DataObject message, OutgoingMessage expected) {
    return message.getString("nonce", "").equals(expected.nonce());
  }

  private static boolean hasWords(DataObject message, OutgoingMessage expected) {
    int files = message.optArray("attachments").map(DataArray::length).orElse(0);
    return message.getString("nonce", "").isEmpty()
        && files == expected.files().size()
        && message.getString("content", "").strip().equals(expected.text().strip());
  }

  /** The smallest id that Discord could have given at that time. */
  static long snowflake(Instant time) {
    try {
      return Math.max(0, time.toEpochMilli() - DISCORD_EPOCH) << TIME_SHIFT;
    } catch (ArithmeticException longAgo) {
      return 0;
    }
  }
}
