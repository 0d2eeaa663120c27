package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.WrongAccessStores.WrongAccessContract;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccessStoreContractTest {

  @Test
  void finds_nothing_wrong_with_a_right_one() {
    assertThat(BrokenRules.of(MemoryAccessStoreTest.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WrongAccessStores.KeepsTheFirstProfile.class,
        WrongAccessStores.KeepsTheFirstPicture.class,
        WrongAccessStores.KeepsAllProfiles.class,
        WrongAccessStores.ReplacesAccounts.class,
        WrongAccessStores.UndoesWhatOthersChanged.class,
        WrongAccessStores.LetsTheLastAdminGo.class,
        WrongAccessStores.RevokesAnything.class,
        WrongAccessStores.OverwritesReplies.class,
        WrongAccessStores.ShowsPersonalReplies.class,
        WrongAccessStores.KeepsAllDrafts.class,
        WrongAccessStores.UnreadsMessages.class,
        WrongAccessStores.SharesViews.class,
        WrongAccessStores.KeepsAllViews.class
      })
  void fails_exactly_the_rules_that_an_implementation_breaks(
      Class<? extends WrongAccessContract> wrong) throws ReflectiveOperationException {
    Set<String> rules = wrong.getDeclaredConstructor().newInstance().rules;
    assertThat(BrokenRules.of(wrong)).containsExactlyInAnyOrderElementsOf(rules);
  }
}
