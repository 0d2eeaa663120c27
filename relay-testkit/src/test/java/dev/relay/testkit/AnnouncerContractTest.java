package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Announcer;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.PortId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AnnouncerContractTest {

  /** An announcer over the fake medium that keeps all rules; the wrong ones break one each. */
  static class MediumAnnouncer implements Announcer {
    private final FakeMedium medium;

    MediumAnnouncer(FakeMedium medium) {
      this.medium = medium;
    }

    @Override
    public PortId id() {
      return new PortId("medium-news");
    }

    @Override
    public DeliveryResult publish(Announcement announcement) {
      try {
        return DeliveryResult.delivered(
            medium.show("news", keyOf(announcement), wordsOf(announcement)));
      } catch (FakeMedium.Failure failure) {
        return onFailure(failure, announcement);
      }
    }

    String keyOf(Announcement announcement) {
      return announcement.id().value();
    }

    String wordsOf(Announcement announcement) {
      return announcement.title() + "\n" + announcement.text() + "\n"
          + announcement.url().orElse("")
          + announcement.supportCase().map(it -> "\n" + it.status()).orElse("");
    }

    @Override
    public DeliveryResult update(Announcement card, String externalId) {
      try {
        medium.change("news", externalId, wordsOf(card));
        return DeliveryResult.delivered();
      } catch (FakeMedium.Failure failure) {
        return onFailure(failure, card);
      }
    }

    DeliveryResult onFailure(FakeMedium.Failure failure, Announcement announcement) {
      return MediumResults.of(failure);
    }

    @Override
    public LookUp lookUp(Announcement announcement) {
      try {
        Optional<String> id = medium.find("news", announcement.id().value());
        return id.isPresent() ? new LookUp.Found(id) : new LookUp.NotFound();
      } catch (FakeMedium.Failure failure) {
        return MediumResults.lookUp(failure);
      }
    }
  }

  /** The contract, joined to the fake medium. */
  abstract static class OverMedium extends AnnouncerContract {
    private final FakeMedium medium = new FakeMedium();
    private final Announcer announcer = over(medium);

    abstract Announcer over(FakeMedium far);

    @Override
    protected Announcer announcer() {
      return announcer;
    }

    @Override
    protected List<String> shown() {
      return medium.shown("news");
    }

    @Override
    protected boolean changesCards() {
      return true;
    }

    @Override
    protected void deleted(String externalId) throws FakeMedium.Failure {
      medium.remove("news", externalId);
    }

    @Override
    protected void trouble(FarSideTrouble trouble) {
      medium.trouble(trouble);
    }

    @Override
    protected void repair() {
      medium.repair();
    }
  }

  @Nested
  class The_right_one_passes extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far);
    }
  }

  static class Rule_A1_1 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        private int asked;

        @Override
        public PortId id() {
          return new PortId("news-" + ++asked);
        }
      };
    }
  }

  static class Rule_A1_2 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        public LookUp lookUp(Announcement announcement) {
          LookUp found = super.lookUp(announcement);
          if (found instanceof LookUp.CannotTell it && it.reason().equals("ANSWER_GARBLED")) {
            throw new IllegalStateException("no JSON");
          }
          return found;
        }
      };
    }
  }

  static class Rule_A1_3 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        private final Set<String> sent = new HashSet<>();

        @Override
        String keyOf(Announcement announcement) {
          String key = super.keyOf(announcement);
          return sent.add(key) ? key : "again " + key;
        }
      };
    }
  }

  static class Rule_A1_4 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, Announcement announcement) {
          DeliveryResult right = super.onFailure(failure, announcement);
          return right instanceof DeliveryResult.Unknown
              ? DeliveryResult.retryLater("once more")
              : right;
        }
      };
    }
  }

  static class Rule_A1_5 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, Announcement announcement) {
          DeliveryResult right = super.onFailure(failure, announcement);
          return right instanceof DeliveryResult.RetryLater later
              ? DeliveryResult.retryLater(later.reason())
              : right;
        }
      };
    }
  }

  static class Rule_A1_6 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, Announcement announcement) {
          DeliveryResult right = super.onFailure(failure, announcement);
          return right instanceof DeliveryResult.Rejected
              ? DeliveryResult.retryLater("perhaps later")
              : right;
        }
      };
    }
  }

  static class Rule_A1_7 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        public LookUp lookUp(Announcement announcement) {
          return new LookUp.NotFound();
        }
      };
    }
  }

  static class Rule_A1_8 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, Announcement announcement) {
          DeliveryResult right = super.onFailure(failure, announcement);
          return right instanceof DeliveryResult.Rejected
              ? new DeliveryResult.Rejected("not taken: " + announcement.text())
              : right;
        }
      };
    }
  }

  static class Rule_A1_9 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        String wordsOf(Announcement announcement) {
          String words = super.wordsOf(announcement);
          return words.length() > 2_000 ? words.substring(0, 2_000) : words;
        }
      };
    }
  }

  static class Rule_A1_10 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        private int updates;

        @Override
        String wordsOf(Announcement announcement) {
          return super.wordsOf(announcement)
              + announcement.supportCase().map(it -> "\nchanged " + updates).orElse("");
        }

        @Override
        public DeliveryResult update(Announcement card, String externalId) {
          updates++;
          return super.update(card, externalId);
        }
      };
    }
  }

  static class Rule_A1_11 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        public DeliveryResult update(Announcement card, String externalId) {
          DeliveryResult result = super.update(card, externalId);
          return result instanceof DeliveryResult.Delivered && far.shown("news").isEmpty()
              ? new DeliveryResult.Rejected("there is no such card")
              : result;
        }
      };
    }
  }

  static class Rule_A1_12 extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        public DeliveryResult update(Announcement card, String externalId) {
          DeliveryResult result = super.update(card, externalId);
          return result instanceof DeliveryResult.RetryLater later
                  && later.after().isPresent()
              ? result
              : DeliveryResult.delivered();
        }
      };
    }
  }

  /** An announcer without cards that change is right, too. */
  @Nested
  class The_one_that_changes_no_cards_passes extends OverMedium {
    @Override
    Announcer over(FakeMedium far) {
      return new MediumAnnouncer(far) {
        @Override
        public DeliveryResult update(Announcement card, String externalId) {
          return DeliveryResult.delivered();
        }
      };
    }

    @Override
    protected boolean changesCards() {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Rule_A1_1.class,
        Rule_A1_2.class,
        Rule_A1_3.class,
        Rule_A1_4.class,
        Rule_A1_5.class,
        Rule_A1_6.class,
        Rule_A1_7.class,
        Rule_A1_8.class,
        Rule_A1_9.class,
        Rule_A1_10.class,
        Rule_A1_11.class,
        Rule_A1_12.class
      })
  void a_wrong_announcer_fails_exactly_its_rule(Class<?> wrong) {
    assertThat(BrokenRules.of(wrong)).containsExactly(BrokenRules.ruleBrokenBy(wrong));
  }
}
