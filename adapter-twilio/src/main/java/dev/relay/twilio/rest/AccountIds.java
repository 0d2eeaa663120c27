package dev.relay.twilio.rest;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.flexapi.v1.Configuration;
import com.twilio.rest.taskrouter.v1.workspace.Workflow;
import dev.relay.twilio.account.TwilioSettings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The ids of the account's resources: those of the settings, and the others as Flex's own configuration names them. They are read once,
 * when the first is needed; callers at the same time wait for one call. Thread-safe; blocks. Failures are {@link
 * com.twilio.exception.TwilioException}s, and the next call tries again.
 */
public final class AccountIds {
  private final TwilioRestClient client;
  private final TwilioSettings.Ids given;
  private volatile Optional<Found> found = Optional.empty();
  private Optional<CompletableFuture<Found>> reading = Optional.empty();

  AccountIds(TwilioRestClient client, TwilioSettings.Ids given) {
    this.client = client;
    this.given = given;
  }

  /**
   * What Flex's configuration names; empty if it names none.
   *
   * @param service the Conversations service
   * @param workspace the TaskRouter workspace
   * @param workflow the workflow of Flex's tasks
   */
  private record Found(
      Optional<String> service, Optional<String> workspace, Optional<String> workflow) {}

  /** Returns the Conversations service. */
  public String chatService() {
    return given
        .chatService()
        .orElseGet(() -> needed(find().service(), "service", "RELAY_TWILIO_CHAT_SERVICE_SID"));
  }

  /** Returns the TaskRouter workspace. */
  public String workspace() {
    return given
        .workspace()
        .orElseGet(() -> needed(find().workspace(), "workspace", "RELAY_TWILIO_WORKSPACE_SID"));
  }

  /** Returns the workflow that tasks enter. */
  public String workflow() {
    return given
        .workflow()
        .orElseGet(() -> needed(find().workflow(), "workflow", "RELAY_TWILIO_WORKFLOW_SID"));
  }

  /** Checks whether an id is that of the Conversations service. No call: while the service is not known yet, each one may be. */
  public boolean mayBeChatService(String sid) {
    return given
        .chatService()
        .or(() -> found.flatMap(Found::service))
        .map(sid::equals)
        .orElse(true);
  }

  /** Checks whether an id is that of the workspace. No call: while the workspace is not known yet, each one may be. */
  public boolean mayBeWorkspace(String sid) {
    return given
        .workspace()
        .or(() -> found.flatMap(Found::workspace))
        .map(sid::equals)
        .orElse(true);
  }

  private static String needed(Optional<String> sid, String what, String variable) {
    return sid.orElseThrow(() -> new TwilioNotReachedException(
        "Flex's configuration names no " + what + ": set " + variable,
        new IllegalStateException("no " + what)));
  }

  private Found find() {
    return found.orElseGet(this::read);
  }

  private Found read() {
    CompletableFuture<Found> mine = new CompletableFuture<>();
    Optional<CompletableFuture<Found>> others = begin(mine);
    if (others.isPresent()) {
      return joined(others.get());
    }
    try {
      Found read = fetched();
      found = Optional.of(read);
      mine.complete(read);
      return read;
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      end();
    }
  }

  private synchronized Optional<CompletableFuture<Found>> begin(CompletableFuture<Found> mine) {
    Optional<CompletableFuture<Found>> before = reading;
    if (before.isEmpty()) {
      reading = Optional.of(mine);
    }
    return before;
  }

  private synchronized void end() {
    reading = Optional.empty();
  }

  private static Found joined(CompletableFuture<Found> reading) {
    try {
      return reading.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Found fetched() {
    Configuration flex = Configuration.fetcher().fetch(client);
    Optional<String> workspace =
        given.workspace().or(() -> present(flex.getTaskrouterWorkspaceSid()));
    return new Found(
        present(flex.getChatServiceInstanceSid())
            .or(() -> present(flex.getFlexServiceInstanceSid())),
        workspace,
        present(flex.getTaskrouterTargetWorkflowSid())
            .or(() -> workspace.flatMap(this::onlyWorkflow)));
  }

  /** Returns the workflow of a workspace that has one. One call; none if the settings name the workflow. */
  private Optional<String> onlyWorkflow(String workspace) {
    if (given.workflow().isPresent()) {
      return Optional.empty();
    }
    List<Workflow> all = Workflow.reader(workspace).firstPage(client).getRecords();
    return all.size() == 1 ? Optional.of(TwilioCalls.known(all.get(0).getSid())) : Optional.empty();
  }

  private static Optional<String> present(@Nullable String sid) {
    return Optional.of(Objects.requireNonNullElse(sid, "")).filter(it -> !it.isBlank());
  }
}
