package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.twilio.fake.FakeConversation.Binding;
import dev.relay.twilio.fake.FakeConversation.FakeMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Customers who write to the account's senders by phone or page, and what they see there. Thread-safe. */
public final class Customers {
  private static final Set<String> STOP = Set.of(
      "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT", "ARRET");
  private static final Set<String> START = Set.of("START", "YES", "UNSTOP");

  private final World world;
  private final PhoneApi phones;
  private final Map<String, FakeMessage> written = new HashMap<>();
  /** The other addresses under which customers have written. */
  private final Set<String> scoped = new HashSet<>();

  Customers(World world) {
    this.world = world;
    this.phones = new PhoneApi(world);
  }

  /** Lets a customer write to a sender; returns the message's id, or nothing if no conversation receives the sender's messages. */
  public Optional<String> writes(String address, String sender, String text) {
    return sends(address, sender, text, Optional.empty());
  }

  /**
   * Lets a customer write in their newest conversation under another address: Twilio decides whether a customer of WhatsApp appears with
   * their number or with a business-scoped id.
   */
  public void writesAs(String address, String author, String text) {
    synchronized (world) {
      scoped.add(author);
      String unused =
          world.post(newest(address), author, text, "{}", List.of(), source(address), true).sid;
    }
  }

  /** Lets a customer write with a key. If called again with the same key, the same message is reported once more. */
  public void writes(String address, String sender, String key, String text) {
    synchronized (world) {
      String name = address + "/" + key;
      FakeMessage before = written.get(name);
      if (before == null) {
        Optional<String> unused = writes(address, sender, text);
        phones
            .openOf(address, sender)
            .ifPresent(it -> written.put(name, it.messages.get(it.messages.size() - 1)));
      } else {
        report(before);
      }
    }
  }

  private void report(FakeMessage message) {
    world.conversations.values().stream()
        .filter(it -> it.messages.contains(message))
        .forEach(it -> world.notifyOf(it, "onMessageAdded", message, source(message.author)));
  }

  /** Lets a customer send a file. */
  public Optional<String> sends(String address, String sender, String text, Optional<byte[]> file) {
    synchronized (world) {
      Optional<FakeConversation> conversation =
          phones.openOf(address, sender).or(() -> made(address, sender));
      applyReservedWord(address, text);
      List<FakeConversation.Media> files = file.map(content -> {
            FakeConversation.Media one = new FakeConversation.Media(
                world.sids.next("ME"), world.fileName, world.fileType, content);
            world.media.put(one.sid(), one);
            return List.of(one);
          })
          .orElse(List.of());
      return conversation.map(
          it -> world.post(it, address, text, "{}", files, source(address), true).sid);
    }
  }

  /** Twilio itself opts a customer of text messages out and in, and still passes the word on. */
  private void applyReservedWord(String address, String text) {
    String word = text.strip().toUpperCase(Locale.ROOT);
    if (address.contains(":")) {
      return;
    }
    if (STOP.contains(word)) {
      world.stopped.add(address);
    } else if (START.contains(word)) {
      world.stopped.remove(address);
    }
  }

  /** Lets files that customers send have that name and type. */
  public void sendsFilesAs(String name, String type) {
    synchronized (world) {
      world.fileName = name;
      world.fileType = type;
    }
  }

  /** Lets customers have that name of their own. */
  public void areCalled(String name) {
    synchronized (world) {
      world.profileName = name;
    }
  }

  /** Reports what Advanced Opt-Out makes of the customers' messages: STOP, START or HELP; empty for nothing. */
  public void optOutTypeIs(String type) {
    synchronized (world) {
      world.optOutType = type;
    }
  }

  /** Accepts messages to customers who have opted out, and reports in the receipt that they did not arrive. */
  public void refusesInReceipts() {
    synchronized (world) {
      world.refusesInReceipts = true;
    }
  }

  /** Holds back the receipts of messages until they are released. */
  public void holdReceipts() {
    synchronized (world) {
      world.holdsReceipts = true;
    }
  }

  /** Sends the receipts that were held back, and holds back no further ones. */
  public void releaseReceipts() {
    synchronized (world) {
      world.holdsReceipts = false;
      world.heldReceipts.forEach(Runnable::run);
      world.heldReceipts.clear();
    }
  }

  /** As the sender's address configuration says. */
  private Optional<FakeConversation> made(String address, String sender) {
    return world.addresses.values().stream()
        .filter(it -> it.path("address").asText().equals(sender))
        .map(it -> it.path("auto_creation"))
        .filter(it -> it.path("enabled").asBoolean() && it.path("type").asText().equals("webhook"))
        .findFirst()
        .map(creation -> made(address, sender, creation));
  }

