package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.engine.Engine;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Participant;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.team.Team;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Colleagues of whoever has a conversation: they join and step out, mention each other in internal messages and notes, pass on what others
 * have, assign cases, and set up queues anew. Has a chance of its own. Used by one thread.
 */
final class ColleagueActor {
  private static final String NAME = "colleague";

  private final World world;
  private final Ledger ledger;
  private final Chance chance;
  private int count;

  ColleagueActor(World world, Ledger ledger, long seed) {
    this.world = world;
    this.ledger = ledger;
    this.chance = new Chance(~seed * 31);
  }

  void begin() {
    world.agenda().after(chance.millisBetween(1_000, 9_000), this::look);
  }

  private void look() {
    if (!world.isTroubled()) {
      return;
    }
    begin();
    String agent = AgentActor.name(chance.between(1, world.scenario().agents()));
    if (!world.mayLogIn(agent)) {
      return;
    }
    Participant self = Participant.agent(agent, agent.replace("agent-", "Agent "));
    world
        .cluster()
        .servant(NAME)
        .map(Cluster.Instance::engine)
        .ifPresent(engine -> act(self, engine));
  }

  private void act(Participant self, Engine engine) {
    int what = chance.between(1, 100);
    if (what <= 10) {
      note(self, engine);
    } else if (what <= 17) {
      assign(self, engine);
    } else if (what <= 23) {
      setUpQueue(engine);
    } else if (what <= 30) {
      readMentions(self, engine);
    } else {
      conversation(what <= 40 ? ConversationState.WAITING : ConversationState.LIVE)
          .ifPresent(id -> send(eventIn(id, what, self)));
    }
  }

  private DeskEvent eventIn(ConversationId id, int what, Participant self) {
    if (what <= 47) {
      return new DeskEvent.AgentTransferred(
          id, key(), self, true, target(), AgentActor.INTERNAL + "passed on by a supervisor");
    }
    if (what <= 68) {
      return new DeskEvent.ColleagueJoined(id, key(), self);
    }
    return what <= 75
        ? new DeskEvent.ColleagueLeft(id, key(), self)
        : new DeskEvent.AgentWhispered(id, key(), self, mention(self));
  }

  private DeskEvent.AgentTransferred.Target target() {
    return chance.percent(50)
        ? new DeskEvent.AgentTransferred.ToQueue(queue())
        : new DeskEvent.AgentTransferred.ToAgent(anyAgent());
  }

  /** Returns an internal text that names an agent, who may be its author or no longer there. */
  private String mention(Participant author) {
    String named = anyAgent();
    String text = AgentActor.INTERNAL + author.id() + " asks @" + named + ", no. " + ++count;
    if (!named.equals(author.id())) {
      ledger.mentioned(text, named);
    }
    return text;
  }

  private void note(Participant self, Engine engine) {
    anyCase().ifPresent(it -> {
      String text = mention(self);
      world.history().add(NAME, "notes in case " + it.number() + ": " + text);
      var unused = engine.services().cases().addNote(it.number(), self, text);
    });
  }

  private void assign(Participant self, Engine engine) {
    anyCase().ifPresent(it -> {
      String to = anyAgent();
      world.history().add(NAME, "assigns case " + it.number() + " to " + to);
      var unused = engine
          .services()
          .cases()
          .change(
              it.number(),
              CaseChange.none().withAssignee(Optional.of(Participant.agent(to, to))),
              self,
              OptionalLong.empty());
    });
  }

  /** Chooses how conversations find their agents, and who works in the queue. */
  private void setUpQueue(Engine engine) {
    if (!world.scenario().assigns()) {
      return;
    }
    QueueName queue = queue();
    Team.Assignment assignment = chance.percent(20)
        ? Team.Assignment.PULL
        : chance.of(List.of(Team.Assignment.ROUND_ROBIN, Team.Assignment.LEAST_BUSY));
    Duration accept = Duration.ofSeconds(chance.between(5, 20));
    boolean isForAll = chance.percent(50);
    Set<String> members = IntStream.rangeClosed(1, world.scenario().agents())
        .filter(number -> !isForAll && chance.percent(50))
        .mapToObj(AgentActor::name)
        .collect(Collectors.toSet());
    world.history().add(NAME, "sets up queue " + queue + ": " + assignment + " " + members);
    var unused = engine
        .services()
        .teams()
        .setUp(queue, before -> new Team.Queue(queue, assignment, accept, members));
  }

  private void readMentions(Participant self, Engine engine) {
    Set<Long> some = world.store().read(queries -> queries.mentions(self.id(), 0, 5)).stream()
        .map(Team.Mention::id)
        .collect(Collectors.toSet());
    var unused = engine.services().teams().seen(self.id(), some);
  }

  private void send(DeskEvent event) {
    world.post().send(NAME, event, (IntakeResult result, int times) -> {});
  }

  private Optional<ConversationId> conversation(ConversationState state) {
    List<Conversation> found = world
        .store()
        .read(queries -> queries.conversations(ConversationFilter.in(state), Optional.empty(), 5));
    return found.isEmpty() ? Optional.empty() : Optional.of(chance.of(found).id());
  }

  private Optional<SupportCase> anyCase() {
    List<SupportCase> cases =
        world.store().read(queries -> queries.cases(CaseFilter.any(), Optional.empty(), 5));
    return cases.isEmpty() ? Optional.empty() : Optional.of(chance.of(cases));
  }

  private String anyAgent() {
    return AgentActor.name(chance.between(1, world.scenario().agents()));
  }

  private QueueName queue() {
    return chance.of(List.of(Scenario.PEOPLE, QueueName.DEFAULT));
  }

  private Optional<EventKey> key() {
    return Optional.of(new EventKey("desk", NAME + "/" + ++count));
  }
}
