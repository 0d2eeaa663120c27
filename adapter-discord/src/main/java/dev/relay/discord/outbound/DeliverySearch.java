package dev.relay.discord.outbound;

import dev.relay.core.channel.Delivery;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.outbound.SentMessages.Sent;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Searches the history of a channel for the messages of a delivery. Discord reports the nonce of a message only for minutes; after that, a
 * message is recognised by its text, its number of files and its time. Thread-safe; blocks.
 */
final class DeliverySearch {
  /** The largest difference between Discord's clock and this computer's. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private static final int MOST_PAGES = 20;
  private static final long DISCORD_EPOCH = 1_420_070_400_000L;
  private static final int TIME_SHIFT = 22;

  private final DiscordRest rest;
  private final SentMessages sent;

  DeliverySearch(DiscordRest rest, SentMessages sent) {
    this.rest = rest;
    this.sent = sent;
  }

  /**
   * Finds the messages of a delivery, in order and from its first message on.
   *
   * <p>While Discord still reports the nonces, only they count. Later, a message counts by its text from the time at which the delivery was
   * created: an earlier message belongs to another delivery of the same text, even if this computer's clock is some seconds ahead of
   * Discord's. A doubled message is better than a lost one.
   *
   * @param ofOthers the messages that are known to belong to other deliveries
   * @return empty if too many messages were posted in the channel since
   */
  Optional<Sent> find(
      Delivery delivery, long channel, List<OutgoingMessage> expected, Set<Long> ofOthers)
      throws RestFailure {
    Matches matches = new Matches(delivery, expected);
    long after = snowflake(delivery.at().minus(SKEW));
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      List<DataObject> page = rest.after(channel, after);
      for (DataObject message : page) {
        after = message.getUnsignedLong("id");
        if (isOwn(message)
            && !ofOthers.contains(after)
            && !sent.isOfAnother(delivery.id(), after)) {
          matches.add(message);
        }
      }
      if (page.size() < DiscordRest.PAGE || matches.allByNonce()) {
        return Optional.of(new Sent(channel, matches.longest()));
      }
    }
    return matches.longest().size() == expected.size()
        ? Optional.of(new Sent(channel, matches.longest()))
        : Optional.empty();
  }

  private boolean isOwn(DataObject message) {
    return message
        .optObject("author")
        .filter(author -> author.getUnsignedLong("id") == rest.selfId())
        .isPresent();
  }

  /** The found messages of one delivery, once by their nonces alone and once by nonces or texts. */
  private static final class Matches {
    private final long created;
    private final long customer;
    private final List<OutgoingMessage> expected;
    private final List<Long> byNonce = new ArrayList<>();
    private final List<Long> byText = new ArrayList<>();

    Matches(Delivery delivery, List<OutgoingMessage> expected) {
      this.created = snowflake(delivery.at());
      this.customer = DiscordAddresses.at(delivery.to()).orElse(0L);
      this.expected = expected;
    }

    void add(DataObject message) {
      long id = message.getUnsignedLong("id");
      if (next(byNonce).filter(it -> hasNonce(message, it)).isPresent()) {
        byNonce.add(id);
      }
      if (next(byText)
          .filter(it -> hasNonce(message, it) || (id >= created && hasText(message, it)))
          .isPresent()) {
        byText.add(id);
      }
    }

    private Optional<OutgoingMessage> next(List<Long> found) {
      return found.size() < expected.size()
          ? Optional.of(expected.get(found.size()))
          : Optional.empty();
    }

    boolean allByNonce() {
      return byNonce.size() == expected.size();
    }

    List<Long> longest() {
      return byNonce.size() >= byText.size() ? byNonce : byText;
    }

    private static boolean hasNonce(DataObject message, OutgoingMessage expected) {
      return message.getString("nonce", "").equals(expected.nonce());
    }

    private boolean hasText(DataObject message, OutgoingMessage expected) {
      int files = message.optArray("attachments").map(DataArray::length).orElse(0);
      return message.getString("nonce", "").isEmpty()
          && files == expected.files().size()
          && OutgoingMessage.withoutMention(message.getString("content", ""), customer)
              .strip()
              .equals(expected.text().strip());
    }
  }

  /** Returns the smallest id that Discord could have assigned at a time. */
  static long snowflake(Instant time) {
    try {
      return Math.max(0, time.toEpochMilli() - DISCORD_EPOCH) << TIME_SHIFT;
    } catch (ArithmeticException longAgo) {
      return 0;
    }
  }
}
