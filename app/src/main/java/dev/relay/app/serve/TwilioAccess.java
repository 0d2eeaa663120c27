package dev.relay.app.serve;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.Secret;
import dev.relay.app.config.TwilioSettings;
import dev.relay.twilio.account.TwilioAddresses;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings.ApiKey;
import dev.relay.twilio.account.TwilioSettings.Ids;
import dev.relay.twilio.account.TwilioSettings.Limits;
import dev.relay.twilio.account.TwilioSettings.Routing;
import dev.relay.twilio.account.TwilioSettings.Senders;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Converts the operator's Twilio settings to the adapter's. */
public final class TwilioAccess {
  /** The task channel of Flex's chats. */
  private static final String TASK_CHANNEL = "chat";
  /** The looks for lost webhooks after which waiting handoffs count as delivered, if that is sooner than the usual time. */
  private static final int LOOKS_UNTIL_SETTLED = 4;

  private TwilioAccess() {}

  /** Returns the settings of that account; the configuration has been checked to have all of them. */
  public static dev.relay.twilio.account.TwilioSettings of(
      Configuration configuration, String accountSid) {
    TwilioSettings own = configuration.twilio();
    return new dev.relay.twilio.account.TwilioSettings(
        accountSid,
        needed(own.authToken(), "twilio.authToken").reveal(),
        own.secondAuthToken().map(Secret::reveal),
        own.webhookSharedKey().map(Secret::reveal),
        own.apiKeySid()
            .flatMap(sid -> own.apiKeySecret().map(secret -> new ApiKey(sid, secret.reveal()))),
        new Ids(
            own.chatServiceSid(),
            own.workspaceSid(),
            own.workflowSid(),
            own.instanceSid(),
            own.studioFlowSid()),
        TASK_CHANNEL,
        own.routing() == TwilioSettings.Routing.STUDIO ? Routing.STUDIO : Routing.RELAY,
        senders(own),
        publicUrl(configuration),
        new TwilioAddresses(own.apiUrl()),
        limits(own));
  }

  private static URI publicUrl(Configuration configuration) {
    URI url = needed(configuration.http().publicUrl(), "publicUrl");
    return URI.create(url.toString().replaceFirst("/+$", ""));
  }

  /** Returns the configured senders. */
  static Senders senders(TwilioSettings own) {
    List<TwilioSender> listed = Stream.concat(
            own.senders().stream(),
            Stream.of(own.smsSender(), own.whatsappSender(), own.messengerSender())
                .flatMap(Optional::stream))
        .distinct()
        .map(TwilioSender::parse)
        .flatMap(Optional::stream)
        .toList();
    return new Senders(
        own.senders().contains(TwilioSettings.AUTO),
        listed,
        own.senderLanguage(),
        own.customerNumbers() == TwilioSettings.Numbers.SHOWN);
  }

  private static Limits limits(TwilioSettings own) {
    Limits usual = Limits.DEFAULT;
    return new Limits(
        Collections.min(List.of(own.requestTimeout(), usual.connectTimeout())),
        own.requestTimeout(),
        usual.inactiveAfter(),
        usual.closedAfter(),
        usual.doubtLasts(),
        own.watchEvery(),
        Collections.min(
            List.of(usual.settlesAfter(), own.watchEvery().multipliedBy(LOOKS_UNTIL_SETTLED))),
        own.fileMegabytes() * Limits.MEGABYTE,
        usual.filePause());
  }

  private static <T> T needed(Optional<T> setting, String key) {
    return setting.orElseThrow(() -> new IllegalStateException(key + " is missing"));
  }
}
