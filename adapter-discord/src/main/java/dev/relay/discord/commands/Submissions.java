package dev.relay.discord.commands;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Refusal;
import dev.relay.core.customer.Customer;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.Receipt;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Hands events to the intake and puts into words what was not accepted. Thread-safe; does not block. */
final class Submissions {
  private final Supplier<RelayServices> relay;
  private final CommandTexts texts;
  private final BackgroundWork background;
  private final Duration patience;

  /**
   * Hands in for those texts.
   *
   * @param patience after how long people are told that it takes longer: what the intake cannot take at once is tried again
   */
  Submissions(
      Supplier<RelayServices> relay,
      CommandTexts texts,
      BackgroundWork background,
      Duration patience) {
    this.relay = relay;
    this.texts = texts;
    this.background = background;
    this.patience = patience;
  }

  /** Hands in an event; what was not accepted is told in the answer. */
  void submit(PrivateAnswer answer, CustomerEvent event, Consumer<Receipt> accepted) {
    submit(answer, event, accepted, (result, words) -> answer.show(words));
  }

  /**
   * Hands in an event.
   *
   * @param accepted is given the receipt, the first one's where it was handed in before
   * @param failed is given the result and its words where it was not accepted, also where handing in was broken off
   */
  void submit(
      PrivateAnswer answer,
      CustomerEvent event,
      Consumer<Receipt> accepted,
      BiConsumer<IntakeResult, String> failed) {
    // Cancelled where the channel is stopped, and what was written must not be lost with it.
    CompletableFuture<IntakeResult> handedIn = answer
        .caller()
        .handIn(event)
        .exceptionally(broken ->
            new IntakeResult.Unavailable("broken off: " + broken.getClass().getSimpleName()));
    CompletableFuture<Void> unused = CompletableFuture.runAsync(
        () -> {
          if (!handedIn.isDone()) {
            answer.slow();
          }
        },
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
    answer.when(handedIn, result -> tell(answer, result, accepted, failed));
  }

  private void tell(
      PrivateAnswer answer,
      IntakeResult result,
      Consumer<Receipt> accepted,
      BiConsumer<IntakeResult, String> failed) {
    if (result instanceof IntakeResult.Accepted it) {
      accepted.accept(it.receipt());
    } else if (result instanceof IntakeResult.Duplicate it) {
      accepted.accept(it.receipt());
    } else if (isBlocked(result)) {
      background.run(
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

  /** Until when, as far as that can be found out: that must not stand between the writer and what they wrote. */
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
        case BLOCKED, UNKNOWN_MESSAGE, ALREADY_TAKEN, NOT_LIVE, NOT_THE_AUTHOR ->
          texts.get(locale, "failure.refused");
      };
    }
    return texts.get(locale, "failure.unavailable");
  }
}
