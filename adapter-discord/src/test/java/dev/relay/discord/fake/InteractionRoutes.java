package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The first answer to an interaction (its callback), due within 3 seconds. */
final class InteractionRoutes {
  static final int MESSAGE = 4;
  static final int DEFERRED_MESSAGE = 5;
  static final int DEFERRED_UPDATE = 6;
  static final int UPDATE = 7;
  static final int MODAL = 9;
  private static final int TYPE_COMMAND_ANSWER = 20;

  private final World world;
  private final Messages messages;
  private final Interactions interactions;

  InteractionRoutes(World world, Messages messages, Interactions interactions) {
    this.world = world;
    this.messages = messages;
    this.interactions = interactions;
  }

  void register(RouteTable routes) {
    routes.onWithoutToken(Routes.INTERACTION_CALLBACK, this::callback);
  }

  private RestAnswer callback(RestRequest request) throws ApiError {
    Interaction interaction = interactions.find(request.id("interaction"), request.text("token"));
    if (interaction == null || (interaction.acknowledgedWith == 0 && interaction.isLate())) {
      throw new ApiError(404, 10062, "Unknown interaction");
    }
    if (interaction.acknowledgedWith != 0) {
      throw new ApiError(400, 40060, "Interaction has already been acknowledged.");
    }
    int type = request.object().path("type").asInt();
    ObjectNode data = data(request);
    ObjectNode shown = acknowledge(interaction, type, data, request);
    interaction.acknowledgedWith = type;
    return "true".equals(request.query().get("with_response"))
        ? RestAnswer.ok(response(interaction, type, shown))
        : RestAnswer.noContent();
  }

  /** Executes the callback and returns the message that it concerns, null for none. */
  private @Nullable ObjectNode acknowledge(
      Interaction interaction, int type, ObjectNode data, RestRequest request) throws ApiError {
    switch (type) {
      case MESSAGE -> {
        MessageForm.check(data, request.files(), false);
        return answer(interaction, data, request.contents());
      }
      case DEFERRED_MESSAGE -> {
        int flags = data.path("flags").asInt(0) | Interaction.FLAG_LOADING;
        return answer(interaction, Json.object().put("flags", flags), List.of());
      }
      case DEFERRED_UPDATE -> {
        return pressedOn(interaction);
      }
      case UPDATE -> {
        MessageForm.check(data, request.files(), true);
        ObjectNode pressed = pressedOn(interaction);
        boolean dispatches = interaction.channel.messages.containsKey(interaction.original);
        messages.edit(interaction.channel, pressed, data, request.contents(), dispatches);
        return pressed;
      }
      case MODAL -> {
        if (interaction.type == Interaction.MODAL_SUBMIT) {
          throw wrongType();
        }
        ModalForm.check(data);
        interaction.shownModal = data.deepCopy();
        return null;
      }
      default -> throw wrongType();
    }
  }

  private ObjectNode pressedOn(Interaction interaction) throws ApiError {
    if (interaction.pressedOn == null) {
      throw wrongType();
    }
    interaction.original = Json.id(interaction.pressedOn.path("id"));
    return interaction.pressedOn;
  }

  private ObjectNode answer(Interaction interaction, ObjectNode data, List<FileContent> files) {
    ObjectNode message = answer(world, messages, interactions, interaction, data, files);
    interaction.original = Json.id(message.path("id"));
    return message;
  }

  /** Creates an answer or a follow-up, in the channel or for the customer alone. */
  static ObjectNode answer(
      World world,
      Messages messages,
      Interactions interactions,
      Interaction interaction,
      ObjectNode data,
      List<FileContent> files) {
    ObjectNode draft = data.deepCopy();
    draft
        .put("webhook_id", Long.toString(world.bot.id()))
        .put("application_id", Long.toString(world.bot.id()));
    draft.set("interaction_metadata", Interactions.metadata(interaction, world));
    boolean forOneOnly = (data.path("flags").asInt(0) & Interaction.FLAG_PRIVATE) != 0;
    ObjectNode message;
    if (forOneOnly) {
      message = messages.made(interaction.channel, world.bot, draft, files);
    } else {
      message = messages.post(interaction.channel, world.bot, draft, files, true);
    }
    if (interaction.type == Interaction.COMMAND) {
      message.put("type", TYPE_COMMAND_ANSWER);
    }
    interaction.keep(message, forOneOnly);
    if (forOneOnly) {
      interactions.keptPrivately(Json.id(message.path("id")), interaction);
    }
    return message;
  }

  private ObjectNode response(Interaction interaction, int type, @Nullable ObjectNode shown) {
    ObjectNode response = Json.object();
    ObjectNode callback = response
        .putObject("interaction")
        .put("id", Long.toString(interaction.id))
        .put("type", interaction.type);
    ObjectNode resource = response.putObject("resource").put("type", type);
    if (shown != null) {
      int flags = shown.path("flags").asInt();
      callback
          .put("response_message_id", shown.path("id").asText())
          .put("response_message_loading", (flags & Interaction.FLAG_LOADING) != 0)
          .put("response_message_ephemeral", (flags & Interaction.FLAG_PRIVATE) != 0);
      if (type != DEFERRED_UPDATE) {
        resource.set("message", messages.shown(shown));
      }
    }
    return response;
  }

  private static ObjectNode data(RestRequest request) throws ApiError {
    JsonNode data = request.object().path("data");
    return Objects.requireNonNullElseGet(
        data instanceof ObjectNode object ? object : null, Json::object);
  }

  private static ApiError wrongType() {
    return ApiError.invalidForm(
        "type", "BASE_TYPE_CHOICES", "This callback is not allowed for this interaction.");
  }
}
