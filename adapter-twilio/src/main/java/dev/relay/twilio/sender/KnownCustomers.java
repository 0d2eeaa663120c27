package dev.relay.twilio.sender;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.wire.LruCache;
import dev.relay.twilio.wire.PhoneNumber;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who a customer is, by the address from which they write, and whether they accept messages. A number has several forms, and a customer of
 * WhatsApp writes from their number or from a business-scoped id: Relay knows each customer by the address that it saw first. What is not
 * remembered is read from the store, where it is a part of the read position. Thread-safe; may block for the store.
 */
final class KnownCustomers {
  /** The number of customers that are remembered; others are read from the store again. */
  private static final int REMEMBERED = 20_000;

  /** What is kept as the read position at an address whose customer is known by another one. */
  private static final String ALIAS = "same:";

  private final TwilioPort port;
  private final TwilioSender.Medium medium;
  /** The keys of customers, by the usual form of each of their addresses. */
  private final Map<String, String> keys = LruCache.of(REMEMBERED);

  private final Map<CustomerAddress, Consent> consents = LruCache.of(REMEMBERED);

  KnownCustomers(TwilioPort port, TwilioSender.Medium medium) {
    this.port = port;
    this.medium = medium;
  }

  // Addresses

  /** Returns the customer with that address; a new customer is known by its usual form. */
  CustomerAddress of(String address) {
    return at(known(address).orElseGet(() -> usual(address)));
  }

  /**
   * Returns the customer who wrote from an address in a conversation.
   *
   * @param conversation the Twilio conversation, {@code CH…}
   * @param customer the customer of the conversation, if it is remembered
   * @param address the author's address
   */
  CustomerAddress of(String conversation, Optional<CustomerAddress> customer, String address) {
    if (customer.isPresent() && areOne(customer.get(), address)) {
      return customer.get();
    }
    Optional<String> known = known(address);
    if (known.isPresent() || medium != TwilioSender.Medium.WHATSAPP) {
      return at(known.orElseGet(() -> usual(address)));
    }
    return kept(conversation).filter(it -> areOne(it, address)).orElseGet(() -> at(usual(address)));
  }

  /**
   * Checks whether the customer of a conversation wrote from that address. A conversation of WhatsApp has one customer: their number and a
   * business-scoped id in it are theirs, and a new one of these is known as theirs from then on.
   */
  boolean areOne(CustomerAddress customer, String address) {
    Optional<String> known = known(address);
    if (known.orElseGet(() -> usual(address)).equals(customer.key())) {
      return true;
    }
    boolean isOtherKind = medium == TwilioSender.Medium.WHATSAPP
        && PhoneNumber.in(customer.key()).isPresent() != PhoneNumber.in(address).isPresent();
    if (isOtherKind && known.isEmpty()) {
      remember(address, customer.key());
      port.intake().ifPresent(intake -> {
        var unused = intake.keepPosition(at(usual(address)), ALIAS + customer.key());
      });
    }
    return isOtherKind;
  }

  /** Remembers what was kept of a customer. */
  void recall(ChannelPosition kept) {
    String key = kept.address().key();
    remember(key, alias(kept.position()).orElse(key));
    ReadPosition.parse(kept.position()).ifPresent(it -> {
      Consent unused = recalled(kept.address(), it.consent());
    });
  }

  /** Returns the customer whose kept read position is in that conversation. */
  Optional<CustomerAddress> kept(String conversation) {
    return port.intake().map(it -> it.positions(port.id())).orElse(List.of()).stream()
        .filter(it -> ReadPosition.parse(it.position())
            .filter(at -> at.sid().equals(conversation))
            .isPresent())
        .map(ChannelPosition::address)
        .findFirst();
  }

  /** Returns the key of a customer from whom Relay has kept something. */
  private Optional<String> known(String address) {
    Optional<String> remembered = remembered(address);
    if (remembered.isPresent()) {
      return remembered;
    }
    Optional<String> kept = port.intake()
        .flatMap(intake -> PhoneNumber.forms(address).stream()
            .flatMap(form -> keyAt(form, intake).stream())
            .findFirst());
    kept.ifPresent(key -> remember(address, key));
    return kept;
  }

  private Optional<String> keyAt(String form, Intake intake) {
    return intake.position(at(form)).map(position -> alias(position).orElse(form));
  }

  private static Optional<String> alias(String position) {
    return position.startsWith(ALIAS)
        ? Optional.of(position.substring(ALIAS.length()))
        : Optional.empty();
  }

  private CustomerAddress at(String key) {
    return new CustomerAddress(port.id(), key);
  }

  private static String usual(String address) {
    return PhoneNumber.forms(address).get(0);
  }

  private synchronized Optional<String> remembered(String address) {
    return Optional.ofNullable(keys.get(usual(address)));
  }

  private synchronized void remember(String address, String key) {
    keys.put(usual(address), key);
  }

  // Consent

  /** Records what a customer has said about messages to them; it is kept with their next read position. */
  synchronized void said(CustomerAddress customer, Consent consent) {
    consents.put(customer, consent);
  }

  /**
   * Records that Twilio refuses messages to a customer, unless they have opted in since: then the refusal is about the time before.
   *
   * @param before the consent when the refused message was posted, or the last one known before the refusal was read
   * @return whether the customer has opted out
   */
  synchronized boolean refused(CustomerAddress customer, Consent before) {
    if (consents.get(customer) instanceof Consent.OptedIn optedIn && !optedIn.equals(before)) {
      return false;
    }
    consents.put(customer, new Consent.OptedOut());
    return true;
  }

  /** Returns a customer's consent. */
  Consent consent(CustomerAddress customer) {
    Optional<Consent> remembered = remembered(customer);
    if (remembered.isPresent()) {
      return remembered.get();
    }
    Optional<ReadPosition> kept =
        port.intake().flatMap(it -> it.position(customer)).flatMap(ReadPosition::parse);
    return kept.map(it -> recalled(customer, it.consent())).orElseGet(Consent.Assumed::new);
  }

  /** Checks whether a customer has opted out. */
  boolean isOptedOut(CustomerAddress customer) {
    return consent(customer) instanceof Consent.OptedOut;
  }

  private synchronized Optional<Consent> remembered(CustomerAddress customer) {
    return Optional.ofNullable(consents.get(customer));
  }

  /** Remembers what was read, unless something newer is known; returns what counts. */
  private synchronized Consent recalled(CustomerAddress customer, Consent consent) {
    Consent newer = consents.putIfAbsent(customer, consent);
    return newer == null ? consent : newer;
  }
}
