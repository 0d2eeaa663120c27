package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.twilio.fake.FakeConversation.FakeMessage;
import dev.relay.twilio.fake.FakeInteraction.FakeTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agents in Flex, and TaskRouter's handling of their tasks. Thread-safe. */
public final class AgentFloor {
  private final World world;
  private final FlexApi flex;
  private final Map<String, FakeMessage> written = new HashMap<>();

  AgentFloor(World world, FlexApi flex) {
    this.world = world;
    this.flex = flex;
  }

  /** Returns the newest Twilio conversation of one of Relay's. */
  FakeConversation current(long relayConversation) {
    List<FakeConversation> all = world.conversationsOf(relayConversation);
    if (all.isEmpty()) {
      throw new IllegalStateException("conversation " + relayConversation + " is not at Twilio");
    }
    return all.get(all.size() - 1);
  }

  private FakeInteraction interaction(long relayConversation) {
    return world
        .openInteraction(current(relayConversation))
        .orElseThrow(() -> new IllegalStateException("no open interaction"));
  }

  private static FakeTask task(FakeInteraction interaction, String status) {
    FakeTask found = null;
    for (FakeTask task : interaction.tasks) {
      if (task.status.equals(status)) {
        found = task;
      }
    }
    if (found == null) {
      throw new IllegalStateException("no task is " + status);
    }
    return found;
  }

  /** Returns the interaction in which that agent has a task, else the newest. */
  private FakeInteraction interactionOf(long relayConversation, String agent) {
    String conversation = current(relayConversation).sid;
    return world.interactions.values().stream()
        .filter(it -> it.conversation.equals(conversation) && taskOf(it, agent).isPresent())
        .findFirst()
        .orElseGet(() -> interaction(relayConversation));
  }

  private static Optional<FakeTask> taskOf(FakeInteraction interaction, String agent) {
    return interaction.tasks.stream()
        .filter(it -> it.status.equals("assigned") && it.worker.equals(agent))
        .findFirst();
  }

  /** Checks whether a conversation waits for an agent or is with one. */
  public boolean isOffered(long relayConversation) {
    synchronized (world) {
      return world.conversationsOf(relayConversation).stream()
          .flatMap(it -> world.openInteraction(it).stream())
          .flatMap(it -> it.tasks.stream())
          .anyMatch(FakeTask::isOffered);
    }
  }

  /** Returns how many tasks wait for an agent. */
  public long waitingTasks(long relayConversation) {
    synchronized (world) {
      return world.conversationsOf(relayConversation).stream()
          .flatMap(it -> world.interactions.values().stream()
              .filter(interaction -> interaction.conversation.equals(it.sid)))
          .flatMap(it -> it.tasks.stream())
          .filter(it -> it.status.equals("pending"))
          .count();
    }
  }

  /** Returns the id of the newest task. */
  public String task(long relayConversation) {
    synchronized (world) {
      List<FakeTask> tasks = interaction(relayConversation).tasks;
      return tasks.get(tasks.size() - 1).sid;
    }
  }

  /** Returns the attributes of the newest task, as JSON. */
  public String taskAttributes(long relayConversation) {
    synchronized (world) {
      List<FakeTask> tasks = interaction(relayConversation).tasks;
      return tasks.get(tasks.size() - 1).attributes.toString();
    }
  }

  /** Returns Relay's conversation of the newest task of a customer of that name; empty if there is none yet. */
  public Optional<Long> conversationOf(String customerName) {
    synchronized (world) {
      return world.interactions.values().stream()
          .flatMap(it -> it.tasks.stream())
          .filter(it -> it.attributes.path("customerName").asText().equals(customerName))
          .map(it -> it.attributes.path("relay_conversation").asText())
          .reduce((first, second) -> second)
          .map(name -> Long.parseLong(name.split("-", -1)[1]));
    }
  }

  /** Lets an agent accept the waiting task. */
  public void accept(long relayConversation, String agent) {
    synchronized (world) {
      FakeConversation conversation = current(relayConversation);
      accept(conversation, task(interaction(relayConversation), "pending"), agent);
    }
  }

  private void accept(FakeConversation conversation, FakeTask task, String agent) {
    task.status = "assigned";
    task.worker = agent;
    task.reservation = world.sids.next("WR");
    conversation.participants.putIfAbsent(agent, world.sids.next("MB"));
    world.userNames.put(agent, FakeTwilio.fullName(agent));
    world.taskEvent("reservation.created", task, agent, "");
    world.taskEvent("reservation.accepted", task, agent, "");
  }

