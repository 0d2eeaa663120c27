package dev.relay.twilio.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.flexapi.v1.Interaction;
import com.twilio.rest.flexapi.v1.interaction.InteractionChannel;
import com.twilio.rest.flexapi.v1.interaction.interactionchannel.InteractionChannelInvite;
import com.twilio.rest.taskrouter.v1.workspace.Task;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.TaskAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Flex Interactions and the tasks behind them; each method makes one call unless stated otherwise. Thread-safe. */
public final class FlexCalls {
  private static final Pattern QUOTABLE = Pattern.compile("[A-Za-z0-9-]{1,60}");
  private static final Set<InteractionChannel.ChannelStatus> OPEN = Set.of(
      InteractionChannel.ChannelStatus.SETUP,
      InteractionChannel.ChannelStatus.ACTIVE,
      InteractionChannel.ChannelStatus.PAUSE,
      InteractionChannel.ChannelStatus.TRANSFER,
      // Parked by its agent: an invitation wakes it.
      InteractionChannel.ChannelStatus.INACTIVE);

  /** The attribute that Flex itself writes into every task of a conversation. */
  private static final String CONVERSATION_SID = "conversationSid";

  private static final Set<Task.Status> OFFERED =
      Set.of(Task.Status.PENDING, Task.Status.RESERVED, Task.Status.ASSIGNED);
  private static final Set<Task.Status> LIVE =
      Set.of(Task.Status.PENDING, Task.Status.RESERVED, Task.Status.ASSIGNED, Task.Status.WRAPPING);

  private final TwilioRestClient client;
  private final TwilioSettings settings;
  private final AccountIds ids;

  public FlexCalls(TwilioRestClient client, TwilioSettings settings, AccountIds ids) {
    this.client = client;
    this.settings = settings;
    this.ids = ids;
  }

  /**
   * An interaction and, if known, its channel.
   *
   * @param sid {@code KD…}
   * @param channel {@code UO…}
   */
  public record Place(String sid, Optional<String> channel) {}

  /** Offers a conversation to agents. Success does not mean that an agent will accept it. */
  public Place offer(String conversationSid, ObjectNode attributes) {
    ObjectNode channel = Marks.object();
    channel.put("type", "web").put("initiated_by", "customer");
    channel.putObject("properties").put("media_channel_sid", conversationSid);
    Interaction interaction =
        Interaction.creator(channel).setRouting(routing(attributes)).create(client);
    return new Place(TwilioCalls.known(interaction.getSid()), Optional.empty());
  }

  /** Offers a conversation again in the same interaction. An invite has no earlier attributes: they are sent again. */
  public void invite(String interaction, String channel, ObjectNode attributes) {
    var unused = InteractionChannelInvite.creator(interaction, channel, routing(attributes))
        .create(client);
  }

  private ObjectNode routing(ObjectNode attributes) {
    ObjectNode routing = Marks.object();
    routing
        .putObject("properties")
        .put("workspace_sid", ids.workspace())
        .put("workflow_sid", ids.workflow())
        .put("task_channel_unique_name", settings.taskChannel())
        .set("attributes", attributes);
    return routing;
  }

  /**
   * A channel of an interaction.
   *
   * @param sid {@code UO…}
   * @param open whether it can still have agents
   * @param closed whether it was closed; one that has failed is neither open nor closed
   */
  public record Channel(String sid, boolean open, boolean closed) {}

  /** Returns the channel of an interaction; Relay makes each interaction with one. */
  public Optional<Channel> channel(String interaction) {
    List<Channel> channels = new ArrayList<>();
    InteractionChannel.reader(interaction)
        .firstPage(client)
        .getRecords()
        .forEach(it -> channels.add(new Channel(
            TwilioCalls.known(it.getSid()),
            OPEN.contains(it.getStatus()),
            it.getStatus() == InteractionChannel.ChannelStatus.CLOSED)));
    return channels.stream()
        .filter(Channel::open)
        .findFirst()
        .or(() -> channels.stream().findFirst());
  }

  public void closeChannel(String interaction, String channel) {
    ObjectNode routing = Marks.object();
    routing.put("status", "closed");
    try {
      var unused = InteractionChannel.updater(
              interaction, channel, InteractionChannel.UpdateChannelStatus.CLOSED)
          .setRouting(routing)
          .update(client);
    } catch (TwilioException e) {
      // Refused for its own sake: it is already closed or deleted.
      TwilioFailure failure = TwilioFailure.of(e);
      if (failure.isPassing() || failure.concernsAll()) {
        throw e;
      }
    }
  }

  /** Checks whether a conversation has a task that waits for an agent or is with one. */
  public boolean hasLiveTask(ConversationName name) {
    return hasTask(name, LIVE);
  }

  /** Checks whether an agent holds a task of a conversation. */
  public boolean hasAgent(ConversationName name) {
    return hasTask(name, Set.of(Task.Status.ASSIGNED));
  }

  /**
   * Checks whether another task of a Twilio conversation waits for an agent or is with one, also one of an invitation that has dropped
   * Relay's attributes.
   */
  public boolean hasOtherTask(String conversationSid, String task) {
    return listed(CONVERSATION_SID, conversationSid).stream()
        .anyMatch(it -> OFFERED.contains(it.getAssignmentStatus()) && !task.equals(it.getSid()));
  }

  /** Checks whether a task is the only one of a Twilio conversation that an agent holds. */
  public boolean isOnlyAssigned(String conversationSid, String task) {
    return listed(CONVERSATION_SID, conversationSid).stream()
        .filter(it -> it.getAssignmentStatus() == Task.Status.ASSIGNED)
        .map(Task::getSid)
        .toList()
        .equals(List.of(task));
  }

  private boolean hasTask(ConversationName name, Set<Task.Status> statuses) {
    return Task.reader(ids.workspace())
        .setEvaluateTaskAttributes(TaskAttributes.CONVERSATION + " == \"" + name + "\"")
        .setPageSize(20L)
        .firstPage(client)
        .getRecords()
        .stream()
        .anyMatch(it -> statuses.contains(it.getAssignmentStatus()));
  }

  /** Returns the tasks with that attribute, newest first, at most 20. One call, and one more per task. */
  public List<FlexEvent.TaskRef> tasks(String attribute, String value) {
    return listed(attribute, value).stream().map(this::fetched).toList();
  }

  /** Returns the newest task with that attribute. Two calls if there is one, since lists lack attributes. */
  public Optional<FlexEvent.TaskRef> task(String attribute, String value) {
    return listed(attribute, value).stream().findFirst().map(this::fetched);
  }

  private List<Task> listed(String attribute, String value) {
    if (!QUOTABLE.matcher(value).matches()) {
      throw new IllegalArgumentException("not to be put between quotes: " + value);
    }
    return Task.reader(ids.workspace())
        .setEvaluateTaskAttributes(attribute + " == \"" + value + "\"")
        .setOrdering("DateCreated:desc")
        .setPageSize(20L)
        .firstPage(client)
        .getRecords();
  }

  private FlexEvent.TaskRef fetched(Task listed) {
    Task task =
        Task.fetcher(ids.workspace(), TwilioCalls.known(listed.getSid())).fetch(client);
    JsonNode attributes = Marks.json(Objects.requireNonNullElse(task.getAttributes(), "{}"));
    return FlexEvent.TaskRef.of(TwilioCalls.known(task.getSid()), "", attributes);
  }
}
