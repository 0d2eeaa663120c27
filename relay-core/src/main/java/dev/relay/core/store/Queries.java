package dev.relay.core.store;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.Announced.Planned;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.store.Lane.LeftOut;
import dev.relay.core.team.Team;
import dev.relay.core.text.Cut;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The queries of a store. Lists are bounded by the given limit, at most 1,000; "after" is exclusive. Not thread-safe: used by
 * one thread within one read or write.
 *
 * <p>One datum that cannot be read concerns nothing else (S6.8): an entry has the content {@link EntryContent.Unreadable}, a list of
 * anything else leaves it out and the store logs it, and a query for exactly that datum throws {@link StoreException.BadData}.
 */
public interface Queries {

  /**
   * The number of addresses without an open conversation that are read again after a restart: a minute of Discord's requests.
   */
  int RECENT_POSITIONS = 1_000;

  /** Returns the conversation with that id. */
  Optional<Conversation> conversation(ConversationId id);

  /** Returns the conversation at that address that is not closed. */
  Optional<Conversation> activeConversation(CustomerAddress address);

  /**
   * Returns the newest conversation at that address, closed or not, that is older than a given one.
   *
   * @param before a conversation that is newer, and all that follow it; empty for the newest of all
   */
  Optional<Conversation> latestConversation(
      CustomerAddress address, Optional<ConversationId> before);

  /** Returns the conversations that match the filter, in its order, after the given one. */
  List<Conversation> conversations(
      ConversationFilter filter, Optional<ConversationId> after, int limit);

  /**
   * Returns the waiting conversations of all queues after that place, in the order of their turns: higher priorities first, then
   * the longest waiting, equal turns by id.
   */
  default List<Conversation> waiting(Optional<WaitingPlace> after, int limit) {
    return waitingWithin(Team.Scope.ALL, after, limit);
  }

  /** Returns the waiting conversations that a reader may see, after that place, in the same order. */
  List<Conversation> waitingWithin(Team.Scope scope, Optional<WaitingPlace> after, int limit);

  /** Returns the number of conversations in each state other than closed; every such state is present. */
  Map<ConversationState, Long> openConversations();

  /**
   * Returns the number of conversations in each state other than closed, by {@linkplain Conversation#queue queue}; what is absent is
   * zero.
   */
  Map<QueueName, Map<ConversationState, Long>> openByQueue();

  /** Returns the queues that were set up, ordered by name. */
  List<Team.Queue> queues();

  /** Returns the live agents of Relay's own desk, ordered by id, at most 1,000; none if the store has no accounts. */
  List<Team.Member> members();

  /** Returns the mentions of an agent that came after one, 0 for all, newest first, at most {@code limit}. */
  List<Team.Mention> mentions(String agent, long after, int limit);

  /** Returns the live agents who have left or come back without what follows from it, as {@link Team.Member#isUnsettled} says. */
  List<Team.Member> unsettledMembers();

  /** Returns the waiting conversations that are offered to a live agent, ordered by id. */
  List<Conversation> offered(int limit);

  /** Returns the conversations that wait in one of these queues and are not offered to anybody, in the order of their turns. */
  List<Conversation> unoffered(Set<QueueName> queues, int limit);

  /** Returns the live agents of Relay's own desk and the queues that were set up. */
  default Team team() {
    return new Team(queues(), members());
  }

  /** Returns the number of live conversations of each live agent, by the agent's id; agents without any are absent. */
  Map<String, Long> liveByAgent();

  /** Returns the number of other conversations that wait in that queue. */
  int waitingIn(QueueName queue, ConversationId except);

  /** Returns the number of other conversations in that queue whose turn comes before that turn of a conversation. */
  int waitingBefore(QueueName queue, Instant turn, ConversationId waiting);

  /** Returns the 1-based place of a waiting conversation in its queue, by turn; empty if it does not wait. */
  Optional<Integer> queuePosition(ConversationId waiting);

