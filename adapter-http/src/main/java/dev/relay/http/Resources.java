package dev.relay.http;

import dev.relay.core.Relay;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.store.Store;
import dev.relay.core.workspace.Workspace;
import dev.relay.core.workspace.Workspace.AgentPictures;
import dev.relay.http.access.AccountRoutes;
import dev.relay.http.access.AgentPictureRoutes;
import dev.relay.http.access.AgentRoutes;
import dev.relay.http.access.ApiTokenRoutes;
import dev.relay.http.access.AttemptLimit;
import dev.relay.http.access.Authentication;
import dev.relay.http.access.CustomerPace;
import dev.relay.http.access.KnownAgents;
import dev.relay.http.access.LoginGuard;
import dev.relay.http.access.MessagePace;
import dev.relay.http.access.OriginCheck;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.Secrets;
import dev.relay.http.access.Sessions;
import dev.relay.http.access.TextVolume;
import dev.relay.http.access.UploadLimits;
import dev.relay.http.chat.AttachmentRoutes;
import dev.relay.http.chat.AttachmentStore;
import dev.relay.http.chat.ChatArticleRoutes;
import dev.relay.http.chat.ChatAvailabilityRoutes;
import dev.relay.http.chat.ChatIdentityRoutes;
import dev.relay.http.chat.ChatLanguageRoutes;
import dev.relay.http.chat.ChatRatingRoutes;
import dev.relay.http.chat.ChatRoutes;
import dev.relay.http.chat.ChatSessionRoutes;
import dev.relay.http.chat.ChatTypingRoutes;
import dev.relay.http.chat.ChatViewRoutes;
import dev.relay.http.chat.IdentifiedSessions;
import dev.relay.http.chat.IdentityTokens;
import dev.relay.http.desk.AgentMessages;
import dev.relay.http.desk.AnnouncementRoutes;
import dev.relay.http.desk.BulkRoutes;
import dev.relay.http.desk.CaseRoutes;
import dev.relay.http.desk.ColleagueRoutes;
import dev.relay.http.desk.Colleagues;
import dev.relay.http.desk.ConversationRoutes;
import dev.relay.http.desk.CustomerRoutes;
import dev.relay.http.desk.DeliveryRoutes;
import dev.relay.http.desk.DeskEventRoutes;
import dev.relay.http.desk.FollowUpRoutes;
import dev.relay.http.desk.KnowledgeRoutes;
import dev.relay.http.desk.MacroRoutes;
import dev.relay.http.desk.MentionRoutes;
import dev.relay.http.desk.OrderedSubmissions;
import dev.relay.http.desk.PresenceRoutes;
import dev.relay.http.desk.PrivacyRoutes;
import dev.relay.http.desk.QueueRoutes;
import dev.relay.http.desk.ReadMarkRoutes;
import dev.relay.http.desk.SavedReplyRoutes;
import dev.relay.http.desk.SavedViewRoutes;
import dev.relay.http.desk.ScheduledRoutes;
import dev.relay.http.desk.SearchRoutes;
import dev.relay.http.desk.SiteProfileRoutes;
import dev.relay.http.desk.TransferRoutes;
import dev.relay.http.desk.TypingRoutes;
import dev.relay.http.desk.WorkspaceRoutes;
import dev.relay.http.live.DeskCounts;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.live.PresenceWatch;
import dev.relay.http.live.StreamContext;
import dev.relay.http.operation.OperationRoutes;
import dev.relay.http.pages.ChatLook;
import dev.relay.http.pages.PageRoutes;
import dev.relay.http.view.AgentPictureIds;
import dev.relay.http.view.ChatViews;
import dev.relay.http.view.TranscriptViews;
import dev.relay.http.web.Memoizer;
import dev.relay.http.web.Web;
import java.time.InstantSource;

/** All routes of the server, with their collaborators. */
final class Resources {
  /** A page reports that its customer is typing every three seconds; a customer may have some windows open. */
  private static final int TYPING_PER_MINUTE = 60;

  private static final int TYPING_AT_ONCE = 20;

  private final RouteTable routes;
  private final PresenceWatch presence;
  private final KnownAgents agents;