  /** Makes Twilio report once more, or late, that an agent accepted their newest task, which may have ended since. */
  public void repeatsAcceptance(long relayConversation, String agent) {
    synchronized (world) {
      String conversation = current(relayConversation).sid;
      FakeTask task = world.interactions.values().stream()
          .filter(it -> it.conversation.equals(conversation))
          .flatMap(it -> it.tasks.stream())
          .filter(it -> it.worker.equals(agent))
          .reduce((older, newer) -> newer)
          .orElseThrow();
      world.taskEvent("reservation.accepted", task, agent, "");
    }
  }

  /** Lets an agent write and returns the message's id. If called again with the same key, the same message is reported once more. */
  public String write(long relayConversation, String agent, String key, String text) {
    return write(relayConversation, agent, key, text, Optional.empty());
  }

  /** Lets an agent send a file. */
  public String write(
      long relayConversation, String agent, String key, String text, Optional<byte[]> file) {
    synchronized (world) {
      FakeConversation conversation = current(relayConversation);
      String name = conversation.sid + "/" + key;
      FakeMessage before = written.get(name);
      if (before != null) {
        world.notifyOf(conversation, "onMessageAdded", before, "SDK");
        return before.sid;
      }
      List<FakeConversation.Media> files = file.map(content -> {
            FakeConversation.Media one =
                new FakeConversation.Media(world.sids.next("ME"), "map.png", "image/png", content);
            world.media.put(one.sid(), one);
            return List.of(one);
          })
          .orElse(List.of());
      FakeMessage message = world.post(conversation, agent, text, "{}", files, "SDK", true);
      written.put(name, message);
      return message.sid;
    }
  }

  /** Lets an agent change a message. */
  public void edit(long relayConversation, String message, String text) {
    synchronized (world) {
      FakeConversation conversation = current(relayConversation);
      FakeMessage one = conversation.message(message).orElseThrow();
      one.body = text;
      world.notifyOf(conversation, "onMessageUpdated", one, "SDK");
    }
  }

  /** Lets an agent delete a message. */
  public void delete(long relayConversation, String message) {
    synchronized (world) {
      FakeConversation conversation = current(relayConversation);
      FakeMessage one = conversation.message(message).orElseThrow();
      conversation.messages.remove(one);
      world.notifyOf(conversation, "onMessageRemoved", one, "SDK");
    }
  }

  /** Makes Twilio report a change of a message that does not affect its text, such as a receipt. */
  public void touch(long relayConversation, String message) {
    synchronized (world) {
      FakeConversation conversation = current(relayConversation);
      world.notifyOf(
          conversation, "onMessageUpdated", conversation.message(message).orElseThrow(), "SDK");
    }
  }

  /** Makes Twilio report every message of the conversation, Relay's own too, as if another program enabled webhooks. */
  public void echoAll(long relayConversation) {
    synchronized (world) {
      FakeConversation conversation = current(relayConversation);
      List.copyOf(conversation.messages)
          .forEach(it -> world.notifyOf(conversation, "onMessageAdded", it, "API"));
    }
  }

  /** Lets the agent leave without ending the conversation. */
  public void leave(long relayConversation, String agent) {
    synchronized (world) {
      FakeConversation conversation = current(relayConversation);
      taskOf(interactionOf(relayConversation, agent), agent).ifPresent(task -> {
        conversation.participants.remove(agent);
        task.status = "completed";
        world.taskEvent("reservation.wrapup", task, agent, "");
        world.taskEvent("reservation.completed", task, agent, "");
      });
    }
  }

  /** Lets one agent invite another, who accepts, and then leave. Flex's invites do not carry attributes over. */
  public void transfer(long relayConversation, String from, String to) {
    synchronized (world) {
      callIn(relayConversation, to);
      leave(relayConversation, from);
    }
  }