  /** Returns the entries of a conversation with ids after that one, oldest first. */
  List<TranscriptEntry> transcript(ConversationId id, EntryId after, int limit);

  /** Returns the last entries of a conversation, oldest first. */
  default List<TranscriptEntry> latestEntries(ConversationId id, int limit) {
    return latestEntries(id, new EntryId(Long.MAX_VALUE), limit);
  }

  /** Returns the last entries of a conversation up to and including that one, oldest first. */
  List<TranscriptEntry> latestEntries(ConversationId id, EntryId upTo, int limit);

  /** Returns the entries of all conversations at an address with ids after that one, oldest first. */
  List<TranscriptEntry> transcriptAt(CustomerAddress address, EntryId after, int limit);

  /** Checks whether a file is part of a message at that address that has not been deleted. */
  boolean isShown(String attachment, CustomerAddress address);

  /** Returns the entry with that id. */
  Optional<TranscriptEntry> entry(EntryId id);

  /** Returns the first entry of a conversation from that side to which its source gave that id. */
  Optional<TranscriptEntry> entryBySource(ConversationId conversation, Side side, String sourceId);

  /** Returns the announcements after that one, oldest first. */
  List<TranscriptEntry> announcements(EntryId after, int limit);

  /** Returns the customer with that id. */
  Optional<Customer> customer(CustomerId id);

  /** Returns the customer to whom that channel gave that id. */
  Optional<Customer> customer(PortId channel, String externalId);

  /** Returns a customer and all who are the same, ordered by id; empty if there is no such customer. */
  List<Customer> sameCustomers(CustomerId id);

  /** Returns the case with that number. */
  Optional<SupportCase> supportCase(CaseNumber number);

  /** Returns the case with that number or, if it was merged, the case that remains of it. */
  default Optional<SupportCase> remainingCase(CaseNumber number) {
    Optional<SupportCase> found = supportCase(number);
    while (found.flatMap(SupportCase::merge).isPresent()) {
      found = found.flatMap(SupportCase::merge).flatMap(merge -> supportCase(merge.into()));
    }
    return found;
  }

  /** Returns the cases that match the filter, newest first, after (older than) the given one. */
  List<SupportCase> cases(CaseFilter filter, Optional<CaseNumber> after, int limit);

  /** Returns the most recently changed case of a customer and all who are the same; of several changed at one moment the newest. */
  Optional<SupportCase> latestCase(CustomerId customer);

  /** Returns the notes on a case, oldest first. */
  List<CaseNote> notes(CaseNumber number, int limit);

  /** Returns the history of a case, oldest first. */
  List<CaseHistoryEntry> history(CaseNumber number, int limit);

  /** Returns the message with that id that was planned for a later time. */
  Optional<Scheduled> scheduled(long id);

  /** Returns the messages that were planned for a customer and all who are the same, in every state, the last planned first. */
  List<Scheduled> scheduledFor(CustomerId customer, int limit);

  /** Returns the ids of the planned messages whose time has come and that still wait, the longest due first. */
  List<Long> scheduledDue(Instant now, int limit);

  /** Returns the planned announcement with that id. */
  Optional<Planned> plannedAnnouncement(long id);

  /** Returns the planned announcements in every state, the last planned first. */
  List<Planned> plannedAnnouncements(int limit);

  /** Returns the ids of the planned announcements whose time has come and that still wait, the longest due first. */
  List<Long> announcementsDue(Instant now, int limit);

  /** Returns the receipt of an event that was applied before. */
  Optional<Receipt> seen(EventKey key);

  /** Returns the lane with that key. */
  Optional<Lane> lane(LaneKey key);

  /** Returns all lanes of a conversation. */
  List<Lane> lanes(ConversationId conversation);

  /** Returns the parked lanes in the order of their keys (conversation, then destination), after that one. */
  List<Lane> parkedLanes(Optional<LaneKey> after, int limit);

