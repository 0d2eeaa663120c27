package dev.relay.discord.rest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.requests.Response;
import net.dv8tion.jda.api.requests.Route;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;
import org.jspecify.annotations.Nullable;

/**
 * Relay's requests to Discord. Every request blocks until its answer arrives, at most 25 seconds (60 with files) and never beyond the
 * deadline of the {@linkplain #within work} that it belongs to. It fails with a {@link RestFailure}, which states whether Discord may have
 * executed it. Thread-safe.
 */
public final class DiscordRest {
  /** The largest number of messages of one page of history. */
  public static final int PAGE = 100;
  /** Discord's channel type of a private thread. */
  public static final int PRIVATE_THREAD = 12;

  private static final Duration TYPING_QUEUEING = Duration.ofSeconds(3);
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final MediaType BYTES = MediaType.get("application/octet-stream");
  private static final @Nullable SentBody NOTHING = null;
  /** Minutes without a message until Discord archives a thread: one day, since a server may have only 1,000 active threads. */
  private static final int ARCHIVE_MINUTES = 1_440;
  /** The shortest time that Discord offers. */
  private static final int SOONEST_ARCHIVE_MINUTES = 60;

  private final JdaSource connection;
  /** The deadline of a thread's work; work and all its requests run on one thread. */
  private final ThreadLocal<Deadline> deadlines = ThreadLocal.withInitial(Deadline::none);

  /** Creates requests through the JDA that the source provides at the moment of each request. */
  public DiscordRest(JdaSource connection) {
    this.connection = connection;
  }

