package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer in one channel: a direct message, a channel of a guild, or a thread. Thread-safe. */
public final class Place {
  private static final int BUTTON = 2;

  private final Backstage backstage;
  private final World world;
  private final FakeCustomer customer;
  private final FakeChannel channel;

  Place(Backstage backstage, FakeCustomer customer, FakeChannel channel) {
    this.backstage = backstage;
    this.world = backstage.world();
    this.customer = customer;
    this.channel = channel;
  }

  /** Returns the channel's id. */
  public long channelId() {
    return channel.id;
  }

  /** Writes a message and returns its id. */
  public long writes(String text) {
    return write(Json.object().put("content", text), List.of(), true);
  }

  /** Writes a message that only the channel's history contains, without an event at the gateway. Returns its id. */
  public long writesUnseen(String text) {
    return write(Json.object().put("content", text), List.of(), false);
  }

  /** Sends a file of that name, kind and content, and returns the message's id. */
  public long sendsFile(String text, String fileName, String contentType, byte[] content) {
    return write(
        Json.object().put("content", text),
        List.of(new FileContent(fileName, contentType, content)),
        true);
  }

  /** Replies to that message and returns the reply's id. */
  public long replies(long toMessage, String text) {
    ObjectNode draft = Json.object().put("content", text);
    draft.putObject("message_reference").put("type", 0).put("message_id", Long.toString(toMessage));
    return write(draft, List.of(), true);
  }

  /** Edits a message of the customer's own. */
  public void edits(long message, String text) {
    edit(message, text, true);
  }

  /** Edits a message of the customer's own without an event at the gateway. */
  public void editsUnseen(long message, String text) {
    edit(message, text, false);
  }

  /** Shows a preview of a link below a message: sent as an update of the message, although nobody edited it. */
  public void previewAppears(long message, String url) {
    synchronized (world) {
      backstage.messages().preview(channel, known(message), url);
    }
  }

  /** Deletes a message of the customer's own. */
  public void deletes(long message) {
    synchronized (world) {
      own(message);
      try {
        backstage.messages().delete(channel, message, true);
      } catch (ApiError gone) {
        throw new IllegalStateException(gone);
      }
    }
  }

  /** Reacts to a message with that emoji. */
  public void reacts(long message, String emoji) {
    synchronized (world) {
      new Reactions(world).add(channel, known(message), customer.id(), emoji);
    }
  }

  /** Starts typing. */
  public void types() {
    synchronized (world) {
      ObjectNode event = Json.object()
          .put("channel_id", Long.toString(channel.id))
          .put("user_id", Long.toString(customer.id()))
          .put("timestamp", world.clock.instant().getEpochSecond());
      if (channel.guild != null) {
        event.put("guild_id", Long.toString(channel.guild.id));
        event.set("member", channel.guild.memberWithUser(world, customer.id()));
      }
      world.dispatch("TYPING_START", event, Intents.typing(channel));
    }
  }

  /** Runs a command without options, such as {@code /cases}. */
  public Interaction runs(String command) {
    return runs(command, Map.of());
  }

  /**
   * Runs a command, such as {@code /case show}, with options by name: texts, numbers, booleans, {@link FakeCustomer}s, ids of
   * channels and roles. Fails if Discord's client would not offer the command here, or would refuse the options.
   */
  public Interaction runs(String command, Map<String, ?> options) {
    synchronized (world) {
      List<String> words = List.of(command.substring(1).split(" ", -1));
      ObjectNode found = backstage.commands().offered(words.get(0), channel, customer.id());
      if (found == null) {
        throw new IllegalArgumentException(
            command + " is not offered to " + customer.name() + " here");
      }
      ObjectNode data =
          new CommandInput(world, channel).data(found, words.subList(1, words.size()), options);
      return begin(Interaction.COMMAND, null, data);
    }
  }

  /** Presses the button of that custom id below a message that the customer sees here. */
  public Interaction presses(long message, String customId) {
    synchronized (world) {
      ObjectNode pressed = visible(message);
      SeenMessage seen = SeenMessage.of(pressed);
      if (seen.buttons().stream()
          .noneMatch(button -> button.customId().equals(customId) && button.enabled())) {
        throw new IllegalArgumentException(
            "no such button to press: " + customId + " of " + seen.buttons());
      }
      ObjectNode data =
          Json.object().put("custom_id", customId).put("component_type", BUTTON).put("id", 1);
      return begin(Interaction.COMPONENT, pressed, data);
    }
  }

  /** Fills in the modal that the interaction showed, by the ids of its fields, and submits it. */
  public Interaction submits(Interaction shownBy, Map<String, String> values) {
    SeenModal modal = shownBy.awaitModal();
    synchronized (world) {
      ObjectNode data = Json.object().put("custom_id", modal.customId());
      data.set("components", ModalForm.submission(modal, values));
      return begin(Interaction.MODAL_SUBMIT, shownBy.pressedOn, data);
    }
  }

  /** Returns all that the channel shows to everyone now, oldest first. */
  public List<SeenMessage> messages() {
    synchronized (world) {
      List<SeenMessage> seen = new ArrayList<>();
      for (ObjectNode message : channel.written()) {
        seen.add(SeenMessage.of(backstage.messages().shown(message)));
      }
      return List.copyOf(seen);
    }
  }

  long write(ObjectNode draft, List<FileContent> files, boolean dispatches) {
    synchronized (world) {
      Threads.revive(world, channel);
      User user = world.user(customer.id());
      return Json.id(
          backstage.messages().post(channel, user, draft, files, dispatches).path("id"));
    }
  }

  private Interaction begin(int type, @Nullable ObjectNode pressedOn, ObjectNode data) {
    return backstage
        .interactions()
        .begin(type, world.user(customer.id()), customer.locale(), channel, pressedOn, data);
  }

  private void edit(long message, String text, boolean dispatches) {
    synchronized (world) {
      backstage
          .messages()
          .edit(channel, own(message), Json.object().put("content", text), List.of(), dispatches);
    }
  }

  private ObjectNode own(long message) {
    ObjectNode found = known(message);
    if (Json.id(found.path("author").path("id")) != customer.id()) {
      throw new IllegalArgumentException("not a message of " + customer.name() + ": " + message);
    }
    return found;
  }

  private ObjectNode visible(long message) {
    ObjectNode found = backstage.interactions().privateMessage(message, customer.id());
    return found == null ? known(message) : found;
  }

  private ObjectNode known(long message) {
    ObjectNode found = channel.messages.get(message);
    if (found == null) {
      throw new IllegalArgumentException("no such message here: " + message);
    }
    return found;
  }
}