  /**
   * Returns the parked lanes of a port whose last failure's reason contains that text, in the order of their keys, after that one.
   *
   * @param reason a part of the reason, compared exactly; empty for all lanes of the port
   */
  List<Lane> parkedLanes(PortId port, String reason, Optional<LaneKey> after, int limit);

  /** Returns the parked lanes of all conversations at an address, those of the newest conversation first. */
  List<Lane> parkedLanesAt(CustomerAddress address, int limit);

  /** Returns the entries of a conversation that were left out, in the order of their lanes and places. */
  List<LeftOut> leftOut(ConversationId conversation, int limit);

  /** Returns the entry at that place in that lane. */
  Optional<TranscriptEntry> laneEntry(LaneKey lane, long sequence);

  /** Returns the failures of a lane's entries, newest first. */
  List<DeliveryFailure> failures(LaneKey lane, int limit);

  /** Returns the backlog of each port with waiting entries or parked lanes, by the port's id. */
  List<Backlog> backlogs();

  /** Returns the number of parked lanes of all ports. */
  long parkedCount();

  /**
   * Returns when the next lane of that port can be claimed, no later than now for one that is due; empty if none waits. A lane that
   * only waits until another lane of its address is released counts as due.
   *
   * @param now the current time, by which {@link Transaction#claim} detects lanes that were given a time while the clock was ahead
   */
  Optional<Instant> nextLaneDue(PortId port, Instant now);

  /** Returns how far the channel has read at an address; empty if no position was saved. */
  Optional<String> position(CustomerAddress address);

  /**
   * Returns the reading positions of a channel: first at each address of a conversation that is not closed, then at the other
   * addresses, most recently saved first, at most {@value #RECENT_POSITIONS} of them.
   */
  List<ChannelPosition> positions(PortId channel);

  /** Returns the conversations whose timer is due, the longest due first. */
  List<ConversationId> conversationsDue(Instant now, int limit);

  /** Returns the cases whose timer is due, the longest due first. */
  List<CaseNumber> casesDue(Instant now, int limit);

  /** Returns the conversations whose timer is set later than that, the latest first. */
  List<ConversationId> conversationsAhead(Instant after, int limit);

  /** Returns the solved and pending cases whose timer is set later than that, the latest first. */
  List<CaseNumber> casesAhead(Instant after, int limit);

  /** Returns when the next timer of any conversation, case or planned message is due; empty if none is set. */
  Optional<Instant> nextTimer();

  /**
   * The backlog of one port's lanes.
   *
   * @param port the port
   * @param entries the entries that wait in lanes that are not parked
   * @param oldest when Relay accepted the oldest head of a lane that is not parked
   * @param parked the parked lanes
   */
  record Backlog(PortId port, long entries, Optional<Instant> oldest, long parked) {}

  /**
   * A place among all waiting conversations. It stays the same place after the conversation that had it has been accepted.
   *
   * @param turn the conversation's turn, as its state has it
   * @param conversation the conversation
   */
  record WaitingPlace(Instant turn, ConversationId conversation) {}

  /**
   * Returns what contains the words of a search, newest first, as the customers, messages and cases are in this state: nothing that was
   * deleted, and messages with their latest text. A store may keep an index that lags behind, but not return what the index alone knows.
   * Run it in {@link Store#search}.
   */
  Search.Found search(Search search);

  /**
   * A search for words. Immutable.
   *
   * @param words the words, all of which must be found
   * @param subject the things to search
   * @param scope what the reader may see. A customer is seen with one of their conversations or cases, or if they have none.
   * @param before the id below which to continue; empty for the newest
   * @param limit the most hits, at most {@value #MOST}
   */
  record Search(Words words, Subject subject, Team.Scope scope, Optional<Long> before, int limit) {
    /** The most hits of one search. */
    public static final int MOST = 50;

    /** Bounds the limit. */
    public Search {
      limit = Math.max(1, Math.min(limit, MOST));
    }

