package dev.relay.jdbc.privacy;

import dev.relay.jdbc.file.SqlParts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each column of each table is: the only place that says so. Whatever is personal is handed out and erased; a test compares the map
 * with the tables, so that a new column cannot be forgotten.
 */
public final class DataMap {
  /** Stands for the places of the customers' numbers in a condition. */
  private static final String CUSTOMERS = "{customers}";

  /** Stand for numbers in the JSON of the column {@code data}. */
  private static final String CONVERSATION_OF_DATA = "{data.conversation}";

  private static final String CASE_OF_DATA = "{data.case}";

  private static final String OF_CUSTOMER = "customer_id in (" + CUSTOMERS + ")";
  static final String CONVERSATIONS = "select id from conversation where " + OF_CUSTOMER;
  private static final String CASES = "select number from support_case where " + OF_CUSTOMER;
  private static final String IN_CONVERSATION = "conv_id in (" + CONVERSATIONS + ")";
  private static final String OF_CASE = "number in (" + CASES + ")";
  /** A chat session has its customer's id at the channel, and so has the address of their conversations. */
  private static final String WEB_IDS = "(select external_id from customer where channel = 'web'"
      + " and id in (" + CUSTOMERS + ") union select address_key from conversation"
      + " where channel = 'web' and " + OF_CUSTOMER + ")";

  static final String FILES = "select a.attachment_id from message_attachment a join message m"
      + " on m.id = a.entry_id where m." + IN_CONVERSATION;
  private static final String FILE = "id in (" + FILES + ") or owner in (select channel || ':'"
      + " || external_id from customer where id in (" + CUSTOMERS + "))";

  /** All tables, by name. */
  public static final Map<String, Table> TABLES = tables();

  private DataMap() {}

  /** Returns the table of that name. */
  static Table table(String name) {
    Table table = TABLES.get(name);
    if (table == null) {
      throw new IllegalArgumentException("there is no table " + name);
    }
    return table;
  }

  /** What a column is. */
  public enum Use {
    /** A number, kind, state or time, or an id of Relay's own: stays when the customer's data are erased. */
    STAYS,
    /** A text, name, address or content of a customer, or about one: handed out, and erased. */
    PERSONAL,
    /** What concerns the team or the installation alone; neither handed out nor erased. */
    INTERNAL
  }

  /**
   * A table.
   *
   * @param name the name in the database
   * @param label the name of its rows for people and programs
   * @param reach the condition for the rows of customers; empty if it has none
   * @param columns what each column is
   */
  public record Table(String name, String label, Optional<String> reach, Map<String, Use> columns) {

    /** Returns the condition for the rows of that many customers. */
    String rows(SqlParts sql, int customers) {
      String condition =
          reach.orElseThrow(() -> new IllegalStateException(name + " is not about customers"));
      return filled(condition, customers)
          .replace(CONVERSATION_OF_DATA, sql.jsonNumber("data", "conversation"))
          .replace(CASE_OF_DATA, sql.jsonNumber("data", "case"));
    }

    /** Returns the parameters of {@link #rows}. */
    Object[] parameters(List<Long> customers) {
      return DataMap.parameters(reach.orElse(""), customers);
    }

    /** Checks whether the table has data of customers. */
    public boolean isPersonal() {
      return columns.containsValue(Use.PERSONAL);
    }
  }

  /** Returns a condition with a place for each customer wherever it names them. */
  static String filled(String condition, int customers) {
    return condition.replace(CUSTOMERS, String.join(", ", Collections.nCopies(customers, "?")));
  }

