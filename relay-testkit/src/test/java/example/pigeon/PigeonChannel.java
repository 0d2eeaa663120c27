package example.pigeon;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.MessageBody;
import dev.relay.core.text.Cut;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Connects Pigeon, a chat service with an HTTP API, to Relay. Thread-safe. */
public final class PigeonChannel implements Channel {
  static final PortId ID = new PortId("pigeon");
  private static final int MAX_TEXT = 2_000;

  private final PigeonApi api;
  private volatile boolean stopped;
  private volatile Health health = Health.down("Pigeon has not been reached yet");

  PigeonChannel(URI pigeon) {
    api = new PigeonApi(pigeon);
  }

  @Override
  public PortId id() {
    return ID;
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.text(MAX_TEXT);
  }

  @Override
  public void start(Inbox inbox) {
    Thread reader = new Thread(() -> read(inbox), "pigeon");
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public void stop() {
    stopped = true;
  }

  private void read(Inbox inbox) {
    Map<String, Long> stored = null;
    long last = 0;
    while (!stopped) {
      try {
        if (stored == null) {
          stored = positions(inbox);
          last = stored.values().stream().min(Comparator.naturalOrder()).orElse(0L);
        }
        for (PigeonApi.Update update : api.updatesAfter(last)) {
          if (update.number() > stored.getOrDefault(update.chat(), 0L)) {
            submit(update, inbox);
          }
          last = update.number();
        }
        health = Health.up();
      } catch (IOException | RuntimeException failure) {
        health = Health.down("messages cannot be read: " + failure.getClass().getSimpleName());
        api.pause(Duration.ofMillis(200));
      }
    }
  }

  private static Map<String, Long> positions(Inbox inbox) {
    return inbox.intake().positions(ID).stream()
        .collect(Collectors.toMap(it -> it.address().key(), it -> Long.valueOf(it.position())));
  }

  private void submit(PigeonApi.Update update, Inbox inbox) throws IOException {
    if (stopped) {
      return;
    }
    CustomerAddress address = new CustomerAddress(ID, update.chat());
    Origin origin = new Origin(
        new EventKey("pigeon", update.chat() + "/" + update.id()),
        address,
        new CustomerProfile(update.chat(), update.name(), Locale.ENGLISH, Set.of()),
        Optional.of(Long.toString(update.number())),
        Optional.empty(),
        Optional.empty());
    MessageBody body = MessageBody.text(update.text());
    CompletableFuture<IntakeResult> result =
        inbox.submit(address, new CustomerWrote(origin, Optional.of(update.id()), body));
    if (result.isDone() && result.join() instanceof IntakeResult.Overloaded) {
      throw new IOException("the inbox is full");
    }
  }

  @Override
  public DeliveryResult deliver(Delivery delivery) {
    if (!(delivery.what() instanceof Outbound.Message message)) {
      return new DeliveryResult.Rejected("Pigeon can neither edit nor delete");
    }
    List<String> parts = parts(message.body());
    for (int part = 0; part < parts.size(); part++) {
      DeliveryResult result = show(delivery, part, message.author().displayName(), parts.get(part));
      if (!(result instanceof DeliveryResult.Delivered)) {
        return part == 0 ? result : new DeliveryResult.Unknown("only some parts were shown");
      }
    }
    return DeliveryResult.delivered(delivery.id().value());
  }

  private DeliveryResult show(Delivery delivery, int part, String author, String text) {
    try {
      HttpResponse<String> answer = api.put(delivery.to().key(), key(delivery, part), author, text);
      return switch (answer.statusCode()) {
        case 200 -> DeliveryResult.delivered();
        case 403, 404 -> new DeliveryResult.Rejected("Pigeon refuses: " + answer.statusCode());
        case 429 -> new DeliveryResult.RetryLater("Pigeon asks to wait", PigeonApi.wait(answer));
        default -> new DeliveryResult.Unknown("Pigeon failed: " + answer.statusCode());
      };
    } catch (ConnectException neverSent) {
      return DeliveryResult.retryLater("Pigeon cannot be reached");
    } catch (IOException broken) {
      return new DeliveryResult.Unknown("the connection broke");
    }
  }

  private static String key(Delivery delivery, int part) {
    return delivery.id().value() + "." + part;
  }

  private static List<String> parts(MessageBody body) {
    StringBuilder words = new StringBuilder(body.text());
    body.articles().forEach(it -> {
      words.append("\n\n").append(it.title()).append('\n').append(it.passage());
      it.url().ifPresent(url -> words.append('\n').append(url));
    });
    List<String> parts = new ArrayList<>();
    String rest = words.toString();
    for (;
        rest.length() > MAX_TEXT;
        rest = rest.substring(parts.get(parts.size() - 1).length())) {
      parts.add(Cut.to(rest, MAX_TEXT));
    }
    parts.add(rest);
    return parts;
  }

  @Override
  public LookUp lookUp(Delivery delivery) {
    int last = delivery.what() instanceof Outbound.Message it ? parts(it.body()).size() - 1 : 0;
    try {
      return switch (api.get(delivery.to().key(), key(delivery, last)).statusCode()) {
        case 200 -> new LookUp.Found(Optional.of(delivery.id().value()));
        case 404 -> new LookUp.NotFound();
        default -> new LookUp.CannotTell("Pigeon failed");
      };
    } catch (IOException failure) {
      return new LookUp.CannotTell("Pigeon cannot be reached");
    }
  }

  @Override
  public Health health() {
    return health;
  }
}
