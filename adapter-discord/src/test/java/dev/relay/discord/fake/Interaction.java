package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command run, a button pressed or a modal submitted, and the bot's answers. The public methods are thread-safe. */
public final class Interaction {
  static final int COMMAND = 2;
  static final int COMPONENT = 3;
  static final int MODAL_SUBMIT = 5;
  static final int FLAG_PRIVATE = 1 << 6;
  static final int FLAG_LOADING = 1 << 7;

  /** Discord's documented deadline for the first answer. */
  static final Duration DEADLINE = Duration.ofSeconds(3);

  /** Discord's documented life of an interaction's token. */
  static final Duration LIFE = Duration.ofMinutes(15);

  final long id;
  final String token;
  final int type;
  final User user;
  final FakeChannel channel;
  final @Nullable ObjectNode pressedOn;
  private final World world;
  private final Messages messages;
  private final Instant made;
  private final Map<Long, ObjectNode> privateMessages = new LinkedHashMap<>();
  private final List<Long> answered = new ArrayList<>();
  int acknowledgedWith;
  long original;

  @Nullable
  ObjectNode shownModal;

  Interaction(
      World world,
      Messages messages,
      int type,
      User user,
      FakeChannel channel,
      @Nullable ObjectNode pressedOn) {
    this.world = world;
    this.messages = messages;
    this.type = type;
    this.user = user;
    this.channel = channel;
    this.pressedOn = pressedOn;
    this.made = world.clock.instant();
    this.id = world.snowflakes.next();
    this.token = "interaction-token-" + id;
  }

  /** Returns the interaction's id. */
  public long id() {
    return id;
  }

  /** Checks whether the bot gave its first answer in time; "is thinking" counts. */
  public boolean isAcknowledged() {
    synchronized (world) {
      return acknowledgedWith != 0;
    }
  }

  /** Checks whether Discord shows "The application did not respond": no first answer within 3 seconds. */
  public boolean hasFailed() {
    synchronized (world) {
      return acknowledgedWith == 0 && isLate();
    }
  }

  /** Checks whether the first answer was that the bot is thinking. */
  public boolean wasDeferred() {
    synchronized (world) {
      return acknowledgedWith == InteractionRoutes.DEFERRED_MESSAGE
          || acknowledgedWith == InteractionRoutes.DEFERRED_UPDATE;
    }
  }

  /** Checks whether the bot has removed its first answer, so that nobody sees anything of it. */
  public boolean isOver() {
    synchronized (world) {
      return acknowledgedWith != 0 && message(original) == null;
    }
  }

  /** Checks whether only the customer sees the first answer. */
  public boolean isPrivate() {
    synchronized (world) {
      return privateMessages.containsKey(original);
    }
  }

  /** Returns the first answer and follow-ups so far, with their edits applied; without "is thinking". */
  public List<SeenMessage> answers() {
    synchronized (world) {
      List<SeenMessage> seen = new ArrayList<>();
      for (long answer : answered) {
        ObjectNode message = message(answer);
        if (message != null && (message.path("flags").asInt() & FLAG_LOADING) == 0) {
          seen.add(SeenMessage.of(messages.shown(message)));
        }
      }
      return List.copyOf(seen);
    }
  }

  /** Returns the texts of {@link #answers()}. */
  public List<String> answerTexts() {
    return answers().stream().map(SeenMessage::text).toList();
  }

  /** Waits for an answer and returns the latest one. */
  public SeenMessage awaitAnswer() {
    return Eventually.gives("an answer to " + this, () -> {
      List<SeenMessage> all = answers();
      return all.isEmpty() ? null : all.get(all.size() - 1);
    });
  }

  /** Returns the modal that was shown; null for none. */
  public @Nullable SeenModal modal() {
    synchronized (world) {
      JsonNode modal = shownModal;
      return modal == null ? null : SeenModal.of(modal);
    }
  }

  /** Waits until a modal is shown. */
  public SeenModal awaitModal() {
    return Eventually.gives("a modal for " + this, this::modal);
  }

  boolean isLate() {
    return world.clock.instant().isAfter(made.plus(DEADLINE));
  }

  boolean hasExpired() {
    return world.clock.instant().isAfter(made.plus(LIFE));
  }

  /** Stores an answer, for the customer alone or in the channel. */
  void keep(ObjectNode message, boolean forOneOnly) {
    long answer = Json.id(message.path("id"));
    answered.add(answer);
    if (forOneOnly) {
      privateMessages.put(answer, message);
    }
  }

  /** Returns a message of this interaction: an answer, or the message whose button was pressed. */
  @Nullable
  ObjectNode message(long message) {
    ObjectNode found = privateMessages.get(message);
    if (found != null) {
      return found;
    }
    if (pressedOn != null && Json.id(pressedOn.path("id")) == message) {
      return pressedOn;
    }
    return channel.messages.get(message);
  }

  boolean holdsPrivately(long message) {
    return privateMessages.containsKey(message);
  }

  void forget(long message) {
    privateMessages.remove(message);
  }

  @Override
  public String toString() {
    return "interaction " + id + " of type " + type + " by " + user.name();
  }
}