  /**
   * Lets one agent invite another and leave at once, as the usual cold transfer does: the invitation waits.
   *
   * @param attributes the attributes of the invitation, JSON; empty if the plug-in copies those of the agent's task
   * @param leavesFirst whether Twilio reports the leaving before the new task
   */
  public void transferCold(
      long relayConversation, String from, Optional<String> attributes, boolean leavesFirst) {
    synchronized (world) {
      FakeInteraction interaction = interactionOf(relayConversation, from);
      ObjectNode copied = taskOf(interaction, from).orElseThrow().attributes.deepCopy();
      if (leavesFirst) {
        world.webhooks.hold(1);
      }
      FakeTask unused = flex.add(
          interaction, attributes.map(it -> (ObjectNode) Json.parse(it)).orElse(copied));
      leave(relayConversation, from);
    }
  }

  /** Lets the agent's participant go into wrap-up, as techmatters does: the channel and the conversation stay open for a while. */
  public void wrapUp(long relayConversation, String agent) {
    synchronized (world) {
      FakeTask task = taskOf(interactionOf(relayConversation, agent), agent).orElseThrow();
      world.taskEvent("reservation.wrapup", task, agent, "");
      world.taskEvent("task.wrapup", task, agent, "");
    }
  }

  /** Ends a wrap-up: the channel and the conversation are closed, then the reservation is completed. */
  public void finishWrapUp(long relayConversation, String agent) {
    synchronized (world) {
      FakeInteraction interaction = interactionOf(relayConversation, agent);
      FakeTask task = taskOf(interaction, agent).orElseThrow();
      interaction.status = "closed";
      world.stateChanged(current(relayConversation), "closed", "SDK");
      task.status = "completed";
      world.taskEvent("reservation.completed", task, agent, "");
      world.taskEvent("task.completed", task, agent, "");
    }
  }

  /** Sets the status of the interaction's channel: setup, active, inactive, pause, transfer, failed, closed. */
  public void channelBecomes(long relayConversation, String status) {
    synchronized (world) {
      interaction(relayConversation).status = status;
    }
  }

  /** Lets a program post in the conversation by a call: a function, Studio, or a plug-in. */
  public void programPosts(
      long relayConversation, String author, String text, String attributes, boolean notify) {
    synchronized (world) {
      FakeMessage unused = world.post(
          current(relayConversation), author, text, attributes, List.of(), "API", notify);
    }
  }

  /** Lets an agent invite another, who accepts. */
  public void callIn(long relayConversation, String to) {
    synchronized (world) {
      FakeTask task = flex.add(interaction(relayConversation), Json.object());
      accept(current(relayConversation), task, to);
    }
  }

  /** Lets an agent invite another; no agent accepts. */
  public void callInVain(long relayConversation) {
    synchronized (world) {
      FakeTask task = flex.add(interaction(relayConversation), Json.object());
      end(task, "task.canceled", "Task TTL Exceeded");
    }
  }

  /** Lets the agent end the conversation: Flex closes it, and the task goes through wrap-up to its end. */
  public void end(long relayConversation, String agent) {
    synchronized (world) {
      FakeConversation conversation = current(relayConversation);
      FakeInteraction interaction = interactionOf(relayConversation, agent);
      FakeTask task = taskOf(interaction, agent).orElseThrow();
      interaction.status = "closed";
      world.stateChanged(conversation, "closed", "SDK");
      task.status = "wrapping";
      world.taskEvent("reservation.wrapup", task, agent, "");
      world.taskEvent("task.wrapup", task, agent, "");
      task.status = "completed";
      world.taskEvent("reservation.completed", task, agent, "");
      world.taskEvent("task.completed", task, agent, "");
    }
  }

  /** Ends the task because no agent accepted it in time. */
  public void timeOut(long relayConversation) {
    synchronized (world) {
      FakeTask task = task(interaction(relayConversation), "pending");
      world.taskEvent("workflow.timeout", task, "", "");
      end(task, "task.canceled", "Workflow timed out");
    }
  }

  /** Cancels the task. */
  public void cancel(long relayConversation) {
    synchronized (world) {
      FakeInteraction interaction = interaction(relayConversation);
      List<FakeTask> open =
          interaction.tasks.stream().filter(FakeTask::isOffered).toList();
      end(open.get(open.size() - 1), "task.canceled", "by a supervisor");
    }
  }

  /** Deletes the task. */
  public void delete(long relayConversation) {
    synchronized (world) {
      end(task(interaction(relayConversation), "pending"), "task.deleted", "");
    }
  }

  private void end(FakeTask task, String event, String reason) {
    task.status = "canceled";
    world.taskEvent(event, task, "", reason);
  }
}
