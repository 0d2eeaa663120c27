package dev.relay.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.core.agent.Answer;
import dev.relay.core.conversation.ConversationId;
import dev.relay.core.message.MessageBody;
import dev.relay.twilio.StudioTurns.Verdict;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Reads what a Studio flow asks, {@code {"action":"answer|person|failed","conversation":"relay-17-1","message":"IM…","widget":"…"}},
 * and answers {@code {"outcome":"answered|missed|chatted|hand_over|none|later","replies":["…"]}}. What the customer gets comes from
 * Relay in any case: the flow's copy is for operators' own flows. Thread-safe.
 */
final class StudioRequests {
  /** Studio waits ten seconds. */
  private static final long PATIENCE_SECONDS = 8;

  private static final int MAX_BODY = 8 * 1024;
  private static final Set<String> FIELDS = Set.of("action", "conversation", "message", "widget");

  private final StudioTurns turns;
  private final Consumer<ConversationId> flowFailed;

  /** With who hears that the flow of a handoff broke. */
  StudioRequests(StudioTurns turns, Consumer<ConversationId> flowFailed) {
    this.turns = turns;
    this.flowFailed = flowFailed;
  }

  /** The answer to a signed request; empty where it makes no sense. */
  Optional<CompletableFuture<String>> ask(String body) {
    JsonNode json = body.length() > MAX_BODY ? Marks.json("") : Marks.json(body);
    Optional<ConversationName> name =
        ConversationName.parse(json.path("conversation").asText(""));
    if (!isKnown(json) || name.isEmpty()) {
      return Optional.empty();
    }
    ConversationId conversation = name.get().conversation();
    Optional<Verdict> verdict = switch (json.path("action").asText("")) {
      case "answer" -> Optional.of(Verdict.ANSWER);
      case "person" -> Optional.of(Verdict.PERSON);
      case "failed" -> Optional.of(Verdict.FAILED);
      default -> Optional.empty();
    };
    if (verdict.isPresent() && verdict.get() == Verdict.FAILED) {
      flowFailed.accept(conversation);
    }
    return verdict.map(it -> turns
        .asked(conversation, it)
        .map(answer -> answer
            .thenApply(StudioRequests::told)
            .exceptionally(failure -> outcome("later"))
            .completeOnTimeout(outcome("later"), PATIENCE_SECONDS, TimeUnit.SECONDS))
        .orElseGet(() -> CompletableFuture.completedFuture(outcome("none"))));
  }

  private static boolean isKnown(JsonNode json) {
    if (!json.isObject()) {
      return false;
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name) || !json.path(name).isTextual()) {
        return false;
      }
    }
    return true;
  }

  private static String outcome(String outcome) {
    return Marks.object().put("outcome", outcome).toString();
  }

  private static String told(Answer answer) {
    ObjectNode json = Marks.object();
    if (answer instanceof Answer.Replied replied) {
      json.put("outcome", replied.outcome().name().toLowerCase(Locale.ROOT));
    } else {
      json.put("outcome", answer instanceof Answer.HandOver ? "hand_over" : "later");
    }
    ArrayNode replies = json.putArray("replies");
    StudioAgent.replies(answer).stream().map(MessageBody::text).forEach(replies::add);
    return json.toString();
  }
}
