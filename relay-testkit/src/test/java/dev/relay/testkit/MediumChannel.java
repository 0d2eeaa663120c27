package dev.relay.testkit;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.MessageBody;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel over the fake medium that keeps all rules; each wrong one breaks one of them. */
class MediumChannel implements Channel {
  static final PortId ID = new PortId("medium");
  static final int MAX_TEXT = 2_000;

  final FakeMedium medium;
  private volatile @Nullable MediumEars ears;

  MediumChannel(FakeMedium medium) {
    this.medium = medium;
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.text(MAX_TEXT).withEdits().withDeletes();
  }

  @Override
  public void start(Inbox inbox) {
    MediumEars made = ears(inbox);
    ears = made;
    made.listen(since(inbox.intake()));
  }

  MediumEars ears(Inbox inbox) {
    return new MediumEars(medium, inbox, this::read);
  }

  int since(Intake intake) {
    return intake.positions(ID).stream()
        .mapToInt(position -> Integer.parseInt(position.position()))
        .min()
        .orElse(medium.lastIndex());
  }

  Event read(FakeMedium.Report report) {
    Origin origin = new Origin(
        keyOf(report),
        new CustomerAddress(ID, report.place()),
        new CustomerProfile(customerOf(report), report.place(), Locale.ENGLISH, Set.of()),
        Optional.of(Integer.toString(report.index())),
        Optional.empty(),
        Optional.empty());
    return new CustomerEvent.CustomerWrote(
        origin, Optional.of(report.id()), MessageBody.text(report.text()));
  }

  /** Message ids of the medium are unique at their place only. */
  EventKey keyOf(FakeMedium.Report report) {
    return new EventKey("medium", report.place() + "/" + report.id());
  }

  String customerOf(FakeMedium.Report report) {
    return report.place();
  }

  @Override
  public DeliveryResult deliver(Delivery delivery) {
    try {
      return DeliveryResult.delivered(send(delivery.to().key(), delivery));
    } catch (FakeMedium.Failure failure) {
      return onFailure(failure, delivery);
    }
  }

  DeliveryResult onFailure(FakeMedium.Failure failure, Delivery delivery) {
    return MediumResults.of(failure);
  }

  String send(String place, Delivery delivery) throws FakeMedium.Failure {
    if (delivery.what() instanceof Outbound.Message message) {
      return sendPieces(place, keyOf(delivery), textOf(message.body()));
    }
    if (delivery.what() instanceof Outbound.Edit edit) {
      medium.change(place, edit.externalId(), edit.text());
      return edit.externalId();
    }
    String id = ((Outbound.Delete) delivery.what()).externalId();
    medium.remove(place, id);
    return id;
  }

  String keyOf(Delivery delivery) {
    return delivery.id().value();
  }

  String textOf(MessageBody body) {
    StringBuilder text = new StringBuilder(body.text());
    for (ArticleLink article : body.articles()) {
      text.append("\n\n").append(article.title()).append('\n').append(article.passage());
      article.url().ifPresent(url -> text.append('\n').append(url));
    }
    return text.toString();
  }

  private String sendPieces(String place, String key, String text) throws FakeMedium.Failure {
    String id = medium.show(place, key, text.substring(0, Math.min(MAX_TEXT, text.length())));
    for (int begin = MAX_TEXT; begin < text.length(); begin += MAX_TEXT) {
      String piece = text.substring(begin, Math.min(begin + MAX_TEXT, text.length()));
      medium.show(place, key + "+" + begin, piece);
    }
    return id;
  }

  @Override
  public LookUp lookUp(Delivery delivery) {
    try {
      Optional<String> id = medium.find(delivery.to().key(), keyOf(delivery));
      return id.isPresent() ? new LookUp.Found(id) : new LookUp.NotFound();
    } catch (FakeMedium.Failure failure) {
      return MediumResults.lookUp(failure);
    }
  }

  /** The medium has a sign for it, which shows no message and is lost if the medium fails. */
  @Override
  public Optional<TypingIndicator> typingIndicator() {
    return Optional.of(new TypingIndicator() {
      @Override
      public void show(CustomerAddress to) {
        try {
          showTyping(to.key());
        } catch (FakeMedium.Failure failure) {
          // Best effort.
        }
      }

      @Override
      public Duration pause() {
        return Duration.ofSeconds(5);
      }
    });
  }

  void showTyping(String place) throws FakeMedium.Failure {
    medium.find(place, "typing");
  }

  @Override
  public Health health() {
    return Health.up();
  }

  @Override
  public void stop() {
    MediumEars open = ears;
    if (open != null) {
      open.stop();
    }
  }
}