    /** What is searched. */
    public enum Subject {
      /** Customers: their names and the ids that their channels gave them. */
      CUSTOMERS,
      /** Messages of everybody, internal messages and comments of ratings, with the names of files. */
      MESSAGES,
      /** Cases: number, subject, description, fields, tags and notes. */
      CASES
    }

    /**
     * The hits of a search.
     *
     * @param hits newest first
     * @param next the id below which older hits may follow; empty if there are none. A page may have few hits, or none, and still a next one,
     *     because a store examines a bounded number of candidates at a time.
     * @param waiting how many things are not in the index yet and were not searched; 0 except after an upgrade
     */
    public record Found(List<Hit> hits, Optional<Long> next, long waiting) {
      /** Copies the hits. */
      public Found {
        hits = List.copyOf(hits);
      }
    }

    /**
     * A customer, message or case that contains all words.
     *
     * @param id the id of the customer or entry, or the number of the case
     * @param parts the parts that contain at least one of the words
     */
    public record Hit(long id, List<Part> parts) {
      /** Copies the parts. */
      public Hit {
        parts = List.copyOf(parts);
      }
    }

    /**
     * A text that is searched.
     *
     * @param field the part's name: {@code name}, {@code address}, {@code text}, {@code file}, {@code comment}, {@code number}, {@code
     *     subject}, {@code description}, {@code field}, {@code tag} or {@code note}
     * @param text the text, untrusted
     */
    public record Part(String field, String text) {}

    /** Returns the parts of a customer that are searched. */
    public static List<Part> partsOf(Customer customer) {
      return List.of(
          new Part("name", customer.displayName()), new Part("address", customer.externalId()));
    }

    /** Returns the parts of a case that are searched. */
    public static List<Part> partsOf(SupportCase supportCase, List<CaseNote> notes) {
      List<Part> parts = new ArrayList<>();
      parts.add(new Part("number", supportCase.number().toString()));
      parts.add(new Part("subject", supportCase.subject()));
      parts.add(new Part("description", supportCase.description()));
      new TreeMap<>(supportCase.fields())
          .forEach((name, value) -> parts.add(new Part("field", value)));
      new TreeSet<>(supportCase.tags()).forEach(tag -> parts.add(new Part("tag", tag)));
      notes.forEach(note -> parts.add(new Part("note", note.text())));
      return parts;
    }

    /** Returns the parts of an entry that are searched; none if it is no message. */
    public static List<Part> partsOf(EntryContent content) {
      List<Part> parts = new ArrayList<>();
      if (content instanceof EntryContent.Said said) {
        parts.add(new Part("text", said.body().text()));
        said.body().attachments().forEach(file -> parts.add(new Part("file", file.fileName())));
      } else if (content instanceof EntryContent.Whispered whispered) {
        parts.add(new Part("text", whispered.text()));
      } else if (content instanceof EntryContent.Rated rated) {
        rated.comment().ifPresent(comment -> parts.add(new Part("comment", comment)));
      }
      return parts;
    }

    /**
     * Returns the hit if the parts contain all words.
     *
     * @param id the id of the thing that has the parts
     */
    public Optional<Hit> hit(long id, List<Part> parts) {
      Set<String> missing = new HashSet<>(words.words());
      List<Part> found = new ArrayList<>();
      for (Part part : parts) {
        boolean isFound = false;
        for (Words.Token token : Words.tokens(part.text())) {
          for (String word : words.words()) {
            if (token.isFoundBy(word)) {
              missing.remove(word);
              isFound = true;
            }
          }
        }
        if (isFound) {
          found.add(part);
        }
      }
      return missing.isEmpty() && !found.isEmpty()
          ? Optional.of(new Hit(id, found))
          : Optional.empty();
    }

