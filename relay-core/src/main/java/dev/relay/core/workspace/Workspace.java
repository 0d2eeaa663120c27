package dev.relay.core.workspace;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.QueueName;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What Relay's own desk keeps for its agents. Conversations and cases never depend on it. Thread-safe; every change survives a crash when
 * the method returns. Rules: docs/store-contract.md, 13 and 14, checked by the test kit's AccessStoreContract.
 */
public interface Workspace {

  /** Returns the saved replies. */
  SavedReplies savedReplies();

  /** Returns the drafts of agents. */
  Drafts drafts();

  /** Returns how far agents have read, and their settings. */
  ReadMarks readMarks();

  /** Returns the saved views of the list of conversations. */
  SavedViews savedViews();

  /** Returns what web sites state about the customers of the web chat. */
  SiteProfiles siteProfiles();

  /** Returns the pictures of agents. */
  AgentPictures agentPictures();

  /** The saved replies of the team and of each agent. */
  interface SavedReplies {
    /** The most saved replies of the team, and of each agent. */
    int MOST = 500;

    /**
     * Adds a saved reply.
     *
     * @param reply its id and version are ignored
     * @return the reply with its id, which is never given again; empty, and nothing was added, if its owner has another one with that
     *     shortcut
     */
    Optional<SavedReply> add(SavedReply reply);

    /**
     * Replaces a saved reply if its version is the stored one.
     *
     * @param next the reply with the version that was read; it is stored with the next one
     */
    Replaced replace(SavedReply next);

    /** Removes a saved reply and returns whether there was one. */
    boolean remove(long id);

    /** Returns the saved reply with that id; empty if there is none. */
    Optional<SavedReply> find(long id);

    /** Returns the saved replies of the team and of that agent, ordered by shortcut, then id, at most twice {@value #MOST}. */
    List<SavedReply> of(String agent);

    /** The result of replacing a saved reply. */
    enum Replaced {
      /** The reply is stored. */
      STORED,
      /** Somebody else has changed or removed it; nothing was changed. */
      OUTDATED,
      /** Its owner has another reply with that shortcut; nothing was changed. */
      SHORTCUT_TAKEN
    }
  }

  /**
   * Words that agents use again and again. Immutable.
   *
   * @param id assigned by the store
   * @param owner the user name of the only agent who sees it; empty for all
   * @param name the name in lists, one line, 1 to {@value #MAX_NAME} characters
   * @param shortcut what an agent types after "/": 1 to 30 of {@code a-z 0-9 -}
   * @param texts the words by language tag, each 1 to {@value #MAX_TEXT} characters, at most {@value #MAX_LANGUAGES}; empty only for a
   *     macro that says nothing
   * @param queue the queue for which it is meant; empty for all
   * @param macro what it does besides; empty if it is only text
   * @param version grows with every change
   */
  record SavedReply(
      long id,
      Optional<String> owner,
      String name,
      String shortcut,
      Map<String, String> texts,
      Optional<QueueName> queue,
      Optional<Macro> macro,
      long version) {
    /** The longest name, in UTF-16 units. */
    public static final int MAX_NAME = 100;
    /** The longest text, in UTF-16 units. */
    public static final int MAX_TEXT = 8_000;
    /** The most languages of one reply. */
    public static final int MAX_LANGUAGES = 10;
    /** The form of a shortcut. */
    public static final Pattern SHORTCUT = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?");
    /** The form of a language tag: a language, and perhaps a script or a region. */
    public static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}");

    /** Copies the texts, so that the reply cannot change. */
    public SavedReply {
      texts = Collections.unmodifiableMap(new TreeMap<>(texts));
    }

    /** Returns the reply with another id and version. */
    public SavedReply stored(long newId, long newVersion) {
      return new SavedReply(newId, owner, name, shortcut, texts, queue, macro, newVersion);
    }

    /** Returns whether that agent sees it. */
    public boolean isVisibleTo(String agent) {
      return owner.map(agent::equals).orElse(true);
    }

