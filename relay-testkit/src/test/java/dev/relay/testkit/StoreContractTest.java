package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreContractTest {

  @Test
  void finds_nothing_wrong_with_a_right_one() {
    assertThat(BrokenRules.of(MemoryStoreTest.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        WrongStores.DoesNotRollBack.class,
        WrongStores.RemembersWhatWasRolledBack.class,
        WrongStores.ReadsOnlyWhatWasPrefetched.class,
        WrongStores.PutsOffUnseen.class,
        WrongStores.ReadsWhatIsNewest.class,
        WrongStores.RefusesCharacters.class,
        WrongStores.MarksTwice.class,
        WrongStores.LeavesNotesBehind.class,
        WrongStores.KnowsEachCustomerAlone.class,
        WrongStores.GivesUpAnybodysLease.class,
        WrongStores.ForgetsAllAtOnce.class,
        WrongStores.SavesAnyVersion.class,
        WrongStores.CountsOneAgent.class,
        WrongStores.SendsWhatIsOver.class,
        WrongStores.AnnouncesWhatIsCancelled.class,
        WrongStores.ListsWhatIsPutAside.class,
        WrongStores.FindsOpenConversationsOnly.class,
        WrongStores.MixesTheSides.class,
        WrongStores.ThrowsForOneBadEntry.class,
        WrongStores.ListsWaitersByNumber.class,
        WrongStores.PercentIsAWildcard.class,
        WrongStores.KnowsLettersOfEnglishOnly.class,
        WrongLanes.HasNoEpoch.class,
        WrongLanes.SettlesTwice.class,
        WrongLanes.LosesExternalIds.class,
        WrongLanes.RevivesParkedLanes.class,
        WrongLanes.ForgetsWhoVanished.class,
        WrongLanes.ClaimsNothingBesideABadHead.class,
        WrongLanes.ForgetsSkips.class,
        WrongLanes.NeverDrops.class,
        WrongLanes.BelievesTheClock.class,
        WrongLanes.ForgetsRefusals.class,
        WrongLanes.LetsLanesSleep.class,
        WrongLanes.WakesLanesWithCausesOfTheirOwn.class,
        WrongLanes.LetsOneLaneSleep.class,
        WrongLanes.LetsAnAddressTakeEverySlot.class,
        WrongLanes.FindsAnyParkedLane.class,
        WrongSearches.FindsOneOfTheWords.class,
        WrongSearches.ShowsEverythingToEverybody.class,
        WrongSearches.RepeatsTheLastHit.class,
        WrongSearches.TakesANumberForAWord.class,
        WrongSearches.FindsNothingInternal.class,
        WrongSearches.FailsAtHostileTexts.class,
        WrongSearches.NeverForgets.class,
        WrongStores.OffersTwice.class,
        WrongStores.ForgetsWhoMissedAnOffer.class,
        WrongStores.CutsContents.class,
        WrongStores.RemovesYoungContents.class
      })
  void fails_exactly_the_rules_that_an_implementation_breaks(Class<? extends WrongContract> wrong)
      throws ReflectiveOperationException {
    Set<String> rules = wrong.getDeclaredConstructor().newInstance().rules;
    assertThat(BrokenRules.of(wrong)).containsExactlyInAnyOrderElementsOf(rules);
  }
}