  Resources(HttpServer.Builder parts, Web web, PublicAddress address) {
    Relay relay = parts.relay;
    InstantSource clock = parts.clock;
    LiveStreams live = parts.ports.live();
    Secrets secrets = new Secrets(parts.random);
    agents = new KnownAgents(clock);
    Sessions sessions = new Sessions(parts.access, secrets, clock, live, agents);
    OriginCheck origins = new OriginCheck(parts.settings.publicUrl());
    Authentication authentication = new Authentication(sessions, origins);
    StreamContext streams = new StreamContext(relay.store(), web, sessions, live);
    AccessLimits.Shares shares = parts.settings.limits().shares();
    live.limitPerAddress(shares.streamsPerAddress());
    routes = new RouteTable(
        authentication,
        new MessagePace(
            shares.readsAtOnce(),
            shares.readsPerMinute(),
            "too many requests in this chat; try again a little later",
            clock));

    new OperationRoutes(
            new Memoizer<>(parts.status::health, clock),
            new Memoizer<>(parts.status::metrics, clock),
            live.damage(),
            authentication,
            web)
        .addTo(routes);
    ChatSettings.Look look = parts.settings.chat().look();
    new PageRoutes(
            parts.settings.embeddingOrigins(),
            new ChatLook(
                look.title(),
                look.accent(),
                look.logo(),
                look.greetings(),
                look.quickReplies(),
                look.texts()),
            web.json())
        .addTo(routes);
    new ChatArticleRoutes(parts.knowledge, web).addTo(routes);
    new ChatAvailabilityRoutes(relay.settings(), relay.teams(), web, clock).addTo(routes);
    presence = new PresenceWatch(relay.teams(), relay.store(), live, clock);
    addAccess(parts, sessions, secrets, origins, web);
    addChat(parts, streams, secrets, web);
    addDesk(parts, streams, web);
    new WebhookRoutes(parts.webhooks, address, web).addTo(routes);
  }

  private void addAccess(
      HttpServer.Builder parts, Sessions sessions, Secrets secrets, OriginCheck origins, Web web) {
    AccessLimits limits = parts.settings.limits();
    InstantSource clock = parts.clock;
    LoginGuard guard = new LoginGuard(
        parts.passwords,
        limits.window(),
        limits.loginFailuresPerAccount(),
        limits.loginFailuresPerAddress(),
        clock);
    new AccountRoutes(parts.access.accounts(), sessions, guard, origins, web, clock).addTo(routes);
    new ApiTokenRoutes(sessions, secrets, web, clock).addTo(routes);
    AgentPasswords passwords = new AgentPasswords(parts.access, parts.random, clock);
    new AgentRoutes(
            parts.access.accounts(),
            sessions,
            parts.relay.teams(),
            passwords::createLink,
            web,
            clock)
        .addTo(routes);
  }

  private void addChat(HttpServer.Builder parts, StreamContext streams, Secrets secrets, Web web) {
    AccessLimits limits = parts.settings.limits();
    InstantSource clock = parts.clock;
    Store store = streams.store();
    AttachmentStore attachments = new AttachmentStore(store);
    UploadLimits uploads = new UploadLimits(
        new AttemptLimit(limits.uploadsPerSession(), limits.window()),
        limits.uploadBytesPerSession(),
        limits.shares().uploadBytesPerAddress(),
        limits.uploadBytesPerHour(),
        clock);
    TextVolume text = new TextVolume(
        limits.shares().textBytesPerAddress(), limits.shares().textBytesPerHour(), clock);
    CustomerPace pace = new CustomerPace(
        new MessagePace(
            limits.messagesAtOnce(),
            limits.messagesPerMinute(),
            "too many messages in this chat; try again a little later",
            clock),
        text);
    IdentityTokens tokens =
        new IdentityTokens(parts.settings.chat().identityKeys(), web.json(), clock);
    IdentifiedSessions identified = new IdentifiedSessions(
        tokens, streams.sessions(), parts.access.workspace().siteProfiles(), clock);
    new ChatSessionRoutes(
            streams.sessions(),
            identified,
            new AttemptLimit(limits.chatSessionsPerAddress(), limits.window()),
            pace,
            web,
            clock)
        .addTo(routes);
    new ChatIdentityRoutes(identified, streams.sessions(), pace, web).addTo(routes);
    new ChatLanguageRoutes(parts.ports.webChat(), streams.sessions(), pace, secrets, web)
        .addTo(routes);
    new ChatRoutes(parts.ports.webChat(), attachments, pace, secrets, web).addTo(routes);
    new ChatTypingRoutes(
            parts.ports.webChat(),
            new MessagePace(
                TYPING_AT_ONCE,
                TYPING_PER_MINUTE,
                "typing was reported too often in this chat",
                clock),
            web)
        .addTo(routes);
    new ChatRatingRoutes(parts.ports.webChat(), pace, store, secrets, web).addTo(routes);
    AgentPictures pictures = parts.access.workspace().agentPictures();
    new AgentPictureRoutes(pictures, web).addTo(routes);
    ChatViews views = new ChatViews(parts.relay.notices(), new AgentPictureIds(pictures, clock));
    new ChatViewRoutes(views, streams, web).addTo(routes);
    new AttachmentRoutes(
            store.attachments(), attachments, uploads, streams.live().held(), web, clock)
        .addTo(routes);
  }

