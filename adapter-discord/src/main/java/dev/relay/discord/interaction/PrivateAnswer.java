package dev.relay.discord.interaction;

import dev.relay.discord.text.CommandTexts;
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
 * The answer to one interaction, visible to its caller alone. It is acknowledged within Discord's three seconds and can be completed
 * for fifteen minutes; anything later is dropped. Thread-safe; no method blocks.
 */
public final class PrivateAnswer {
  private static final Logger LOG = LoggerFactory.getLogger(PrivateAnswer.class);

  private final InteractionHook hook;
  private final Caller caller;
  private final CommandTexts texts;
  /** True if the interaction has a message of its own; false if it edits the message whose button was pressed. */
  private final boolean ownMessage;

  private boolean answered;

  private PrivateAnswer(
      InteractionHook hook, Caller caller, CommandTexts texts, boolean ownMessage) {
    this.hook = hook;
    this.caller = caller;
    this.texts = texts;
    this.ownMessage = ownMessage;
  }

  /** Acknowledges an interaction that will get a message of its own. */
  public static PrivateAnswer begin(IReplyCallback event, Caller caller, CommandTexts texts) {
    send(caller.interactionId(), event.deferReply(true));
    return new PrivateAnswer(event.getHook(), caller, texts, true);
  }

  /** Acknowledges the press of a button; the message of the button stays unchanged for now. */
  public static PrivateAnswer onPress(
      IMessageEditCallback event, Caller caller, CommandTexts texts) {
    send(caller.interactionId(), event.deferEdit());
    return new PrivateAnswer(event.getHook(), caller, texts, false);
  }

  /** Returns the caller. */
  public Caller caller() {
    return caller;
  }

  /** Returns Discord's id of the interaction. */
  public String interactionId() {
    return caller.interactionId();
  }

  /** Returns the language of the answer. */
  public Locale locale() {
    return caller.locale();
  }

  /** Shows one of the texts. */
  public void say(String key, String... arguments) {
    show(texts.get(caller.locale(), key, arguments));
  }

  /** Shows a text. */
  public void show(String text) {
    show(text, List.of());
  }

  /** Shows a text with at most five buttons below it. */
  public synchronized void show(String text, List<Button> buttons) {
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

  /** Removes the answer, because the chat in which the caller is says everything. */
  public synchronized void discard() {
    answered = true;
    if (ownMessage) {
      send(interactionId(), hook.deleteOriginal());
    }
  }

  /** Shows a text with an attached file, for content that may be too long for a message. */
  public synchronized void showWithFile(
      String text, List<Button> buttons, String fileName, String file) {
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

  /** Replaces the message whose button was pressed. */
  public void replace(String text, List<Button> buttons) {
    send(
        interactionId(),
        hook.editOriginal(new MessageEditBuilder()
            .setContent(PlainText.message(text))
            .setComponents(buttons.isEmpty() ? List.of() : List.of(ActionRow.of(buttons)))
            .setAllowedMentions(Set.of())
            .build()));
  }

  /** Changes the buttons of the message whose button was pressed. */
  public void changeButtons(MessageComponentTree components) {
    send(interactionId(), hook.editOriginalComponents(components));
  }

  /** Continues when the work is done; if the work or the next step fails, the answer shows that Relay is unavailable. */
  public <T> void when(CompletableFuture<T> work, Consumer<T> next) {
    var unused = work.thenAccept(next).whenComplete((done, broken) -> {
      if (broken != null) {
        // Without the exception's message, which may contain customers' text.
        LOG.warn("Interaction {} failed: {}", interactionId(), rootOf(broken));
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

  /** Tells the caller that the answer takes longer than usual, if nothing else was shown yet and the final answer can replace it. */
  synchronized void slow() {
    if (ownMessage && !answered) {
      say("failure.slow");
    }
  }

  /** Tells the caller that the backlog is full. */
  void overloaded(Duration retryAfter) {
    say("failure.overloaded", "seconds", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  /** Tells the caller that Relay is unavailable. */
  void unavailable() {
    say("failure.unavailable");
  }

  /** Sends a request without waiting; a failure is logged. */
  public static void send(String interactionId, RestAction<?> action) {
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