  /** Returns the parameters of a condition that was filled. */
  static Object[] parameters(String condition, List<Long> customers) {
    int times =
        (condition.length() - condition.replace(CUSTOMERS, "").length()) / CUSTOMERS.length();
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(customers);
    }
    return all.toArray();
  }

  private static Map<String, Table> tables() {
    Tables all = new Tables();
    all.of("customer", "customers", "id in (" + CUSTOMERS + ")")
        .stays("id", "channel", "head")
        .personal("external_id", "data");
    all.of("conversation", "conversations", OF_CUSTOMER)
        .stays("id", "channel", "customer_id", "state", "queue", "waiting_since", "agent_id")
        .stays("opened_at", "wake_at", "version", "team", "offered_to")
        .personal("address_key", "data");
    all.of(
            "message",
            "messages",
            IN_CONVERSATION
                + " or (conv_id = 0 and source_id in (select 'card-' || number from support_case where "
                + OF_CUSTOMER + "))")
        .stays("id", "conv_id", "destination", "seq", "at", "kind")
        .personal("body", "source_id", "external_id");
    all.of("lane", "lanes", IN_CONVERSATION)
        .stays("conv_id", "destination", "port", "last_seq", "done_seq", "ready_at", "head_at")
        .stays("epoch", "in_doubt", "attempts", "parked_at", "put_off")
        .internal("owner")
        .personal("last_error");
    all.of("delivery_failure", "deliveryFailures", IN_CONVERSATION)
        .stays("conv_id", "destination", "seq", "number", "at", "outcome")
        .personal("reason");
    all.of("seen", "events", IN_CONVERSATION)
        .stays("source", "at", "conv_id", "entry_id", "case_number")
        .personal("key");
    all.of("support_case", "cases", OF_CUSTOMER)
        .stays("number", "customer_id", "kind", "status", "assignee_id", "updated_at", "wake_at")
        .stays("version", "team")
        .personal("searchable", "data");
    all.of("case_note", "notes", OF_CASE)
        .stays("id", "number", "at", "author_role", "author_id")
        .personal("author_name", "text");
    all.of("case_history", "caseHistory", OF_CASE)
        .stays("id", "number", "at", "actor_role", "actor_id", "field")
        .personal("actor_name", "value_before", "value_after");
    all.of("attachment", "files", FILE)
        .stays("id", "media_type", "size", "kept_at", "complete", "referenced")
        .personal("owner", "file_name");
    all.of(
            "attachment_chunk",
            "fileContents",
            "attachment_id in (select id from attachment where " + FILE + ")")
        .stays("attachment_id", "number")
        .personal("content");
    all.of(
            "message_attachment",
            "filesOfMessages",
            "entry_id in (select id from message where " + IN_CONVERSATION + ")")
        .stays("attachment_id", "entry_id");
    all.of(
            "channel_position",
            "readPositions",
            "exists (select 1 from conversation c where"
                + " c.channel = channel_position.channel and c.address_key = channel_position.address_key"
                + " and c." + OF_CUSTOMER + ")")
        .stays("channel", "saved_at")
        .personal("address_key", "position");
    all.of("access_token", "chatSessions", "kind = 'CHAT_SESSION' and subject in " + WEB_IDS)
        .stays("kind", "created_at", "last_used_at", "expires_at")
        .internal("hash")
        .personal("subject", "attributes");
    all.of("site_profile", "siteProfiles", "address in " + WEB_IDS)
        .stays("at")
        .personal("address", "data");
    all.of("scheduled_message", "plannedMessages", OF_CUSTOMER)
        .stays("id", "customer_id", "send_at")
        .personal("data");
    all.of(
            "draft",
            "drafts",
            "subject in (select 'conversation:' || id from conversation where "
                + OF_CUSTOMER + " union select 'form:pass-on-' || id from conversation where "
                + OF_CUSTOMER + " union select 'case:' || number from support_case where "
                + OF_CUSTOMER + " union select 'form:case-' || number from support_case where "
                + OF_CUSTOMER + " union select 'form:send-at-' || number from support_case where "
                + OF_CUSTOMER
                // The names that the pages of the desk give to their forms.
                + " union select 'form:new-case-' || id from customer where id in (" + CUSTOMERS
                + "))")
        .stays("subject", "at")
        .internal("agent")
        .personal("data");
    all.of(
            "mention",
            "mentions",
            CONVERSATION_OF_DATA + " in (" + CONVERSATIONS + ") or " + CASE_OF_DATA + " in ("
                + CASES + ")")
        .stays("id", "seen")
        .internal("agent")
        .personal("data");
    all.of("read_mark", "readMarks", IN_CONVERSATION).stays("agent", "conv_id", "entry_id");
    all.of(
            "message_words",
            "searchWords",
            "rowid in (select id from message where " + IN_CONVERSATION + ")")
        .stays("rowid", "source")
        .personal("words");
    all.of("customer_words", "searchWordsOfCustomers", "rowid in (" + CUSTOMERS + ")")
        .stays("rowid")
        .personal("words");
    all.of("case_words", "searchWordsOfCases", "rowid in (" + CASES + ")")
        .stays("rowid")
        .personal("words");
    all.of("case_search", "searchTextsOfCases", "rowid in (" + CASES + ")").personal("searchable");
    all.of("search_due", "searchDue").stays("subject", "id");
    all.of("search_progress", "searchProgress").stays("id", "entry_id");
    all.of("erasure", "erasures")
        .stays("id", "customers", "begun_at", "ended_at", "counts", "erased_before")
        .internal("actor", "remains");
    all.of("agent_account", "accounts")
        .internal("username", "display_name", "password_hash", "created_at", "disabled", "role")
        .internal("capacity");
    all.of("agent_picture", "agentPictures").internal("agent", "picture_id", "content");
    all.of("agent_settings", "agentSettings").internal("agent", "data");
    all.of("agent_presence", "agentPresence")
        .internal("agent", "status", "since", "misses", "offered_at", "released");
    all.of("team_queue", "queues").internal("name", "assignment", "accept_within");
    all.of("team_queue_member", "queueMembers").internal("queue", "agent");
    all.of("planned_announcement", "plannedAnnouncements").internal("id", "publish_at", "data");
    all.of("saved_reply", "savedReplies").internal("id", "owner", "shortcut", "version", "data");
    all.of("saved_view", "savedViews").internal("id", "owner", "name", "data");
    all.of("counter", "counters").internal("name", "value");
    all.of("lease", "leases").internal("name", "owner", "until");
    all.of("server", "server").internal("id", "pid", "started_at");
    return all.made;
  }

  /** The tables in the making. */
  private static final class Tables {
    private final Map<String, Table> made = new LinkedHashMap<>();

    Columns of(String name, String label) {
      return add(name, label, Optional.empty());
    }

    Columns of(String name, String label, String reach) {
      return add(name, label, Optional.of(reach));
    }

    private Columns add(String name, String label, Optional<String> reach) {
      Map<String, Use> columns = new LinkedHashMap<>();
      made.put(name, new Table(name, label, reach, columns));
      return new Columns(columns);
    }
  }

  /** The columns of a table in the making. */
  private record Columns(Map<String, Use> made) {
    Columns stays(String... names) {
      return add(Use.STAYS, names);
    }

    Columns personal(String... names) {
      return add(Use.PERSONAL, names);
    }

    Columns internal(String... names) {
      return add(Use.INTERNAL, names);
    }

    private Columns add(Use use, String... names) {
      for (String name : names) {
        made.put(name, use);
      }
      return this;
    }
  }
}