  private FakeConversation made(String address, String sender, JsonNode creation) {
    FakeConversation conversation =
        new FakeConversation(world.sids.next("CH"), "", "", "{}", "", world.closedTimer);
    world.conversations.put(conversation.sid, conversation);
    List<String> filters = new ArrayList<>();
    creation.path("webhook_filters").forEach(it -> filters.add(it.asText()));
    conversation.hooks.add(FakeConversation.Hook.calling(
        world.sids.next("WH"), creation.path("webhook_url").asText(), filters));
    world.notifyOf(conversation, "onConversationAdded", source(address));
    conversation.bindings.put(
        address,
        new Binding(
            world.sids.next("MB"), source(address).toLowerCase(Locale.ROOT), address, sender));
    world.notifyOf(conversation, "onParticipantAdded", source(address));
    return conversation;
  }

  private static String source(String address) {
    int colon = address.indexOf(':');
    return colon < 0 ? "SMS" : address.substring(0, colon).toUpperCase(Locale.ROOT);
  }

  /** Returns the messages on a customer's phone, oldest first. */
  public List<String> shown(String address) {
    synchronized (world) {
      return world.conversations.values().stream()
          .filter(it -> it.bindings.containsKey(address))
          .flatMap(it -> it.messages.stream())
          .filter(it -> !it.author.equals(address) && !scoped.contains(it.author))
          .map(it -> it.body)
          .toList();
    }
  }

  /** Returns the ids of a customer's conversations, oldest first. */
  public List<String> conversations(String address) {
    synchronized (world) {
      return world.conversations.values().stream()
          .filter(it -> it.bindings.containsKey(address))
          .map(it -> it.sid)
          .toList();
    }
  }

  /** Lets another program post in a customer's conversation, with webhooks. */
  public void interferes(String address, String author, String text) {
    synchronized (world) {
      FakeMessage unused = world.post(newest(address), author, text, "{}", List.of(), "SDK", true);
    }
  }

  /** Makes Twilio report all messages of a customer's conversation, Relay's own too. */
  public void echoAll(String address) {
    synchronized (world) {
      FakeConversation conversation = newest(address);
      List.copyOf(conversation.messages)
          .forEach(it -> world.notifyOf(conversation, "onMessageAdded", it, source(address)));
    }
  }

  /** Closes a customer's conversation as Twilio's timer does, with or without a webhook. */
  public void closes(String address, boolean notify) {
    synchronized (world) {
      FakeConversation conversation = newest(address);
      if (notify) {
        world.stateChanged(conversation, "closed", "TIMER");
      } else {
        conversation.state = "closed";
      }
    }
  }

  private FakeConversation newest(String address) {
    List<FakeConversation> all = world.conversations.values().stream()
        .filter(it -> it.bindings.containsKey(address))
        .toList();
    return all.get(all.size() - 1);
  }

  /** Lets a customer send STOP, after which Twilio refuses to write to them. */
  public void stops(String address) {
    synchronized (world) {
      world.stopped.add(address);
    }
  }

  /** Lets no message reach a customer's phone, with that code of Twilio's. */
  public void losesAll(String address, int code) {
    synchronized (world) {
      world.lost.put(address, code);
    }
  }

  /** Makes Twilio's next lists of a customer's conversations stale: they are empty. */
  public void listsAreBehind(int lists) {
    synchronized (world) {
      world.staleLists = lists;
    }
  }

  /** Sets the code with which Twilio refuses an address that is in use: 50416 for one, 50425 for several in a group. */
  public void refusesPairsWith(int code) {
    synchronized (world) {
      world.pairCode = code;
    }
  }

  /** Removes the account's timer for conversations that Twilio creates itself. */
  public void forgetTimer() {
    synchronized (world) {
      world.closedTimer = "";
    }
  }

  /** Directs a sender's messages elsewhere, as another program does. */
  public void taken(String type, String sender, String url) {
    synchronized (world) {
      String sid = world.sids.next("IG");
      var address = Json.object()
          .put("sid", sid)
          .put("account_sid", world.account.sid())
          .put("type", type)
          .put("address", sender)
          .put("friendly_name", "somebody else's")
          .put("date_created", FakeTwilio.DATE)
          .put("date_updated", FakeTwilio.DATE)
          .put("url", "https://conversations.twilio.com/v1/Configuration/Addresses/" + sid);
      address
          .putObject("auto_creation")
          .put("enabled", !url.isEmpty())
          .put("type", "webhook")
          .put("webhook_url", url);
      world.addresses.put(sid, address);
    }
  }

  /** Returns the address that receives a sender's messages; empty if none is set. */
  public String destination(String sender) {
    synchronized (world) {
      return world.addresses.values().stream()
          .filter(it -> it.path("address").asText().equals(sender))
          .map(it -> it.path("auto_creation").path("webhook_url").asText())
          .findFirst()
          .orElse("");
    }
  }
}
