package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Channel;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.EventKey;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.message.MessageBody;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChannelContractTest {

  /** The contract, connected to the fake medium. */
  abstract static class OverMedium extends ChannelContract {
    private final FakeMedium medium = new FakeMedium();

    abstract Channel over(FakeMedium far);

    @Override
    protected Channel newChannel() {
      return over(medium);
    }

    @Override
    protected CustomerAddress address(int customer) {
      return new CustomerAddress(MediumChannel.ID, "place-" + customer);
    }

    @Override
    protected List<String> shown(CustomerAddress address) {
      return medium.shown(address.key());
    }

    @Override
    protected void customerWrites(CustomerAddress address, String messageId, String text) {
      medium.happens(address.key(), messageId, "wrote", text);
    }

    @Override
    protected void trouble(FarSideTrouble trouble) {
      medium.trouble(trouble);
    }

    @Override
    protected void repair() {
      medium.repair();
    }

    /** Returns zero, because the medium breaks its connections at once. */
    @Override
    protected Duration outage() {
      return Duration.ZERO;
    }

    @Override
    protected boolean isIdle() {
      return medium.isIdle();
    }
  }

  @Nested
  class The_right_one_passes extends OverMedium {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far);
    }
  }

  /** A deliberately wrong one. */
  abstract static class Wrong extends OverMedium {}

  static class Rule_C1_1 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        private boolean started;

        @Override
        public void start(Inbox inbox) {
          super.start(inbox);
          started = true;
        }

        @Override
        public Capabilities capabilities() {
          return started ? super.capabilities() : Capabilities.text(1);
        }
      };
    }
  }

  static class Rule_C1_2 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        public void start(Inbox inbox) {
          try {
            far.find("anywhere", "anything");
          } catch (FakeMedium.Failure failure) {
            throw new IllegalStateException(failure);
          }
          super.start(inbox);
        }
      };
    }
  }

  static class Rule_C1_3 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        public LookUp lookUp(Delivery delivery) {
          LookUp found = super.lookUp(delivery);
          if (found instanceof LookUp.CannotTell it && it.reason().equals("ANSWER_GARBLED")) {
            throw new IllegalStateException("no JSON");
          }
          return found;
        }
      };
    }
  }

  static class Rule_C1_4 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        private final Set<String> sent = new HashSet<>();

        @Override
        String send(String place, Delivery delivery) throws FakeMedium.Failure {
          if (!sent.add(delivery.id().value())
              && delivery.what() instanceof Outbound.Message message) {
            return far.show(place, "again " + delivery.id(), message.body().text());
          }
          return super.send(place, delivery);
        }
      };
    }
  }

  static class Rule_C1_5 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, Delivery delivery) {
          DeliveryResult right = super.onFailure(failure, delivery);
          return right instanceof DeliveryResult.Unknown
              ? DeliveryResult.retryLater("once more")
              : right;
        }
      };
    }
  }

  static class Rule_C1_6 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        int since(Intake intake) {
          return far.lastIndex();
        }
      };
    }
  }

  static class Rule_C1_7 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        public void stop() {
          // Continues to listen.
        }
      };
    }
  }

  static class Rule_C1_8 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, Delivery delivery) {
          DeliveryResult right = super.onFailure(failure, delivery);
          return right instanceof DeliveryResult.RetryLater later
              ? DeliveryResult.retryLater(later.reason())
              : right;
        }
      };
    }
  }

  static class Rule_C1_9 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, Delivery delivery) {
          DeliveryResult right = super.onFailure(failure, delivery);
          return right instanceof DeliveryResult.Rejected
              ? DeliveryResult.retryLater("perhaps later")
              : right;
        }
      };
    }
  }

  static class Rule_C1_10 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        public LookUp lookUp(Delivery delivery) {
          return new LookUp.NotFound();
        }
      };
    }
  }

  static class Rule_C1_11 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, Delivery delivery) {
          DeliveryResult right = super.onFailure(failure, delivery);
          return right instanceof DeliveryResult.Rejected
              ? new DeliveryResult.Rejected("not taken: " + delivery.what())
              : right;
        }
      };
    }
  }

  static class Rule_C1_12 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        String send(String place, Delivery delivery) throws FakeMedium.Failure {
          if (delivery.what() instanceof Outbound.Message message
              && message.body().text().length() > MAX_TEXT) {
            return far.show(
                place, delivery.id().value(), message.body().text().substring(0, MAX_TEXT));
          }
          return super.send(place, delivery);
        }
      };
    }
  }

  static class Rule_C1_13 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        public DeliveryResult deliver(Delivery delivery) {
          if (delivery.what().toString().contains("<script>")) {
            throw new IllegalArgumentException("no scripts");
          }
          return super.deliver(delivery);
        }
      };
    }
  }

  static class Rule_C1_14 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        public DeliveryResult deliver(Delivery delivery) {
          return delivery.what() instanceof Outbound.Edit
              ? DeliveryResult.delivered()
              : super.deliver(delivery);
        }
      };
    }
  }

  static class Rule_C1_15 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        Event read(FakeMedium.Report report) {
          CustomerWrote right = (CustomerWrote) super.read(report);
          Origin origin = right.origin();
          Origin elsewhere = new Origin(
              origin.key(),
              new CustomerAddress(ID, "place-1"),
              origin.profile(),
              origin.position(),
              Optional.empty(),
              Optional.empty());
          return new CustomerWrote(elsewhere, right.sourceId(), right.body());
        }
      };
    }
  }

  static class Rule_C1_16 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        MediumEars ears(Inbox inbox) {
          return new MediumEars(far, inbox, this::read) {
            @Override
            void submit(Inbox receiver, String place, Event event) {
              var unused = receiver.intake().submit(event);
            }
          };
        }
      };
    }
  }

  static class Rule_C1_17 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      Thread only = Thread.currentThread();
      return new MediumChannel(far) {
        @Override
        public DeliveryResult deliver(Delivery delivery) {
          return Thread.currentThread() == only
              ? super.deliver(delivery)
              : DeliveryResult.retryLater("busy");
        }
      };
    }
  }

  static class Rule_C1_4_after_a_restart extends Wrong {
    private int instances;

    @Override
    Channel over(FakeMedium far) {
      int instance = ++instances;
      return new MediumChannel(far) {
        @Override
        String keyOf(Delivery delivery) {
          return super.keyOf(delivery) + " of instance " + instance;
        }
      };
    }
  }

  static class Rule_C1_4_never_shows_what_broke_off extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        private final Set<String> tried = new HashSet<>();

        @Override
        public DeliveryResult deliver(Delivery delivery) {
          DeliveryResult result = tried.contains(keyOf(delivery))
              ? DeliveryResult.delivered(keyOf(delivery))
              : super.deliver(delivery);
          if (result instanceof DeliveryResult.Unknown) {
            tried.add(keyOf(delivery));
          }
          return result;
        }
      };
    }
  }

  static class Rule_C1_5_retries_after_an_internal_error extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, Delivery delivery) {
          return failure.trouble() == FarSideTrouble.FAILS_INTERNALLY
              ? DeliveryResult.retryLater("an internal error")
              : super.onFailure(failure, delivery);
        }
      };
    }
  }

  static class Rule_C1_15_leaves_the_place_out_of_the_key extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        EventKey keyOf(FakeMedium.Report report) {
          return new EventKey("medium", report.id());
        }
      };
    }
  }

  static class Rule_C1_18 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        String textOf(MessageBody body) {
          return body.text();
        }
      };
    }
  }

  static class Rule_C1_19 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        String customerOf(FakeMedium.Report report) {
          return "customer";
        }
      };
    }
  }

  static class Rule_C1_20 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        MediumEars ears(Inbox inbox) {
          return new MediumEars(far, inbox, this::read) {
            @Override
            void onLost() {
              // Gives up at the first failure.
            }
          };
        }
      };
    }
  }

  static class Rule_C1_21 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        public Reach reachFor(CustomerAddress address, Optional<Instant> lastWrote) {
          try {
            far.find(address.key(), "anything");
            return Reach.open();
          } catch (FakeMedium.Failure failure) {
            throw new IllegalStateException(failure);
          }
        }
      };
    }
  }

  static class Rule_C1_21_takes_an_outage_for_a_refusal extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        public Reach reachFor(CustomerAddress address, Optional<Instant> lastWrote) {
          try {
            far.find(address.key(), "anything");
            return Reach.open();
          } catch (FakeMedium.Failure failure) {
            return new Reach.Closed(Reach.Code.REFUSED, "not at the moment", Optional.empty());
          }
        }
      };
    }
  }

  static class Rule_C1_21_refuses_whoever_has_just_written extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        public Reach reachFor(CustomerAddress address, Optional<Instant> lastWrote) {
          return new Reach.Closed(Reach.Code.UNSUPPORTED, "answers only", Optional.empty());
        }
      };
    }
  }

  static class Rule_C1_22 extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        void showTyping(String place) {
          try {
            super.showTyping(place);
          } catch (FakeMedium.Failure failure) {
            throw new IllegalStateException(failure);
          }
        }
      };
    }
  }

  static class Rule_C1_22_writes_a_message extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far) {
        @Override
        void showTyping(String place) throws FakeMedium.Failure {
          far.show(place, "typing", "Bea is typing");
        }
      };
    }
  }

  /** A channel whose medium has no place for the delivery id, so that a repeat is one more message. */
  static class ForgetfulChannel extends MediumChannel {
    private final AtomicInteger sent = new AtomicInteger();

    ForgetfulChannel(FakeMedium far) {
      super(far);
    }

    @Override
    String keyOf(Delivery delivery) {
      return "message " + sent.incrementAndGet();
    }

    @Override
    public LookUp lookUp(Delivery delivery) {
      return new LookUp.CannotTell("the medium keeps no delivery ids");
    }
  }

  /** A contract for such a channel, which declares that repeats cannot be recognised. */
  static class Forgetful extends OverMedium {
    @Override
    Channel over(FakeMedium far) {
      return new ForgetfulChannel(far);
    }

    @Override
    protected boolean canRecogniseRepeats() {
      return false;
    }
  }

  static class Rule_C1_10_claims_what_it_cannot_know extends Forgetful {
    @Override
    Channel over(FakeMedium far) {
      return new ForgetfulChannel(far) {
        @Override
        public LookUp lookUp(Delivery delivery) {
          return new LookUp.NotFound();
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Rule_C1_1.class,
        Rule_C1_2.class,
        Rule_C1_3.class,
        Rule_C1_4.class,
        Rule_C1_5.class,
        Rule_C1_6.class,
        Rule_C1_7.class,
        Rule_C1_8.class,
        Rule_C1_9.class,
        Rule_C1_10.class,
        Rule_C1_11.class,
        Rule_C1_12.class,
        Rule_C1_13.class,
        Rule_C1_14.class,
        Rule_C1_15.class,
        Rule_C1_16.class,
        Rule_C1_17.class,
        Rule_C1_4_after_a_restart.class,
        Rule_C1_4_never_shows_what_broke_off.class,
        Rule_C1_5_retries_after_an_internal_error.class,
        Rule_C1_15_leaves_the_place_out_of_the_key.class,
        Rule_C1_18.class,
        Rule_C1_19.class,
        Rule_C1_20.class,
        Rule_C1_21.class,
        Rule_C1_21_takes_an_outage_for_a_refusal.class,
        Rule_C1_21_refuses_whoever_has_just_written.class,
        Rule_C1_22.class,
        Rule_C1_22_writes_a_message.class,
        Rule_C1_10_claims_what_it_cannot_know.class
      })
  void a_wrong_channel_fails_exactly_its_rule(Class<?> wrong) {
    assertThat(BrokenRules.of(wrong)).containsExactly(BrokenRules.ruleBrokenBy(wrong));
  }

  @Test
  void a_channel_whose_medium_keeps_no_delivery_ids_can_pass_by_saying_so() {
    assertThat(BrokenRules.of(Forgetful.class)).isEmpty();
  }

  @Test
  void a_channel_that_declares_what_cannot_happen_is_not_tested_for_it() {
    assertThat(BrokenRules.of(Modest.class)).isEmpty();
  }

  static class Modest extends Wrong {
    @Override
    Channel over(FakeMedium far) {
      return new MediumChannel(far);
    }

    @Override
    protected Set<FarSideTrouble> possibleTroubles() {
      return Set.of();
    }

    @Override
    protected boolean canReadWhatItMissed() {
      return false;
    }
  }
}
