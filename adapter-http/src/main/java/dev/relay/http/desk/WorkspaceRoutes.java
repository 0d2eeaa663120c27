package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.message.MessageBody;
import dev.relay.core.workspace.Workspace;
import dev.relay.core.workspace.Workspace.Draft;
import dev.relay.core.workspace.Workspace.ReadMarks;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The routes for an agent's own drafts and settings. Thread-safe. */
public final class WorkspaceRoutes {
  private static final String ME = "/api/v1/agents/me";
  private static final int MAX_ARTICLES = 5;
  private static final int MAX_ID = 100;
  private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,60}");
  /** The setting whether customers see that the agent is typing. */
  static final String SHOWS_TYPING = "showsTyping";
  /** The settings that the desk's page knows, with their values by default. */
  private static final Map<String, Boolean> SETTINGS = new TreeMap<>(Map.of(
      "sound",
      true,
      "desktopNotifications",
      false,
      "badge",
      true,
      "undo",
      false,
      SHOWS_TYPING,
      true));

  private final Workspace workspace;
  private final Web web;
  private final InstantSource clock;

  public WorkspaceRoutes(Workspace workspace, Web web, InstantSource clock) {
    this.workspace = workspace;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    for (String kind : List.of("conversation", "case")) {
      addDrafts(
          routes,
          "/drafts/" + kind + "s/{id}",
          ctx -> kind + ":" + web.requests().pathId(ctx, "id", kind));
    }
    addDrafts(routes, "/drafts/forms/{name}", WorkspaceRoutes::form);
    routes.agent(Role.VIEWER, HandlerType.GET, ME + "/settings", this::readSettings);
    routes.agent(Role.VIEWER, HandlerType.PUT, ME + "/settings", this::saveSettings);
  }

  /** Finds what a draft is about. */
  @FunctionalInterface
  private interface Subject {
    String of(Context ctx);
  }

  private void addDrafts(RouteTable routes, String path, Subject subject) {
    routes.agent(
        Role.AGENT,
        HandlerType.GET,
        ME + path,
        (ctx, agent) -> readDraft(ctx, agent, subject.of(ctx)));
    routes.agent(
        Role.AGENT,
        HandlerType.PUT,
        ME + path,
        (ctx, agent) -> saveDraft(ctx, agent, subject.of(ctx)));
  }

  private static String form(Context ctx) {
    String name = ctx.pathParam("name");
    if (!FORM.matcher(name).matches()) {
      throw Problem.notFound("a form is named by 1 to 60 characters of a-z 0-9 -");
    }
    return "form:" + name;
  }

  record DraftView(String text, String note, List<String> articles, String at) {}

  private void readDraft(Context ctx, AgentIdentity agent, String subject) {
    Draft draft = workspace
        .drafts()
        .find(agent.username(), subject)
        .orElseGet(() -> new Draft(agent.username(), "", "", "", List.of(), Instant.EPOCH));
    web.answers()
        .json(
            ctx,
            200,
            new DraftView(
                draft.text(), draft.note(), draft.articles(), draft.at().toString()));
  }

  /** Stores a draft; one with nothing in it is removed. */
  private void saveDraft(Context ctx, AgentIdentity agent, String subject) throws IOException {
    JsonFields body = web.requests().textFields(ctx, "text", "note", "articles");
    Draft draft = new Draft(
        agent.username(),
        subject,
        body.optionalText("text", 0, MessageBody.MAX_TEXT).orElse(""),
        body.optionalText("note", 0, MessageBody.MAX_TEXT).orElse(""),
        body.texts("articles", MAX_ARTICLES, MAX_ID),
        clock.instant());
    if (draft.isEmpty()) {
      workspace.drafts().remove(draft.agent(), draft.subject());
    } else {
      workspace.drafts().save(draft);
    }
    web.answers().nothing(ctx);
  }

  /** Returns whether an agent's setting is on. */
  static boolean isOn(ReadMarks settings, AgentIdentity agent, String name) {
    return Boolean.parseBoolean(
        settings.settings(agent.username()).getOrDefault(name, String.valueOf(SETTINGS.get(name))));
  }

  private void readSettings(Context ctx, AgentIdentity agent) {
    Map<String, String> stored = workspace.readMarks().settings(agent.username());
    Map<String, Boolean> settings = new TreeMap<>(SETTINGS);
    settings.replaceAll(
        (name, standard) -> Boolean.valueOf(stored.getOrDefault(name, standard.toString())));
    web.answers().json(ctx, 200, settings);
  }

  /** Changes the given settings; the others stay. */
  private void saveSettings(Context ctx, AgentIdentity agent) throws IOException {
    JsonFields body = web.requests().fields(ctx, SETTINGS.keySet().toArray(String[]::new));
    Map<String, String> settings = new TreeMap<>(workspace.readMarks().settings(agent.username()));
    SETTINGS
        .keySet()
        .forEach(name ->
            body.optionalFlag(name).ifPresent(value -> settings.put(name, value.toString())));
    workspace.readMarks().saveSettings(agent.username(), settings);
    readSettings(ctx, agent);
  }
}