    /**
     * The words of a search, in the form in which they are compared: in lower case, without accents. Words are runs of letters and digits;
     * characters of scripts without spaces are words of their own. A word of two characters or more finds each word that begins with it.
     * Any text is a search: quotes and operators have no meaning. Immutable.
     *
     * @param words the different words, at most {@value #MOST}
     * @param number the number of a case, if the text is one ({@code #1042}): it finds that case and no other
     */
    public record Words(List<String> words, Optional<Long> number) {
      /** The most words that are compared; further ones are ignored. */
      public static final int MOST = 10;

      private static final int LONGEST = 60;
      private static final Pattern NUMBER = Pattern.compile("\\s*#([0-9]{1,18})\\s*");

      /** Copies the words. */
      public Words {
        words = List.copyOf(words);
      }

      /** Returns the words of a text that somebody typed; none if it contains no letter and no digit. */
      public static Words of(String text) {
        Matcher number = NUMBER.matcher(text);
        return new Words(
            tokens(text).stream()
                .map(token -> Cut.to(token.word(), LONGEST))
                .distinct()
                .limit(MOST)
                .toList(),
            number.matches() ? Optional.of(Long.parseLong(number.group(1))) : Optional.empty());
      }

      /** Returns the words of a text as an index should hold them: separated by spaces, in their order, also if they are repeated. */
      public static String folded(List<Part> parts) {
        return parts.stream()
            .flatMap(part -> tokens(part.text()).stream())
            .map(Token::word)
            .collect(Collectors.joining(" "));
      }

      /** Checks whether a word finds also longer words that begin with it. */
      public static boolean isPrefix(String word) {
        return word.codePointCount(0, word.length()) > 1;
      }

      /** Returns the places of these words in a text, in order. */
      public List<Place> places(String text) {
        return tokens(text).stream()
            .filter(token -> words.stream().anyMatch(token::isFoundBy))
            .map(token -> new Place(token.from(), token.to()))
            .toList();
      }

      /**
       * Returns the part of a text around the first place, with all places in it.
       *
       * @param max the most UTF-16 units, at least 40
       */
      public Marked marked(String text, int max) {
        int first = places(text).stream().findFirst().map(Place::from).orElse(0);
        int start = text.length() <= max
            ? 0
            : Math.max(0, Math.min(first - max / 4, text.length() - max + 2));
        int from = start == 0 ? 0 : Cut.at(text, start);
        String rest = (from > 0 ? "…" : "") + text.substring(from);
        String shown = Cut.withEllipsis(rest, max);
        return new Marked(shown, places(shown));
      }

      private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int from = 0;
        for (int at = 0; at < text.length(); ) {
          int character = text.codePointAt(at);
          int next = at + Character.charCount(character);
          boolean isMark = isMark(character);
          String folded = isMark ? "" : folded(character);
          boolean alone = Character.isIdeographic(character) || hasNoSpaces(character);
          if (word.length() > 0 && (alone || (folded.isEmpty() && !isMark))) {
            tokens.add(new Token(word.toString(), from, at));
            word.setLength(0);
          }
          if (word.length() == 0) {
            from = at;
          }
          word.append(folded);
          if (alone && word.length() > 0) {
            tokens.add(new Token(word.toString(), from, next));
            word.setLength(0);
          }
          at = next;
        }
        if (word.length() > 0) {
          tokens.add(new Token(word.toString(), from, text.length()));
        }
        return tokens;
      }

      private static boolean hasNoSpaces(int character) {
        return character >= 0x0e00
            && switch (Character.UnicodeScript.of(character)) {
              case HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> Character.isLetter(character);
              default -> false;
            };
      }

