package dev.relay.discord.commands;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.components.tree.MessageComponentTree;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.InteractionHook;
import net.dv8tion.jda.api.interactions.callbacks.IMessageEditCallback;
import net.dv8tion.jda.api.interactions.callbacks.IReplyCallback;
import net.dv8tion.jda.api.requests.RestAction;
import net.dv8tion.jda.api.utils.FileUpload;
import net.dv8tion.jda.api.utils.messages.MessageCreateBuilder;
import net.dv8tion.jda.api.utils.messages.MessageEditBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one interaction, which only its caller sees. Begun within Discord's three seconds, completed at any time in the
 * fifteen minutes for which Discord takes it; what comes later is dropped. Thread-safe; nothing in it blocks.
 */
final class PrivateAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateAnswer.class);

  private final InteractionHook hook;
  private final Caller caller;
  private final CommandTexts texts;
  /** Whether the interaction's own message is this answer; else it is the message whose button was pressed. */
  private final boolean ownMessage;

  private boolean answered;

  private PrivateAnswer(
      InteractionHook hook, Caller caller, CommandTexts texts, boolean ownMessage) {
    this.hook = hook;
    this.caller = caller;
    this.texts = texts;
    this.ownMessage = ownMessage;
  }

  /** Tells Discord at once that an answer will come. */
  static PrivateAnswer begin(IReplyCallback event, Caller caller, CommandTexts texts) {
    send(caller.interactionId(), event.deferReply(true));
    return new PrivateAnswer(event.getHook(), caller, texts, true);
  }

  /** Tells Discord at once that the press was seen; the message stays as it is until it is told otherwise. */
  static PrivateAnswer onPress(IMessageEditCallback event, Caller caller, CommandTexts texts) {
    send(caller.interactionId(), event.deferEdit());
    return new PrivateAnswer(event.getHook(), caller, texts, false);
  }

  Caller caller() {
    return caller;
  }

  String interactionId() {
    return caller.interactionId();
  }

  Locale locale() {
    return caller.locale();
  }

  /** Says one of the texts. */
  void say(String key, String... arguments) {
    show(texts.get(caller.locale(), key, arguments));
  }

  /** Shows a text. */
  void show(String text) {
    show(text, List.of());
  }

  /** Shows a text with buttons below, at most five. */
  synchronized void show(String text, List<Button> buttons) {
    answered = true;
    String content = PlainText.message(text);
    Collection<ActionRow> rows = buttons.isEmpty() ? List.of() : List.of(ActionRow.of(buttons));
    if (ownMessage) {
      send(
          interactionId(),
          hook.editOriginal(new MessageEditBuilder()
              .setContent(content)
              .setComponents(rows)
              .setAllowedMentions(Set.of())
              .setSuppressEmbeds(true)
              .build()));
    } else {
      send(
          interactionId(),
          hook.sendMessage(new MessageCreateBuilder()
                  .setContent(content)
                  .setComponents(rows)
                  .setAllowedMentions(Set.of())
                  .setSuppressEmbeds(true)
                  .build())
              .setEphemeral(true));
    }
  }

  /** Shows a text, with another one beside it as a file because it may be too long for a message. */
  synchronized void showWithFile(String text, List<Button> buttons, String fileName, String file) {
    answered = true;
    Collection<ActionRow> rows = buttons.isEmpty() ? List.of() : List.of(ActionRow.of(buttons));
    send(
        interactionId(),
        hook.editOriginal(new MessageEditBuilder()
            .setContent(PlainText.message(text))
            .setComponents(rows)
            .setAllowedMentions(Set.of())
            .setAttachments(
                List.of(FileUpload.fromData(file.getBytes(StandardCharsets.UTF_8), fileName)))
            .build()));
  }

  /** Shows the text and buttons in place of the message whose button was pressed. */
  void replace(String text, List<Button> buttons) {
    send(
        interactionId(),
        hook.editOriginal(new MessageEditBuilder()
            .setContent(PlainText.message(text))
            .setComponents(buttons.isEmpty() ? List.of() : List.of(ActionRow.of(buttons)))
            .setAllowedMentions(Set.of())
            .build()));
  }

  /** Changes the buttons of the message whose button was pressed. */
  void changeButtons(MessageComponentTree components) {
    send(interactionId(), hook.editOriginalComponents(components));
  }

  /** Goes on when the work is done; where it or what follows fails, says that it is not available. */
  <T> void when(CompletableFuture<T> work, Consumer<T> next) {
    var unused = work.thenAccept(next).whenComplete((done, broken) -> {
      if (broken != null) {
        // Without the message, which may hold what somebody wrote.
        LOG.warn("Interaction {} could not be served: {}", interactionId(), rootOf(broken));
        unavailable();
      }
    });
  }

  private static String rootOf(Throwable failure) {
    Throwable cause = failure.getCause();
    return (failure instanceof CompletionException && cause != null ? cause : failure)
        .getClass()
        .getName();
  }

  /** Says that it takes longer than usual: only while nothing else was said, and where the final answer will stand in its place. */
  synchronized void slow() {
    if (ownMessage && !answered) {
      say("failure.slow");
    }
  }

  /** Says that too much waits. */
  void overloaded(Duration retryAfter) {
    say("failure.overloaded", "seconds", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  /** Says that it could not be done, perhaps. */
  void unavailable() {
    say("failure.unavailable");
  }

  static void send(String interactionId, RestAction<?> action) {
    action.queue(
        done -> {},
        failure -> LOG.info(
            "The answer to interaction {} was dropped: {}", interactionId, reason(failure)));
  }

  private static String reason(Throwable failure) {
    return failure instanceof ErrorResponseException refused
        ? "Discord answered " + refused.getErrorCode()
        : failure.getClass().getSimpleName();
  }
}