  private void addDesk(HttpServer.Builder parts, StreamContext streams, Web web) {
    Relay relay = parts.relay;
    KnowledgeBase knowledge = parts.knowledge;
    Store store = streams.store();
    TranscriptViews transcripts = new TranscriptViews(relay.notices());
    AgentMessages messages = new AgentMessages(new AttachmentStore(store), knowledge);
    OrderedSubmissions ordered =
        new OrderedSubmissions(parts.ports.webDesk(), store, messages, web);
    DeskCounts counts = new DeskCounts(store, streams.live().changes(), System::nanoTime);
    new ConversationRoutes(ordered, store, transcripts, web).addTo(routes);
    new FollowUpRoutes(relay.intake(), parts.ports.webDesk(), store, messages, transcripts, web)
        .addTo(routes);
    new ScheduledRoutes(parts.ports.webDesk(), store, web, parts.clock).addTo(routes);
    new DeskEventRoutes(counts, transcripts, streams).addTo(routes);
    Colleagues colleagues = new Colleagues(parts.access.accounts());
    new CaseRoutes(relay.cases(), store, colleagues, streams.live(), web).addTo(routes);
    new SearchRoutes(store, web).addTo(routes);
    new BulkRoutes(ordered, relay.cases(), store, colleagues, streams.live(), web).addTo(routes);
    Workspace workspace = parts.access.workspace();
    new SavedReplyRoutes(workspace.savedReplies(), relay.teams(), store, relay.notices(), web)
        .addTo(routes);
    new SavedViewRoutes(workspace.savedViews(), web).addTo(routes);
    new MacroRoutes(ordered, workspace.savedReplies(), store, relay.notices(), web).addTo(routes);
    new WorkspaceRoutes(workspace, web, parts.clock).addTo(routes);
    new ReadMarkRoutes(workspace.readMarks(), store, streams.live(), web).addTo(routes);
    new TypingRoutes(parts.ports.webDesk(), store, streams.live(), workspace.readMarks(), web)
        .addTo(routes);
    new TransferRoutes(parts.ports.webDesk(), store, colleagues, web).addTo(routes);
    new ColleagueRoutes(parts.ports.webDesk(), store, colleagues, web).addTo(routes);
    new MentionRoutes(relay.teams(), store, web).addTo(routes);
    new SiteProfileRoutes(workspace.siteProfiles(), store, web).addTo(routes);
    new PresenceRoutes(relay.teams(), presence, store, web, parts.clock).addTo(routes);
    new QueueRoutes(
            relay.teams(), store, parts.access.accounts(), relay.settings(), web, parts.clock)
        .addTo(routes);
    new CustomerRoutes(relay.customers(), store, streams.live(), web, parts.clock).addTo(routes);
    new PrivacyRoutes(store, streams.live(), web).addTo(routes);
    new AnnouncementRoutes(relay.announcements(), web, parts.clock).addTo(routes);
    new KnowledgeRoutes(knowledge, web).addTo(routes);
    new DeliveryRoutes(relay.deadLetters(), store, web).addTo(routes);
  }

  KnownAgents agents() {
    return agents;
  }

  RouteTable routes() {
    return routes;
  }

  PresenceWatch presence() {
    return presence;
  }
}