      private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
          case Character.NON_SPACING_MARK,
              Character.COMBINING_SPACING_MARK,
              Character.ENCLOSING_MARK,
              Character.FORMAT -> true;
          default -> false;
        };
      }

      /** Returns a character in the form that is compared; empty if it belongs to no word. */
      private static String folded(int character) {
        if (character < 0x80) {
          return Character.isLetterOrDigit(character)
              ? String.valueOf((char) Character.toLowerCase(character))
              : "";
        }
        if (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) {
          return "";
        }
        StringBuilder folded = new StringBuilder();
        Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD)
            .toUpperCase(Locale.ROOT)
            .toLowerCase(Locale.ROOT)
            .codePoints()
            .filter(Character::isLetterOrDigit)
            .forEach(folded::appendCodePoint);
        return folded.toString();
      }

      /** A word of a text and its place. */
      private record Token(String word, int from, int to) {
        boolean isFoundBy(String searched) {
          return isPrefix(searched) ? word.startsWith(searched) : word.equals(searched);
        }
      }
    }

    /**
     * A place in a text.
     *
     * @param from the first UTF-16 unit, from 0
     * @param to the unit after the last
     */
    public record Place(int from, int to) {}

    /**
     * A text with places in it.
     *
     * @param text the text, untrusted
     * @param places the places, in order
     */
    public record Marked(String text, List<Place> places) {
      /** Copies the places. */
      public Marked {
        places = List.copyOf(places);
      }
    }

    /**
     * The messages of a store as they are now, while its entries are read from the newest backwards: changes come before the messages that
     * they change. Not thread-safe.
     */
    public static final class Latest {
      private final Function<EntryId, Optional<TranscriptEntry>> entries;
      private final Set<EntryId> deleted = new HashSet<>();
      private final Map<EntryId, String> edited = new HashMap<>();

      /** Starts at the newest entry; older ones are looked up there. */
      public Latest(Function<EntryId, Optional<TranscriptEntry>> entries) {
        this.entries = entries;
      }

      /** Notes a change of an older message; returns that message's id, and empty if the entry is none or was not made by the author. */
      public Optional<EntryId> change(TranscriptEntry entry) {
        Optional<EntryId> message = changed(entries, entry);
        message.ifPresent(id -> {
          if (entry.content() instanceof EntryContent.Edited edit) {
            edited.putIfAbsent(id, edit.text());
          } else {
            deleted.add(id);
          }
        });
        return message;
      }

      /** Returns the messages of which a change was seen. */
      public Set<EntryId> changed() {
        Set<EntryId> changed = new HashSet<>(edited.keySet());
        changed.addAll(deleted);
        return changed;
      }

      /** Returns the message's parts after the changes that were seen; none if it was deleted. */
      public List<Part> partsOf(TranscriptEntry message) {
        if (deleted.contains(message.id())) {
          return List.of();
        }
        String text = edited.get(message.id());
        return partsOf(message.content(), Optional.ofNullable(text));
      }

      /** Returns the parts of a message with the text of an edit, if there is one. */
      public static List<Part> partsOf(EntryContent content, Optional<String> text) {
        return text.isPresent() && content instanceof EntryContent.Said said
            ? Search.partsOf(new EntryContent.Said(said.author(), said.body().withText(text.get())))
            : Search.partsOf(content);
      }

      /**
       * Returns the message that an entry changes: it follows changes of changes, and ignores those that were not made by the author.
       *
       * @param entries finds entries by their ids
       */
      public static Optional<EntryId> changed(
          Function<EntryId, Optional<TranscriptEntry>> entries, TranscriptEntry entry) {
        EntryContent content = entry.content();
        Participant author;
        EntryId target;
        if (content instanceof EntryContent.Edited edit) {
          author = edit.author();
          target = edit.target();
        } else if (content instanceof EntryContent.Deleted deletion) {
          author = deletion.author();
          target = deletion.target();
        } else {
          return Optional.empty();
        }
        // Each step leads to an older entry, so there is an end.
        Optional<TranscriptEntry> message = entries.apply(target);
        while (message.isPresent()
            && message.get().content() instanceof EntryContent.Edited edit
            && edit.target().value() < message.get().id().value()) {
          message = entries.apply(edit.target());
        }
        return message
            .filter(it -> it.conversation().equals(entry.conversation()))
            .filter(it ->
                it.content() instanceof EntryContent.Said said && said.author().isSameAs(author))
            .map(TranscriptEntry::id);
      }
    }
  }
}
