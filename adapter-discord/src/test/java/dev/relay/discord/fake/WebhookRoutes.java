package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The routes that follow the first answer to an interaction: follow-ups, edits and deletions, for 15 minutes. */
final class WebhookRoutes {
  private final World world;
  private final Messages messages;
  private final Interactions interactions;

  WebhookRoutes(World world, Messages messages, Interactions interactions) {
    this.world = world;
    this.messages = messages;
    this.interactions = interactions;
  }

  void register(RouteTable routes) {
    routes.onWithoutToken(Routes.FOLLOW_UP, this::followUp);
    routes.onWithoutToken("GET /webhooks/{application}/{token}/messages/{message}", this::get);
    routes.onWithoutToken(Routes.EDIT_ANSWER, this::edit);
    routes.onWithoutToken(
        "DELETE /webhooks/{application}/{token}/messages/{message}", this::delete);
  }

  /** Replaces "is thinking" by the first follow-up, as Discord documents. */
  private RestAnswer followUp(RestRequest request) throws ApiError {
    Interaction interaction = open(request);
    MessageForm.check(request.object(), request.files(), false);
    ObjectNode original = interaction.message(interaction.original);
    if (original != null && isLoading(original)) {
      return RestAnswer.ok(change(interaction, original, request));
    }
    ObjectNode message = InteractionRoutes.answer(
        world, messages, interactions, interaction, request.object(), request.contents());
    return RestAnswer.ok(messages.shown(message));
  }

  private RestAnswer get(RestRequest request) throws ApiError {
    return RestAnswer.ok(messages.shown(message(open(request), request)));
  }

  private RestAnswer edit(RestRequest request) throws ApiError {
    Interaction interaction = open(request);
    MessageForm.check(request.object(), request.files(), true);
    return RestAnswer.ok(change(interaction, message(interaction, request), request));
  }

  private RestAnswer delete(RestRequest request) throws ApiError {
    Interaction interaction = open(request);
    long message = Json.id(message(interaction, request).path("id"));
    if (interaction.holdsPrivately(message)) {
      interaction.forget(message);
    } else {
      messages.delete(interaction.channel, message, true);
    }
    return RestAnswer.noContent();
  }

  private ObjectNode change(Interaction interaction, ObjectNode message, RestRequest request)
      throws ApiError {
    ObjectNode patch = request.object().deepCopy();
    int flags = message.path("flags").asInt() & ~Interaction.FLAG_LOADING;
    patch.put("flags", flags);
    boolean dispatches = interaction.channel.messages.containsKey(Json.id(message.path("id")));
    boolean wasLoading = isLoading(message);
    messages.edit(interaction.channel, message, patch, request.contents(), dispatches);
    if (wasLoading) {
      message.putNull("edited_timestamp");
    }
    return messages.shown(message);
  }

  private Interaction open(RestRequest request) throws ApiError {
    Interaction interaction = interactions.byToken(request.text("token"));
    if (request.id("application") != world.bot.id() || interaction.acknowledgedWith == 0) {
      throw new ApiError(404, 10015, "Unknown Webhook");
    }
    if (interaction.hasExpired()) {
      throw new ApiError(401, 50027, "Invalid Webhook Token");
    }
    return interaction;
  }

  private static ObjectNode message(Interaction interaction, RestRequest request) throws ApiError {
    boolean original = request.text("message").equals("@original");
    ObjectNode found = interaction.message(original ? interaction.original : request.id("message"));
    if (found == null) {
      throw ApiError.unknownMessage();
    }
    return found;
  }

  private static boolean isLoading(ObjectNode message) {
    return (message.path("flags").asInt() & Interaction.FLAG_LOADING) != 0;
  }
}
