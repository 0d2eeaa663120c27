package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.Store;
import dev.relay.core.store.Store.PersonalData;
import dev.relay.core.store.Store.PersonalData.Erased;
import dev.relay.core.store.Store.PersonalData.Erasure;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.traffic.Clients;
import dev.relay.http.traffic.FileOutput;
import dev.relay.http.traffic.HeldBytes;
import dev.relay.http.traffic.WrittenContent;
import dev.relay.http.web.Answers;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes by which admins hand out and erase the data of a customer. */
public final class PrivacyRoutes {
  private static final String PATH = "/api/v1/customers/{id}";
  private static final int MOST_LISTED = 1_000;
  private static final int MOST_SHOWN = 100;

  private final Store store;
  private final LiveStreams live;
  private final Web web;
  /** One archive or erasure at a time: each reads a customer's whole history. */
  private final Semaphore turn = new Semaphore(1);

  public PrivacyRoutes(Store store, LiveStreams live, Web web) {
    this.store = store;
    this.live = live;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.ADMIN, HandlerType.GET, PATH + "/data", this::count);
    routes.agent(Role.ADMIN, HandlerType.GET, PATH + "/archive", this::archive);
    routes.agent(Role.ADMIN, HandlerType.POST, PATH + "/erasure", this::erase);
    routes.agent(Role.ADMIN, HandlerType.GET, "/api/v1/erasures", this::list);
  }

  record DataView(Map<String, Long> counts) {}

  record ErasureView(
      String id,
      List<String> customers,
      @Nullable String before,
      String actor,
      String begunAt,
      @Nullable String endedAt,
      Map<String, Long> counts,
      @Nullable String remains) {

    static ErasureView of(Erasure erasure) {
      return new ErasureView(
          Long.toString(erasure.id()),
          erasure.customers().stream().map(CustomerId::toString).toList(),
          erasure.before().map(Instant::toString).orElse(null),
          erasure.actor(),
          erasure.begunAt().toString(),
          erasure.endedAt().map(Instant::toString).orElse(null),
          erasure.counts(),
          erasure.remains().orElse(null));
    }
  }

  record ErasuresView(List<ErasureView> items) {}

  private void count(Context ctx, AgentIdentity agent) {
    Map<String, Long> counts = data().count(id(ctx)).orElseThrow(PrivacyRoutes::unknown);
    web.answers().json(ctx, 200, new DataView(counts));
  }

  private void list(Context ctx, AgentIdentity agent) {
    List<ErasureView> items =
        data().erasures(MOST_LISTED).stream().map(ErasureView::of).toList();
    web.answers().json(ctx, 200, new ErasuresView(items));
  }

  private void erase(Context ctx, AgentIdentity agent) throws IOException {
    CustomerId id = id(ctx);
    JsonFields body = web.requests().textFields(ctx, "confirm");
    if (!body.text("confirm", 18).equals(id.toString())) {
      throw Problem.invalid(
          "confirm", "confirm must be " + id + ", the number of the customer to erase");
    }
    PersonalData data = data();
    List<CaseNumber> cases = casesOf(id);
    takeTurn();
    ctx.req().startAsync().setTimeout(0);
    ctx.future(() -> CompletableFuture.runAsync(
            () -> answer(ctx, id, cases, data.erase(id, agent.participant())),
            web.answers().files())
        .whenComplete((nothing, failure) -> turn.release()));
  }

  private void answer(Context ctx, CustomerId id, List<CaseNumber> cases, Erased erased) {
    if (erased instanceof Erased.Open open) {
      throw Problem.conflict(
          "conversation-open",
          "customer " + id + " has open conversations ("
              + open.conversations().stream()
                  .map(ConversationId::toString)
                  .collect(Collectors.joining(", "))
              + "); end them first");
    }
    if (!(erased instanceof Erased.Done done)) {
      throw unknown();
    }
    live.casesChanged(cases);
    live.wakeAllDesks();
    web.answers().json(ctx, 200, ErasureView.of(done.record()));
  }

  private List<CaseNumber> casesOf(CustomerId customer) {
    return store.read(
        queries -> queries.cases(CaseFilter.of(customer), Optional.empty(), MOST_SHOWN).stream()
            .map(SupportCase::number)
            .toList());
  }

  private void archive(Context ctx, AgentIdentity agent) throws IOException {
    CustomerId id = id(ctx);
    PersonalData data = data();
    Answers.type(ctx, "application/zip")
        .header("Content-Disposition", "attachment; filename=\"customer-" + id + ".zip\"")
        .header("Cache-Control", "no-store");
    if (ctx.req().getMethod().equals("HEAD")) {
      return;
    }
    takeTurn();
    HeldBytes.Transfer connection = Clients.connection(ctx.req());
    HeldBytes.Hold hold;
    ServletOutputStream out;
    InputStream content;
    try {
      hold = live.held().open(web.peerKey(ctx), connection);
      ctx.req().startAsync().setTimeout(0);
      out = ctx.res().getOutputStream();
      // Last: from here on its writer ends the turn.
      content = WrittenContent.of("relay-customer-archive", target -> write(data, id, target));
    } catch (IOException | RuntimeException | Error e) {
      turn.release();
      throw e;
    }
    ctx.future(() -> FileOutput.send(out, content, hold, web.answers().files())
        .whenComplete((nothing, failure) -> {
          if (failure != null && ctx.res().isCommitted()) {
            // A regular end of the answer would be that of an archive.
            connection.cutOff();
          }
        }));
  }

  /** Writes the archive as fast as it is read, so that it is never a file, which would have to be overwritten afterwards. */
  private void write(PersonalData data, CustomerId id, OutputStream target) throws IOException {
    try {
      boolean unused = data.handOut(id, target);
    } finally {
      turn.release();
    }
  }

  private void takeTurn() {
    if (!turn.tryAcquire()) {
      throw Problem.tooMany(
          "another customer's data are being handed out or erased; try again later",
          Duration.ofSeconds(10));
    }
  }

  private PersonalData data() {
    return store
        .personalData()
        .orElseThrow(() -> Problem.of(
            501, "unsupported", "this store can neither hand out nor erase customers' data"));
  }

  private CustomerId id(Context ctx) {
    CustomerId id = new CustomerId(web.requests().pathId(ctx, "id", "customer"));
    if (store.read(queries -> queries.sameCustomers(id)).isEmpty()) {
      throw unknown();
    }
    return id;
  }

  private static Problem unknown() {
    return Problem.notFound("no such customer");
  }
}
