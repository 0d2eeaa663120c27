package dev.relay.app.config.section;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.DeskSettings;
import dev.relay.app.config.DeskSettings.Desk;
import dev.relay.app.config.setting.Catalogue;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import dev.relay.core.operations.Settings;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All sections: the catalogue of their settings, and the configuration that they build together. Thread-safe. */
public final class Sections {
  private final WebSection web = new WebSection();
  private final ChatSection chat = new ChatSection();
  private final LimitsSection limits = new LimitsSection();
  private final StorageSection storage = new StorageSection();
  private final KnowledgeSection knowledge = new KnowledgeSection();
  private final BotSection bot = new BotSection();
  private final ConversationSection conversations = new ConversationSection();
  private final CaseSection cases = new CaseSection();
  private final DeliverySection delivery = new DeliverySection(bot);
  private final ProcessSection process = new ProcessSection();
  private final TwilioSection twilio = new TwilioSection(web, delivery);
  private final QueueSection queues = new QueueSection(twilio);
  private final DeskSection desks = new DeskSection(twilio, delivery);
  private final RoutingSection routing = new RoutingSection(queues);
  private final TextsSection texts = new TextsSection();
  private final DiscordSection discord = new DiscordSection();
  private final PluginSection plugins = new PluginSection();
  private final FeedSection feeds = new FeedSection(discord, delivery);

  /** Returns all settings in the order of the documentation. */
  public Catalogue catalogue() {
    List<Setting<?>> settings = Stream.<Section<?>>of(
            web,
            chat,
            limits,
            storage,
            knowledge,
            bot,
            conversations,
            cases,
            delivery,
            process,
            queues,
            desks,
            routing,
            texts,
            discord,
            feeds,
            twilio,
            plugins)
        .<Setting<?>>flatMap(section -> section.settings().stream())
        .toList();
    return new Catalogue(settings);
  }

  /** Builds the configuration and reports everything that is wrong to {@code values}. */
  public Configuration read(Values values) {
    return new Configuration(
        web.read(values),
        chat.read(values),
        limits.read(values),
        storage.read(values),
        knowledge.read(values),
        bot.read(values),
        engine(values),
        process.read(values),
        texts.read(values),
        discord.read(values),
        feeds.read(values),
        desks.read(values),
        twilio.read(values),
        plugins.read(values));
  }

  private Settings engine(Values values) {
    Settings.Builder engine = Settings.builder();
    queues.read(values).forEach((name, queue) -> {
      engine.queue(name);
      queue.hours().ifPresent(hours -> engine.hours(name, hours));
      queue.desk().ifPresent(desk -> engine.desk(name, desk.id()));
    });
    engine
        .rules(routing.read(values))
        .conversations(conversations.read(values))
        .cases(cases.read(values))
        .caseNotices(values.get(cases.notices).stream()
            .map(CaseSection.CaseNotice::kind)
            .collect(Collectors.toSet()));
    DeliverySettings deliveries = delivery.read(values);
    DeskSettings desk = desks.read(values);
    desk.fallback().map(Desk::id).ifPresent(engine::fallbackDesk);
    desk.releaseAbsentAfter().ifPresent(engine::releaseAbsentAfter);
    return engine
        .backOff(deliveries.backOff())
        .answerPause(values.get(bot.pause))
        .handoffBackOff(desk.handoffBackOff())
        .deskOutage(desk.outage())
        .intakeLimit(deliveries.waitingEvents())
        .lease(deliveries.lease())
        .concurrency(deliveries.concurrency())
        .seenFor(deliveries.seenFor())
        .build();
  }
}
