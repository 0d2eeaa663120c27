package dev.relay.twilio;

/** A medium in tests: the account's sender in it, and people who write to that. */
enum Line {
  SMS(new Sender(Sender.Medium.SMS, "+15550100"), "+1555020"),
  WHATSAPP(new Sender(Sender.Medium.WHATSAPP, "whatsapp:+15550100"), "whatsapp:+1555020"),
  MESSENGER(new Sender(Sender.Medium.MESSENGER, "messenger:900100"), "messenger:77020");

  private final Sender sender;
  private final String people;

  Line(Sender sender, String people) {
    this.sender = sender;
    this.people = people;
  }

  Sender sender() {
    return sender;
  }

  /** The address of the person of that number, 1 to 9. */
  String person(int number) {
    return people + number;
  }
}