  /** Work that makes requests. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Runs the work on the calling thread. */
    T run() throws E;
  }

  /**
   * Runs work with one deadline for all of its requests. A request without remaining time fails as not sent; a request that is running
   * at the deadline is given up. Within other work, the earlier deadline counts.
   */
  public <T, E extends Exception> T within(Duration longest, Work<T, E> work) throws E {
    Deadline outer = deadlines.get();
    deadlines.set(Deadline.in(longest).earlier(outer));
    try {
      return work.run();
    } finally {
      if (outer.isSet()) {
        deadlines.set(outer);
      } else {
        deadlines.remove();
      }
    }
  }

  /** Returns how many sessions the bot may begin at the gateway, as Discord counts them: {@code session_start_limit} of its documentation. */
  public DataObject sessionStartLimit() throws RestFailure {
    return make(
        Route.Misc.GATEWAY_BOT.compile(),
        NOTHING,
        response -> response.getObject().getObject("session_start_limit"));
  }

  /** Opens (or finds) the direct message with a user and returns its id. */
  public long openDirectMessage(long user) throws RestFailure {
    DataObject body = DataObject.empty().put("recipient_id", Long.toUnsignedString(user));
    return make(Route.Self.CREATE_PRIVATE_CHANNEL.compile(), body, DiscordRest::idOf);
  }

  /** Sends a message and returns its id. */
  public long send(long channel, OutgoingMessage message) throws RestFailure {
    RequestBody body = json(message.toJson());
    if (!message.files().isEmpty()) {
      MultipartBody.Builder parts = new MultipartBody.Builder().setType(MultipartBody.FORM);
      for (int i = 0; i < message.files().size(); i++) {
        OutgoingFile file = message.files().get(i);
        parts.addFormDataPart("files[" + i + "]", file.name(), new FileBody(file));
      }
      body = parts.addFormDataPart("payload_json", null, body).build();
    }
    return make(
        Route.Messages.SEND_MESSAGE.compile(text(channel)),
        SentBody.repeatable(body),
        DiscordRest::idOf);
  }

  /** Replaces the text of one of the bot's own messages. */
  public void edit(long channel, long message, String text) throws RestFailure {
    var unused = make(
        Route.Messages.EDIT_MESSAGE.compile(text(channel), text(message)),
        OutgoingMessage.edit(text),
        DiscordRest::idOf);
  }

  /** Replaces the card of one of the bot's own messages, in Discord's JSON format. */
  public void editCard(long channel, long message, DataObject card) throws RestFailure {
    var unused = make(
        Route.Messages.EDIT_MESSAGE.compile(text(channel), text(message)),
        DataObject.empty().put("embeds", DataArray.empty().add(card)),
        DiscordRest::idOf);
  }

  /** Deletes one of the bot's own messages. */
  public void delete(long channel, long message) throws RestFailure {
    var unused = make(
        Route.Messages.DELETE_MESSAGE.compile(text(channel), text(message)),
        NOTHING,
        response -> true);
  }

  /** Returns a message. */
  public DataObject message(long channel, long message) throws RestFailure {
    return make(
        Route.Messages.GET_MESSAGE.compile(text(channel), text(message)),
        NOTHING,
        Response::getObject);
  }

  /** Returns the messages after a message, the oldest first, at most {@value #PAGE}. */
  public List<DataObject> after(long channel, long message) throws RestFailure {
    return history(channel, "after", message);
  }

  /** Returns the messages before a message, the oldest first, at most {@value #PAGE}. */
  public List<DataObject> before(long channel, long message) throws RestFailure {
    return history(channel, "before", message);
  }

  /** Returns a channel. */
  public DataObject channel(long channel) throws RestFailure {
    return make(Route.Channels.GET_CHANNEL.compile(text(channel)), NOTHING, Response::getObject);
  }

  /** Returns the threads of a guild that are not archived. */
  public List<DataObject> activeThreads(long guild) throws RestFailure {
    return make(
        Route.Guilds.LIST_ACTIVE_THREADS.compile(text(guild)), NOTHING, DiscordRest::threads);
  }

  /** Returns the latest archived private threads of a channel that the bot is in. */
  public List<DataObject> archivedThreads(long channel) throws RestFailure {
    return make(
        Route.Channels.LIST_JOINED_PRIVATE_ARCHIVED_THREADS
            .compile(text(channel))
            .withQueryParams("limit", Integer.toString(PAGE)),
        NOTHING,
        DiscordRest::threads);
  }

  /** Creates a private thread and returns its id. Sent at most once, because a repeated request would create two threads. */
  public long createPrivateThread(long channel, String name) throws RestFailure {
    DataObject body = DataObject.empty()
        .put("name", name)
        .put("type", PRIVATE_THREAD)
        .put("invitable", false)
        .put("auto_archive_duration", ARCHIVE_MINUTES);
    return make(
        Route.Channels.CREATE_THREAD.compile(text(channel)),
        SentBody.once(json(body)),
        DiscordRest::idOf);
  }

  /** Deletes a channel or thread. */
  public void deleteChannel(long channel) throws RestFailure {
    var unused =
        make(Route.Channels.DELETE_CHANNEL.compile(text(channel)), NOTHING, response -> true);
  }

  /** Makes an archived thread active again. */
  public void reopenThread(long thread) throws RestFailure {
    change(thread, DataObject.empty().put("archived", false));
  }

  /** Lets Discord archive a thread after an hour without a message, so that it leaves the list of active ones. */
  public void archiveSoon(long thread) throws RestFailure {
    change(thread, DataObject.empty().put("auto_archive_duration", SOONEST_ARCHIVE_MINUTES));
  }

  private void change(long channel, DataObject change) throws RestFailure {
    var unused =
        make(Route.Channels.MODIFY_CHANNEL.compile(text(channel)), change, response -> true);
  }

  /** Adds a user to a thread; has no effect if the user is already in it. */
  public void addToThread(long thread, long user) throws RestFailure {
    var unused = make(
        Route.Channels.ADD_THREAD_MEMBER.compile(text(thread), text(user)),
        NOTHING,
        response -> true);
  }

  /**
   * Publishes a message of an announcement channel in the servers that follow it. Does not wait: Discord allows ten an hour.
   *
   * @param failed receives a failure on one of JDA's threads
   */
  public void crosspost(long channel, long message, Consumer<RestFailure> failed)
      throws RestFailure {
    Route.CompiledRoute route =
        Route.Messages.CROSSPOST_MESSAGE.compile(text(channel), text(message));
    new RestCall<>(jda(), route, NOTHING, response -> true).send(failed);
  }

  /**
   * Shows in a channel that the bot is typing, for ten seconds or until its next message. Does not wait for the answer, and is dropped
   * if Discord's rate limits do not allow it within three seconds: it would come too late. A failure is ignored.
   */
  public void typing(long channel) {
    try {
      new RestCall<>(
              jda(), Route.Channels.SEND_TYPING.compile(text(channel)), NOTHING, response -> true)
          .send(Deadline.in(TYPING_QUEUEING), ignored -> {});
    } catch (RestFailure notConnected) {
      // The next sign comes in some seconds if the agent continues.
    }
  }

  /** Returns the bot's own user id; 0 if there is no connection yet. */
  public long selfId() {
    return connection.jda().map(it -> it.getSelfUser().getIdLong()).orElse(0L);
  }

  /** Returns the JDA whose caches hold names of users, roles and channels; empty if there is no connection yet. */
  public Optional<JDA> connected() {
    return connection.jda();
  }

  /** Checks whether a channel is a thread in JDA's cache, without a request; archived threads are not cached. */
  public boolean isCachedThread(long channel) {
    return connection
        .jda()
        .filter(it -> it.getThreadChannelById(channel) != null)
        .isPresent();
  }

  /** Returns the names of a server's roles from JDA's cache, without a request; an unknown role is named by its id. */
  public Set<String> roleNames(List<Long> ids) {
    Optional<JDA> jda = connection.jda();
    return ids.stream()
        .map(id -> jda.map(it -> it.getRoleById(id)).map(Role::getName).orElse(Long.toString(id)))
        .collect(Collectors.toSet());
  }

  private List<DataObject> history(long channel, String direction, long message)
      throws RestFailure {
    List<DataObject> page = make(
        Route.Messages.GET_MESSAGE_HISTORY
            .compile(text(channel))
            .withQueryParams("limit", Integer.toString(PAGE), direction, text(message)),
        NOTHING,
        response -> objects(response.getArray()));
    page.sort((one, other) ->
        Long.compareUnsigned(one.getUnsignedLong("id"), other.getUnsignedLong("id")));
    return page;
  }

  private <T> T make(Route.CompiledRoute route, @Nullable DataObject body, ResponseParser<T> parser)
      throws RestFailure {
    return make(route, body == null ? null : SentBody.repeatable(json(body)), parser);
  }

  private <T> T make(Route.CompiledRoute route, @Nullable SentBody body, ResponseParser<T> parser)
      throws RestFailure {
    try {
      return new RestCall<>(jda(), route, body, parser).make(deadlines.get());
    } catch (RestFailure failure) {
      if (failure.kind() == RestFailure.Kind.BAD_TOKEN) {
        connection.tokenRejected();
      }
      throw failure;
    }
  }

  private JDA jda() throws RestFailure {
    Optional<JDA> jda = connection.jda();
    if (jda.isEmpty()) {
      throw new RestFailure(RestFailure.Kind.NOT_SENT, "there is no connection to Discord yet");
    }
    return jda.get();
  }

  private static List<DataObject> threads(Response response) {
    return objects(response.getObject().optArray("threads").orElseGet(DataArray::empty));
  }

  private static List<DataObject> objects(DataArray array) {
    List<DataObject> objects = new ArrayList<>();
    for (int i = 0; i < array.length(); i++) {
      objects.add(array.getObject(i));
    }
    return objects;
  }

  private static long idOf(Response response) {
    return response.getObject().getUnsignedLong("id");
  }

  private static RequestBody json(DataObject json) {
    return RequestBody.create(json.toJson(), JSON);
  }

  private static String text(long id) {
    return Long.toUnsignedString(id);
  }

  /** Streams a file, which is opened again for each attempt. */
  private static final class FileBody extends RequestBody {
    private final OutgoingFile file;

    FileBody(OutgoingFile file) {
      this.file = file;
    }

    @Override
    public MediaType contentType() {
      return BYTES;
    }

    @Override
    public long contentLength() {
      return file.sizeBytes();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      try (InputStream content = file.content().open();
          Source source = Okio.source(content)) {
        sink.writeAll(source);
      }
    }
  }
}
