package dev.relay.http;

import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.live.WebChatChannel;
import dev.relay.testkit.ChannelContract;
import dev.relay.testkit.FarSideTrouble;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The web chat shows the transcript itself: there is no far side that could fail, and browsers resubmit what was not accepted. */
class WebChatChannelContractTest extends ChannelContract {
  private static final int PATIENCE_OF_A_BROWSER = 5;

  private final Map<CustomerAddress, Map<String, String>> transcripts = new LinkedHashMap<>();
  private final LiveStreams live = new WebPorts(StreamLimits.DEFAULT, new TestObserver()).live();
  private WebChatChannel channel = new WebChatChannel(live);

  @Override
  protected Channel newChannel() {
    channel = new WebChatChannel(live);
    return channel;
  }

  @Override
  protected CustomerAddress address(int customer) {
    return new CustomerAddress(WebChatChannel.ID, "session-" + customer);
  }

  @Override
  protected synchronized void stored(Delivery delivery) {
    Map<String, String> transcript =
        transcripts.computeIfAbsent(delivery.to(), address -> new LinkedHashMap<>());
    if (delivery.what() instanceof Outbound.Message message) {
      transcript.put(delivery.entry().toString(), words(message.body()));
    } else if (delivery.what() instanceof Outbound.Edit edit) {
      transcript.replace(edit.externalId(), edit.text());
    } else if (delivery.what() instanceof Outbound.Delete delete) {
      transcript.remove(delete.externalId());
    }
  }

  private static String words(MessageBody body) {
    StringBuilder words = new StringBuilder(body.text());
    body.articles()
        .forEach(article -> words
            .append(' ')
            .append(article.title())
            .append(' ')
            .append(article.passage())
            .append(' ')
            .append(article.url().orElse("")));
    return words.toString();
  }

  @Override
  protected synchronized List<String> shown(CustomerAddress address) {
    return List.copyOf(transcripts.getOrDefault(address, Map.of()).values());
  }

  @Override
  protected void customerWrites(CustomerAddress address, String messageId, String text) {
    CustomerEvent event = new CustomerEvent.CustomerWrote(
        Origin.of(
            new EventKey("web", address.key() + " " + messageId),
            address,
            new CustomerProfile(address.key(), "Ada", Locale.ENGLISH, Set.of())),
        Optional.of(messageId),
        MessageBody.text(text));
    for (int attempt = 0; attempt < PATIENCE_OF_A_BROWSER; attempt++) {
      if (channel.submit(event).join() instanceof IntakeResult.Accepted) {
        return;
      }
    }
  }

  @Override
  protected Set<FarSideTrouble> possibleTroubles() {
    return Set.of();
  }

  @Override
  protected boolean canReadWhatItMissed() {
    return false;
  }

  @Override
  protected void trouble(FarSideTrouble trouble) {
    throw new AssertionError("the web chat has no far side that could fail");
  }

  @Override
  protected void repair() {
    // Nothing is ever broken.
  }
}