    /** Returns what is wrong with it, if anything is. */
    public Optional<Fault> fault() {
      if (name.isBlank() || name.length() > MAX_NAME) {
        return fault("name", "must have 1 to " + MAX_NAME + " characters");
      }
      if (!SHORTCUT.matcher(shortcut).matches()) {
        return fault(
            "shortcut",
            "must have 1 to 30 characters of a-z, 0-9 and -, and neither begin nor end with -");
      }
      if (texts.isEmpty() && macro.isEmpty()) {
        return fault("texts", "must have a text in one language at least, unless it is a macro");
      }
      if (texts.size() > MAX_LANGUAGES) {
        return fault("texts", "may have at most " + MAX_LANGUAGES + " languages");
      }
      for (Map.Entry<String, String> each : texts.entrySet()) {
        Optional<Fault> fault = faultOf("texts." + each.getKey(), each.getKey(), each.getValue());
        if (fault.isPresent()) {
          return fault;
        }
      }
      return macro.flatMap(Macro::fault);
    }

    private static Optional<Fault> faultOf(String field, String language, String text) {
      if (!LANGUAGE.matcher(language).matches()) {
        return fault("texts", "must have language tags such as en or pt-BR as names");
      }
      if (text.isBlank() || text.length() > MAX_TEXT) {
        return fault(field, "must have 1 to " + MAX_TEXT + " characters");
      }
      SortedSet<String> unknown = Placeholders.unknown(text);
      return unknown.isEmpty()
          ? Optional.empty()
          : fault(
              field,
              "has unknown placeholders: " + String.join(", ", unknown) + "; known are: "
                  + String.join(", ", Values.NAMES));
    }

    private static Optional<Fault> fault(String field, String reason) {
      return Optional.of(new Fault(field, field + " " + reason));
    }

    /**
     * Returns the tag of the text for a reader of that language: the same tag, else one of the same language, else English, else the
     * first. Empty if there is no text.
     */
    public Optional<String> languageFor(Locale reader) {
      Optional<String> exact = Optional.of(reader.toLanguageTag()).filter(texts::containsKey);
      return exact
          .or(() -> ofLanguage(reader.getLanguage()))
          .or(() -> ofLanguage(Locale.ENGLISH.getLanguage()))
          .or(() -> texts.keySet().stream().findFirst());
    }

    private Optional<String> ofLanguage(String language) {
      return texts.keySet().stream()
          .filter(tag -> Locale.forLanguageTag(tag).getLanguage().equals(language))
          .findFirst();
    }

    /** Returns the text in that language with the values in place of its placeholders; empty if it has no such text. */
    public String text(String language, Values values) {
      return Placeholders.fill(texts.getOrDefault(language, ""), values);
    }

