package dev.relay.discord.interaction;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.Customer;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.discord.text.CommandTexts;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Submits events of interactions and phrases the reply if an event is not accepted. Thread-safe; does not block. */
public final class IntakeReplies {
  private final ServedRelay relay;
  private final CommandTexts texts;
  private final CommandExecutor executor;
  private final Duration patience;

  /**
   * Creates replies from these texts.
   *
   * @param patience the time after which the caller is notified that the submission takes longer, while it is being retried
   */
  public IntakeReplies(
      ServedRelay relay, CommandTexts texts, CommandExecutor executor, Duration patience) {
    this.relay = relay;
    this.texts = texts;
    this.executor = executor;
    this.patience = patience;
  }

  /** Submits an event; if it is not accepted, the answer shows the reason. */
  public void submit(PrivateAnswer answer, CustomerEvent event, Consumer<Receipt> accepted) {
    submit(answer, event, accepted, (result, words) -> answer.show(words));
  }

  /**
   * Submits an event.
   *
   * @param accepted receives the receipt; for a duplicate, the receipt of the first submission
   * @param failed receives the result and its wording if the event was not accepted or the submission was cancelled
   */
  public void submit(
      PrivateAnswer answer,
      CustomerEvent event,
      Consumer<Receipt> accepted,
      BiConsumer<IntakeResult, String> failed) {
    // The submission is cancelled if the channel stops; the customer's text must not be lost with
    // it.
    CompletableFuture<IntakeResult> submitted = answer
        .caller()
        .customers()
        .submit(event)
        .exceptionally(cancelled ->
            new IntakeResult.Unavailable("cancelled: " + cancelled.getClass().getSimpleName()));
    CompletableFuture<Void> unused = CompletableFuture.runAsync(
        () -> {
          if (!submitted.isDone()) {
            answer.slow();
          }
        },
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    answer.when(submitted, result -> reply(answer, result, accepted, failed));
  }

  private void reply(
      PrivateAnswer answer,
      IntakeResult result,
      Consumer<Receipt> accepted,
      BiConsumer<IntakeResult, String> failed) {
    if (result instanceof IntakeResult.Accepted it) {
      accepted.accept(it.receipt());
    } else if (result instanceof IntakeResult.Duplicate it) {
      accepted.accept(it.receipt());
    } else if (isBlocked(result)) {
      executor.run(
          answer,
          () -> failed.accept(result, blockedUntil(answer.caller())),
          () -> failed.accept(result, texts.get(answer.locale(), "failure.blocked")));
    } else {
      failed.accept(result, words(result, answer.locale()));
    }
  }

  private static boolean isBlocked(IntakeResult result) {
    return result instanceof IntakeResult.Refused refused
        && refused.refusal().code() == Refusal.Code.BLOCKED;
  }

  /** Returns the wording of a block; a failing store must not keep the customer from getting their text back. */
  private String blockedUntil(Caller caller) {
    try {
      return blocked(caller);
    } catch (RuntimeException unknown) {
      return texts.get(caller.locale(), "failure.blocked");
    }
  }

  private String blocked(Caller caller) {
    Optional<Instant> until = relay
        .get()
        .store()
        .read(queries -> queries.customer(
            caller.address().channel(), caller.origin().profile().externalId()))
        .flatMap(Customer::block)
        .flatMap(Customer.Block::until);
    return until
        .map(it ->
            texts.get(caller.locale(), "failure.blocked.until", "until", PlainText.moment(it)))
        .orElseGet(() -> texts.get(caller.locale(), "failure.blocked"));
  }

  private String words(IntakeResult result, Locale locale) {
    if (result instanceof IntakeResult.Overloaded overloaded) {
      long seconds = Math.max(1, overloaded.retryAfter().toSeconds());
      return texts.get(locale, "failure.overloaded", "seconds", Long.toString(seconds));
    }
    if (result instanceof IntakeResult.Refused refused) {
      return switch (refused.refusal().code()) {
        case INVALID ->
          texts.get(locale, "failure.invalid", "reason", refused.refusal().message());
        case NO_CONVERSATION, UNKNOWN_CONVERSATION, CLOSED -> texts.get(locale, "press.over");
        case BLOCKED,
            OUT_OF_REACH,
            TOO_LATE,
            UNKNOWN_MESSAGE,
            ALREADY_TAKEN,
            NOT_LIVE,
            NOT_THE_AUTHOR,
            UNSTAFFED -> texts.get(locale, "failure.refused");
      };
    }
    return texts.get(locale, "failure.unavailable");
  }
}
