package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Event;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.desk.DeskOutbound;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.Inbox;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AgentDeskContractTest {

  /** The contract, connected to the fake medium. */
  abstract static class OverMedium extends AgentDeskContract {
    private final FakeMedium medium = new FakeMedium();
    private int acts;

    abstract AgentDesk over(FakeMedium far);

    @Override
    protected AgentDesk newDesk() {
      return over(medium);
    }

    @Override
    protected boolean isOffered(ConversationId conversation) {
      return medium.isOffered(conversation.toString());
    }

    @Override
    protected List<String> shown(ConversationId conversation) {
      return medium.shown(conversation.toString());
    }

    @Override
    protected void agentJoins(ConversationId conversation) {
      medium.happens(conversation.toString(), "act-" + ++acts, "joined", "");
    }

    @Override
    protected void agentWrites(ConversationId conversation, String messageId, String text) {
      medium.happens(conversation.toString(), messageId, "wrote", text);
    }

    @Override
    protected void agentLeaves(ConversationId conversation) {
      medium.happens(conversation.toString(), "act-" + ++acts, "left", "");
    }

    @Override
    protected void agentEnds(ConversationId conversation) {
      medium.happens(conversation.toString(), "act-" + ++acts, "ended", "");
    }

    @Override
    protected void trouble(FarSideTrouble trouble) {
      medium.trouble(trouble);
    }

    @Override
    protected void repair() {
      medium.repair();
    }

    @Override
    protected boolean isIdle() {
      return medium.isIdle();
    }
  }

  @Nested
  class The_right_one_passes extends OverMedium {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far);
    }
  }

  /** A deliberately wrong one. */
  abstract static class Wrong extends OverMedium {}

  static class Rule_D1_1 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        private boolean started;

        @Override
        public void start(Inbox inbox) {
          super.start(inbox);
          started = true;
        }

        @Override
        public PortId id() {
          return started ? super.id() : new PortId("not-yet");
        }
      };
    }
  }

  static class Rule_D1_2 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
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

  static class Rule_D1_3 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        public LookUp lookUp(DeskDelivery delivery) {
          LookUp found = super.lookUp(delivery);
          if (found instanceof LookUp.CannotTell it && it.reason().equals("ANSWER_GARBLED")) {
            throw new IllegalStateException("no JSON");
          }
          return found;
        }
      };
    }
  }

  static class Rule_D1_4 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        private final Set<String> sent = new HashSet<>();

        @Override
        String send(String place, DeskDelivery delivery) throws FakeMedium.Failure {
          if (!sent.add(delivery.id().value())
              && delivery.what() instanceof DeskOutbound.Message message) {
            return far.show(place, "again " + delivery.id(), message.body().text());
          }
          return super.send(place, delivery);
        }
      };
    }
  }

  static class Rule_D1_5 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, DeskDelivery delivery) {
          DeliveryResult right = super.onFailure(failure, delivery);
          return right instanceof DeliveryResult.Unknown
              ? DeliveryResult.retryLater("once more")
              : right;
        }
      };
    }
  }

  static class Rule_D1_6 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        public void stop() {
          // Continues to listen.
        }
      };
    }
  }

  static class Rule_D1_7 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, DeskDelivery delivery) {
          DeliveryResult right = super.onFailure(failure, delivery);
          return right instanceof DeliveryResult.RetryLater later
              ? DeliveryResult.retryLater(later.reason())
              : right;
        }
      };
    }
  }

  static class Rule_D1_8 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, DeskDelivery delivery) {
          DeliveryResult right = super.onFailure(failure, delivery);
          boolean handoff = delivery.what() instanceof DeskOutbound.Handoff;
          return handoff && right instanceof DeliveryResult.Rejected
              ? DeliveryResult.retryLater("perhaps later")
              : right;
        }
      };
    }
  }

  static class Rule_D1_9 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        public LookUp lookUp(DeskDelivery delivery) {
          return new LookUp.NotFound();
        }
      };
    }
  }

  static class Rule_D1_10 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, DeskDelivery delivery) {
          DeliveryResult right = super.onFailure(failure, delivery);
          return right instanceof DeliveryResult.Rejected
              ? new DeliveryResult.Rejected("not taken: " + delivery.what())
              : right;
        }
      };
    }
  }

  static class Rule_D1_11 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        String transcriptOf(DeskOutbound.Handoff handoff) {
          return "a customer waits";
        }
      };
    }
  }

  static class Rule_D1_12 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        String send(String place, DeskDelivery delivery) throws FakeMedium.Failure {
          if (delivery.what() instanceof DeskOutbound.Withdrawn) {
            return "ignored";
          }
          return super.send(place, delivery);
        }
      };
    }
  }

  static class Rule_D1_13 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        String send(String place, DeskDelivery delivery) throws FakeMedium.Failure {
          if (delivery.what() instanceof DeskOutbound.Message message
              && message.body().text().length() > 5_000) {
            return far.show(
                place, delivery.id().value(), message.body().text().substring(0, 5_000));
          }
          return super.send(place, delivery);
        }
      };
    }
  }

  static class Rule_D1_14 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        public DeliveryResult deliver(DeskDelivery delivery) {
          if (delivery.what() instanceof DeskOutbound.Edit edit) {
            return DeliveryResult.delivered(edit.externalId().orElseThrow());
          }
          return super.deliver(delivery);
        }
      };
    }
  }

  static class Rule_D1_15 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        Event read(FakeMedium.Report report) {
          Event right = super.read(report);
          return right instanceof DeskEvent.AgentLeft left
              ? new DeskEvent.DeskDeclined(left.conversation(), left.key(), ID, "left")
              : right;
        }
      };
    }
  }

  static class Rule_D1_16 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
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

  static class Rule_D1_17 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        private final Thread only = Thread.currentThread();

        @Override
        public DeliveryResult deliver(DeskDelivery delivery) {
          return Thread.currentThread().equals(only)
              ? super.deliver(delivery)
              : DeliveryResult.retryLater("busy");
        }
      };
    }
  }

  static class Rule_D1_18 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        String transcriptOf(DeskOutbound.Handoff handoff) {
          // A desk with a copy of its own, to which deletions were never applied.
          return DeskDeliveries.TAKEN_BACK + "\n" + super.transcriptOf(handoff);
        }
      };
    }
  }

  static class Rule_D1_19 extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        void showTyping(String place) throws FakeMedium.Failure {
          far.show(place, "typing", "The customer is typing");
        }
      };
    }
  }

  static class Rule_D1_19_throws extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        public void customerTypes(ConversationId conversation) {
          try {
            showTyping(conversation.toString());
          } catch (FakeMedium.Failure failure) {
            throw new IllegalStateException(failure);
          }
        }
      };
    }
  }

  static class Rule_D1_4_after_a_restart extends Wrong {
    private int instances;

    @Override
    AgentDesk over(FakeMedium far) {
      int instance = ++instances;
      return new MediumDesk(far) {
        @Override
        String keyOf(DeskDelivery delivery) {
          return super.keyOf(delivery) + " of instance " + instance;
        }
      };
    }
  }

  static class Rule_D1_4_never_shows_what_broke_off extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        private final Set<String> tried = new HashSet<>();

        @Override
        public DeliveryResult deliver(DeskDelivery delivery) {
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

  static class Rule_D1_5_retries_after_an_internal_error extends Wrong {
    @Override
    AgentDesk over(FakeMedium far) {
      return new MediumDesk(far) {
        @Override
        DeliveryResult onFailure(FakeMedium.Failure failure, DeskDelivery delivery) {
          return failure.trouble() == FarSideTrouble.FAILS_INTERNALLY
              ? DeliveryResult.retryLater("an internal error")
              : super.onFailure(failure, delivery);
        }
      };
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Rule_D1_1.class,
        Rule_D1_2.class,
        Rule_D1_3.class,
        Rule_D1_4.class,
        Rule_D1_5.class,
        Rule_D1_6.class,
        Rule_D1_7.class,
        Rule_D1_8.class,
        Rule_D1_9.class,
        Rule_D1_10.class,
        Rule_D1_11.class,
        Rule_D1_12.class,
        Rule_D1_13.class,
        Rule_D1_14.class,
        Rule_D1_15.class,
        Rule_D1_16.class,
        Rule_D1_17.class,
        Rule_D1_18.class,
        Rule_D1_19.class,
        Rule_D1_19_throws.class,
        Rule_D1_4_after_a_restart.class,
        Rule_D1_4_never_shows_what_broke_off.class,
        Rule_D1_5_retries_after_an_internal_error.class
      })
  void a_wrong_desk_fails_exactly_its_rule(Class<?> wrong) {
    assertThat(BrokenRules.of(wrong)).containsExactly(BrokenRules.ruleBrokenBy(wrong));
  }
}