    /** Leaves out the words. */
    @Override
    public String toString() {
      return "SavedReply[" + id + " " + shortcut + "]";
    }
  }

  /**
   * What a saved reply does besides saying something.
   *
   * @param status the new status of the case; empty leaves it. If the macro ends the conversation: the status with which it ends
   * @param priority the new priority; empty leaves it
   * @param tags the tags that the case gets in addition to those that it has
   * @param queue the new queue; empty leaves it
   * @param note an internal note; empty adds none
   * @param ends whether the conversation ends; its case then is solved unless a status is given
   */
  record Macro(
      Optional<CaseStatus> status,
      Optional<CasePriority> priority,
      Set<String> tags,
      Optional<QueueName> queue,
      Optional<String> note,
      boolean ends) {
    private static final Set<CaseStatus> ENDINGS =
        EnumSet.of(CaseStatus.SOLVED, CaseStatus.PENDING, CaseStatus.OPEN);
    /** A conversation goes on about a case that is open or waits for its customer. */
    private static final Set<CaseStatus> STATUSES = EnumSet.of(CaseStatus.OPEN, CaseStatus.PENDING);

    /** Copies the tags, so that the macro cannot change. */
    public Macro {
      tags = Set.copyOf(tags);
    }

    private Optional<Fault> fault() {
      Set<CaseStatus> allowed = ends ? ENDINGS : STATUSES;
      if (status.isPresent() && !allowed.contains(status.get())) {
        return Optional.of(new Fault(
            "macro.status",
            "macro.status must be one of " + allowed
                + (ends ? "" : " unless the macro ends the conversation")));
      }
      Optional<String> faultOfTags = SupportCase.faultOfTags(tags);
      if (faultOfTags.isPresent()) {
        return Optional.of(new Fault("macro.tags", faultOfTags.get()));
      }
      if (note.filter(text -> text.isBlank() || text.length() > CaseNote.MAX_TEXT)
          .isPresent()) {
        return Optional.of(new Fault(
            "macro.note", "macro.note must have 1 to " + CaseNote.MAX_TEXT + " characters"));
      }
      return Optional.empty();
    }
  }

  /**
   * A fault of a saved reply.
   *
   * @param field the field, as in the HTTP interface
   * @param reason what is wrong and what is allowed
   */
  record Fault(String field, String reason) {}

  /**
   * The values of the placeholders for one conversation; a value that is not known is empty.
   *
   * @param customerName {@code customer.name}: the customer's name
   * @param caseNumber {@code case.number}: the case's number, as people see it
   * @param caseSubject {@code case.subject}: the case's subject
   * @param agentName {@code agent.name}: the agent's name, as customers see it
   * @param queue {@code queue}: the queue's name
   */
  record Values(
      String customerName, String caseNumber, String caseSubject, String agentName, String queue) {
    /** The names of all placeholders. */
    public static final List<String> NAMES =
        List.of("customer.name", "case.number", "case.subject", "agent.name", "queue");

    Optional<String> of(String name) {
      int place = NAMES.indexOf(name);
      return place < 0
          ? Optional.empty()
          : Optional.of(
              List.of(customerName, caseNumber, caseSubject, agentName, queue).get(place));
    }
  }

  /** What agents have begun to write, one draft per agent and subject. */
  interface Drafts {
    /** The most drafts of one agent; a new one beyond them replaces the oldest. */
    int MOST = 200;

    /** Stores a draft in place of an earlier one of that agent about that subject. */
    void save(Draft draft);

    /** Returns an agent's draft about that subject. */
    Optional<Draft> find(String agent, String subject);

    /** Removes a draft; has no effect if there is none. */
    void remove(String agent, String subject);

    /** Removes the drafts that were last changed before that moment, at most 1,000, and returns their number. */
    int removeOlder(Instant before);
  }

  /**
   * What an agent has begun to write about a conversation or a case.
   *
   * @param agent the agent's user name
   * @param subject {@code conversation:} or {@code case:} with the number
   * @param text the message to the customer, at most 16,000 characters
   * @param note the internal note, at most 16,000 characters
   * @param articles the ids of chosen articles, at most 5
   * @param at the time of the last change
   */
  record Draft(
      String agent, String subject, String text, String note, List<String> articles, Instant at) {

    /** Copies the list, so that the draft cannot change. */
    public Draft {
      articles = List.copyOf(articles);
    }

    /** Returns whether it has nothing in it. */
    public boolean isEmpty() {
      return text.isEmpty() && note.isEmpty() && articles.isEmpty();
    }

    /** Leaves out the words. */
    @Override
    public String toString() {
      return "Draft[" + agent + " " + subject + "]";
    }
  }

  /** How far each agent has read each conversation, and each agent's settings of the desk. */
  interface ReadMarks {

    /**
     * Records that an agent has read a conversation up to that entry. A mark never moves back.
     *
     * @return false, and nothing changed, if the agent has read as far before
     */
    boolean readUpTo(String agent, ConversationId conversation, EntryId entry);

    /** Returns how far the agent has read those conversations, at most 1,000; those never read are left out. */
    Map<ConversationId, EntryId> of(String agent, Collection<ConversationId> conversations);

    /** Returns an agent's settings of the desk by their names; empty if none were saved. */
    Map<String, String> settings(String agent);

    /** Stores all settings of an agent in place of the earlier ones. */
    void saveSettings(String agent, Map<String, String> settings);
  }

  /** The saved views of the team and of each agent. */
  interface SavedViews {
    /** The most saved views of the team, and of each agent. */
    int MOST = 50;

    /**
     * Stores a view in place of an earlier one of that owner with that name.
     *
     * @param view its id is ignored
     * @return the view with its id, which is never given to another view; empty, and nothing was stored, if the owner has {@value #MOST} others
     */
    Optional<SavedView> save(SavedView view);

    /** Removes a view and returns whether there was one. */
    boolean remove(long id);

    /** Returns the view with that id; empty if there is none. */
    Optional<SavedView> find(long id);

    /** Returns the views of the team and of that agent, ordered by name, then id, at most twice {@value #MOST}. */
    List<SavedView> of(String agent);
  }

  /**
   * A list of conversations with filters, under a name. Immutable.
   *
   * @param id assigned by the store
   * @param owner the user name of the only agent who sees it; empty for all
   * @param name the name, one line, 1 to {@value #MAX_NAME} characters
   * @param filters the wanted value of each filtered field, 1 to {@value #MAX_VALUE} characters; the fields are {@link #FIELDS}
   */
  record SavedView(long id, Optional<String> owner, String name, Map<String, String> filters) {
    /** The longest name, in UTF-16 units. */
    public static final int MAX_NAME = 60;
    /** The longest value of a filter, in UTF-16 units. */
    public static final int MAX_VALUE = 100;
    /** What conversations can be filtered by; {@code list} is the list that the view shows. */
    public static final List<String> FIELDS =
        List.of("list", "queue", "channel", "desk", "agent", "priority", "tag", "state");

    /** Copies the filters, so that the view cannot change. */
    public SavedView {
      filters = Collections.unmodifiableMap(new TreeMap<>(filters));
    }

    /** Returns the view with another id. */
    public SavedView withId(long newId) {
      return new SavedView(newId, owner, name, filters);
    }

    /** Returns whether that agent sees it. */
    public boolean isVisibleTo(String agent) {
      return owner.map(agent::equals).orElse(true);
    }

    /** Returns what is wrong with it, if anything is. */
    public Optional<Fault> fault() {
      if (name.isBlank() || name.length() > MAX_NAME) {
        return Optional.of(new Fault("name", "name must have 1 to " + MAX_NAME + " characters"));
      }
      for (Map.Entry<String, String> filter : filters.entrySet()) {
        if (!FIELDS.contains(filter.getKey())) {
          return Optional.of(
              new Fault("filters", "filters may name only " + String.join(", ", FIELDS)));
        }
        if (filter.getValue().isBlank() || filter.getValue().length() > MAX_VALUE) {
          return Optional.of(new Fault(
              "filters." + filter.getKey(),
              "filters." + filter.getKey() + " must have 1 to " + MAX_VALUE + " characters"));
        }
      }
      return Optional.empty();
    }
  }

  /** The pictures of agents, which customers of the web chat see. */
  interface AgentPictures {

    /** Stores the picture of an agent in place of an earlier one. */
    void save(String agent, Picture picture);

    /** Removes the picture of an agent and returns whether there was one. */
    boolean remove(String agent);

    /** Returns the picture with that {@linkplain Picture#id() id}; empty if no agent has it. */
    Optional<Picture> find(String id);

    /** Returns the ids of all pictures by user name. */
    Map<String, String> ids();
  }

  /**
   * A small picture that every browser shows: PNG or JPEG, at most {@value #MAX_BYTES} bytes and {@value #MAX_EDGE} pixels wide and high.
   * Immutable.
   */
  final class Picture {
    /** The most bytes: a photograph of 256 by 256 pixels has about 20,000. */
    public static final int MAX_BYTES = 64 * 1024;
    /** The most pixels of either side, because a browser needs memory for all of them, however few bytes they have. */
    public static final int MAX_EDGE = 1_024;

    private static final int ID_BYTES = 16;

    private final String mediaType;
    private final byte[] content;

    private Picture(String mediaType, byte[] content) {
      this.mediaType = mediaType;
      this.content = content;
    }

    /**
     * Checks the content of a file by its first bytes, whatever its name.
     *
     * @throws IllegalArgumentException if it is not such a picture; the message continues a sentence about the file
     */
    public static Picture of(byte[] content) {
      if (content.length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "has " + content.length + " bytes; expected at most " + MAX_BYTES);
      }
      PictureHeader header = PictureHeader.of(content)
          .orElseThrow(() -> new IllegalArgumentException("is neither a PNG nor a JPEG picture"));
      if (header.width() < 1
          || header.height() < 1
          || Math.max(header.width(), header.height()) > MAX_EDGE) {
        throw new IllegalArgumentException("has " + header.width() + " × " + header.height()
            + " pixels; expected at most " + MAX_EDGE + " × " + MAX_EDGE);
      }
      return new Picture(header.mediaType(), content.clone());
    }

    /** Returns {@code image/png} or {@code image/jpeg}. */
    public String mediaType() {
      return mediaType;
    }

    /** Returns a copy of the bytes. */
    public byte[] content() {
      return content.clone();
    }

    /** Returns the first 128 bits of the content's SHA-256, in 32 hexadecimal digits: it can be found only by who knows it. */
    public String id() {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java runtime has SHA-256", e);
      }
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Picture picture && Arrays.equals(content, picture.content);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(content);
    }

    /** Leaves out the content. */
    @Override
    public String toString() {
      return "Picture[" + mediaType + ", " + content.length + " bytes]";
    }
  }

  /** What web sites state about the customers of the web chat whom they identify. */
  interface SiteProfiles {

    /** Stores a profile in place of an earlier one of that address. */
    void save(SiteProfile profile);

    /** Returns the profile of a customer's address in the web chat; empty if no site has identified the customer. */
    Optional<SiteProfile> find(String address);

    /** Removes the profiles that were stated before that moment, at most 1,000, and returns their number. */
    int removeStatedBefore(Instant moment);
  }

  /**
   * What a web site states about a customer in a token that it has signed. Relay has not verified it otherwise. Immutable.
   *
   * @param address the key of the customer's address in the web chat
   * @param subject the site's own id of the customer, 1 to 255 characters
   * @param email the e-mail address; empty if the site states none
   * @param attributes further facts, in the site's order, at most {@value #MAX_ATTRIBUTES}
   * @param at when the site stated it
   */
  record SiteProfile(
      String address,
      String subject,
      Optional<String> email,
      List<Attribute> attributes,
      Instant at) {
    /** The most attributes of a customer. */
    public static final int MAX_ATTRIBUTES = 20;

    /** Copies the list, so that the profile cannot change. */
    public SiteProfile {
      attributes = List.copyOf(attributes);
    }

    /**
     * A fact about a customer.
     *
     * @param name its name, 1 to 40 characters
     * @param type the type of its value
     * @param value its value as a text, at most 200 characters
     */
    public record Attribute(String name, Type type, String value) {

      /** The types of values. */
      public enum Type {
        /** Any text. */
        TEXT,
        /** A number in decimal notation. */
        NUMBER,
        /** {@code true} or {@code false}. */
        FLAG
      }
    }

    /** Checks whether another profile states the same, whenever that was. */
    public boolean says(SiteProfile other) {
      return address.equals(other.address)
          && subject.equals(other.subject)
          && email.equals(other.email)
          && attributes.equals(other.attributes);
    }

    /** Leaves out everything, because it is personal. */
    @Override
    public String toString() {
      return "SiteProfile";
    }
  }
}
