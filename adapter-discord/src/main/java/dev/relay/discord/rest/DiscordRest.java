package dev.relay.discord.rest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;
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
 * The requests to Discord that Relay makes. Thread-safe; every method blocks until the answer is there, at most 25 seconds (60 with
 * files) and not beyond the deadline of the {@linkplain #within work} that it is part of, and fails with a {@link RestFailure} that
 * says whether Discord may have acted.
 */
public final class DiscordRest {
  /** The most messages of one page of history. */
  public static final int PAGE = 100;
  /** Discord's number of a private thread. */
  public static final int PRIVATE_THREAD = 12;

  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final MediaType BYTES = MediaType.get("application/octet-stream");
  private static final @Nullable SentBody NOTHING = null;
  /** Minutes without a message until Discord hides a thread: one week, the longest there is. */
  private static final int ARCHIVE_MINUTES = 10_080;

  private final Supplier<Optional<JDA>> connection;
  private final Runnable badToken;
  /** Of the work that a thread does; work and all its requests are done by one thread. */
  private final ThreadLocal<Deadline> deadlines = ThreadLocal.withInitial(Deadline::none);

  /** Through the connection that is there at the moment of a request; told where the bot's token is not accepted any more. */
  public DiscordRest(Supplier<Optional<JDA>> connection, Runnable badToken) {
    this.connection = connection;
    this.badToken = badToken;
  }

  /** Work that makes requests. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does it, on the thread that asks for it. */
    T run() throws E;
  }

  /**
   * Does work all of whose requests together may take that long. Those for which no time is left fail as not sent; one that is under
   * way at the end is given up. Inside of other work the earlier end counts.
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

  /** Opens (or finds) the direct message with a user; answers its id. */
  public long openDirectMessage(long user) throws RestFailure {
    DataObject body = DataObject.empty().put("recipient_id", Long.toUnsignedString(user));
    return make(Route.Self.CREATE_PRIVATE_CHANNEL.compile(), body, DiscordRest::idOf);
  }

  /** Sends a message; answers its id. */
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

  /** Replaces the text of a message of the bot's own. */
  public void edit(long channel, long message, String text) throws RestFailure {
    var unused = make(
        Route.Messages.EDIT_MESSAGE.compile(text(channel), text(message)),
        OutgoingMessage.edit(text),
        DiscordRest::idOf);
  }

  /** Takes a message of the bot's own back. */
  public void delete(long channel, long message) throws RestFailure {
    var unused = make(
        Route.Messages.DELETE_MESSAGE.compile(text(channel), text(message)),
        NOTHING,
        response -> true);
  }

  /** One message. */
  public DataObject message(long channel, long message) throws RestFailure {
    return make(
        Route.Messages.GET_MESSAGE.compile(text(channel), text(message)),
        NOTHING,
        Response::getObject);
  }

  /** The messages after that one, the oldest first, at most {@value #PAGE}. */
  public List<DataObject> after(long channel, long message) throws RestFailure {
    return history(channel, "after", message);
  }

  /** The messages before that one, the oldest first, at most {@value #PAGE}. */
  public List<DataObject> before(long channel, long message) throws RestFailure {
    return history(channel, "before", message);
  }

  /** A channel. */
  public DataObject channel(long channel) throws RestFailure {
    return make(Route.Channels.GET_CHANNEL.compile(text(channel)), NOTHING, Response::getObject);
  }

  /** The threads of a guild that are not archived. */
  public List<DataObject> activeThreads(long guild) throws RestFailure {
    return make(
        Route.Guilds.LIST_ACTIVE_THREADS.compile(text(guild)), NOTHING, DiscordRest::threads);
  }

  /** The archived private threads of a channel that the bot is in, the latest ones. */
  public List<DataObject> archivedThreads(long channel) throws RestFailure {
    return make(
        Route.Channels.LIST_JOINED_PRIVATE_ARCHIVED_THREADS
            .compile(text(channel))
            .withQueryParams("limit", Integer.toString(PAGE)),
        NOTHING,
        DiscordRest::threads);
  }

  /** Makes a private thread; answers its id. Is sent once at the most: asking twice makes two. */
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

  /** Lets a user into a thread; harmless where the user is in it. */
  public void addToThread(long thread, long user) throws RestFailure {
    var unused = make(
        Route.Channels.ADD_THREAD_MEMBER.compile(text(thread), text(user)),
        NOTHING,
        response -> true);
  }

  /**
   * Passes a message of an announcement channel on to the servers that follow it. Does not wait: Discord allows ten an hour. The
   * consumer is told of a failure on one of JDA's threads.
   */
  public void crosspost(long channel, long message, Consumer<RestFailure> failed)
      throws RestFailure {
    Route.CompiledRoute route =
        Route.Messages.CROSSPOST_MESSAGE.compile(text(channel), text(message));
    new RestCall<>(jda(), route, NOTHING, response -> true).send(failed);
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

  private <T> T make(
      Route.CompiledRoute route, @Nullable DataObject body, Function<Response, T> reading)
      throws RestFailure {
    return make(route, body == null ? null : SentBody.repeatable(json(body)), reading);
  }

  private <T> T make(
      Route.CompiledRoute route, @Nullable SentBody body, Function<Response, T> reading)
      throws RestFailure {
    try {
      return new RestCall<>(jda(), route, body, reading).make(deadlines.get());
    } catch (RestFailure failure) {
      if (failure.kind() == RestFailure.Kind.BAD_TOKEN) {
        badToken.run();
      }
      throw failure;
    }
  }

  private JDA jda() throws RestFailure {
    Optional<JDA> jda = connection.get();
    if (jda.isEmpty()) {
      throw new RestFailure(
          RestFailure.Kind.NOT_SENT, 0, "there is no connection to Discord yet", Optional.empty());
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

  /** Streams a file; opened anew for each time it is sent. */
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
