package dev.relay.app.plugin;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import dev.relay.core.message.MessageBody;
import dev.relay.core.plugin.Plugin;
import dev.relay.core.plugin.Plugin.PluginContext;
import dev.relay.core.plugin.Plugin.PluginParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A plug-in whose customer writes lines into one file and reads the answers in another. */
public final class FileChannelPlugin implements Plugin {

  @Override
  public String name() {
    return "files";
  }

  @Override
  public PluginParts connect(PluginContext context) {
    Path folder = Path.of(context.required("folder"));
    return PluginParts.none()
        .channel(new FileChannel(folder.resolve("in.txt"), folder.resolve("out.txt")));
  }

  private static final class FileChannel implements Channel {
    private final PortId id = new PortId("files");
    private final Path in;
    private final Path out;
    private volatile boolean stopped;

    FileChannel(Path in, Path out) {
      this.in = in;
      this.out = out;
    }

    @Override
    public PortId id() {
      return id;
    }

    @Override
    public Capabilities capabilities() {
      return new Capabilities(false, false, false, false, 2_000);
    }

    @Override
    public void start(Inbox inbox) {
      Thread reader = new Thread(() -> read(inbox), "files");
      reader.setDaemon(true);
      reader.start();
    }

    private void read(Inbox inbox) {
      int done = 0;
      try {
        while (!stopped) {
          List<String> lines = Files.exists(in) ? Files.readAllLines(in) : List.of();
          for (; done < lines.size(); done++) {
            var unused = inbox.submit("bo", wrote("line-" + done, lines.get(done)));
          }
          Thread.sleep(50);
        }
      } catch (IOException | InterruptedException e) {
        stopped = true;
      }
    }

    private CustomerEvent wrote(String key, String text) {
      return new CustomerEvent.CustomerWrote(
          Origin.of(
              new EventKey(id.value(), key),
              new CustomerAddress(id, "bo"),
              new CustomerProfile("bo", "Bo", Locale.ENGLISH, Set.of())),
          Optional.of(key),
          MessageBody.text(text));
    }

    @Override
    public DeliveryResult deliver(Delivery delivery) {
      String text =
          delivery.what() instanceof Outbound.Message message ? message.body().text() : "";
      try {
        Files.writeString(
            out,
            text.replace('\n', ' ') + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
        return DeliveryResult.delivered();
      } catch (IOException e) {
        return DeliveryResult.retryLater("the file cannot be written");
      }
    }

    @Override
    public LookUp lookUp(Delivery delivery) {
      return new LookUp.CannotTell("nobody knows");
    }

    @Override
    public Health health() {
      return stopped ? Health.down("stopped") : Health.up();
    }

    @Override
    public void stop() {
      stopped = true;
    }
  }
}
