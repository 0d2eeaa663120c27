package dev.relay.discord;

import dev.relay.core.channel.Channel;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.testkit.ChannelContract;
import dev.relay.testkit.Eventually;
import dev.relay.testkit.FarSideTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Runs the contract of channels on the Discord channel. All rules at once, because they wait in real time, each with a Discord of its own. */
@Execution(ExecutionMode.CONCURRENT)
class DiscordChannelContractTest extends ChannelContract {
  private final FakeDiscord discord = FakeDiscord.startInRealTime();
  private final List<DiscordBot> bots = new ArrayList<>();
  private final Map<String, Long> written = new HashMap<>();

  @AfterEach
  void close() {
    bots.forEach(DiscordBot::close);
    discord.close();
  }

  @Override
  protected Channel newChannel() {
    DiscordBot bot = DiscordBot.with(DiscordBots.settings(discord)).build();
    bots.add(bot);
    return bot.channel();
  }

  @Override
  protected CustomerAddress address(int customer) {
    return DiscordAddresses.address(customer(customer).id());
  }

  private FakeCustomer customer(int customer) {
    return discord.customer("customer" + customer);
  }

  @Override
  protected List<String> shown(CustomerAddress address) {
    return customerAt(address).textsFromBot().stream()
        .map(text -> text.replaceFirst("^\\*\\*Bea:\\*\\*\\s", ""))
        .toList();
  }

  private FakeCustomer customerAt(CustomerAddress address) {
    for (int customer = 1; customer <= 8; customer++) {
      if (address(customer).equals(address)) {
        return customer(customer);
      }
    }
    throw new AssertionError("no customer has that address");
  }

  @Override
  protected void customerWrites(CustomerAddress address, String messageId, String text) {
    // Messages from before the bot first listened are lost in Discord, too.
    bots.forEach(bot -> Eventually.holds("it listens or is stopped", () -> isSettled(bot)));
    written.computeIfAbsent(
        address.key() + " " + messageId, first -> customerAt(address).writes(text));
  }

  private static boolean isSettled(DiscordBot bot) {
    return bot.health().ready() || bot.health().detail().equals("stopped");
  }

  @Override
  protected Duration requestedWait() {
    return FakeTroubles.WAIT;
  }

  @Override
  protected void trouble(FarSideTrouble trouble) {
    FakeTroubles.begin(discord, trouble);
  }

  @Override
  protected void repair() {
    FakeTroubles.end(discord);
  }
}
