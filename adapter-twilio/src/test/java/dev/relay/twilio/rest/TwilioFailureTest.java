package dev.relay.twilio.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.exception.ApiException;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.twilio.rest.TwilioFailure.Call;
import dev.relay.twilio.wire.ErrorTable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a refusal of Twilio's concerns: this message, this customer, or everybody. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwilioFailureTest {

  private static TwilioFailure failure(int status, int code) {
    return TwilioFailure.of(new ApiException(
        "kanarienvogel", code, "", status, status, null, false, new IllegalStateException()));
  }

  private static DeliveryResult result(int status, int code) {
    return failure(status, code).asResult();
  }

  @ParameterizedTest
  @CsvSource({
    "401, 0", "401, 20003", "403, 0", "403, 20003", "403, 20005", "403, 20006", "403, 20403",
    "400, 21606", "400, 21660", "400, 63007", "400, 63018", "403, 63051", "400, 30034", "400, 90010"
  })
  void a_refusal_of_the_account_or_of_its_senders_concerns_everybody(int status, int code) {
    assertThat(result(status, code)).isInstanceOf(DeliveryResult.PortDown.class);
    assertThat(failure(status, code).concernsAll()).isTrue();
  }

  /** The dictionary's rows, each at every status and in every kind of call that it can come with. */
  @Test
  void every_row_of_the_table_is_judged_the_same_whatever_call_it_answers() {
    for (ErrorTable.Row row : ErrorTable.rows()) {
      for (Call call : List.of(Call.REST, Call.FILE)) {
        for (int status : List.of(400, 403, 404, 409, 422)) {
          TwilioFailure failure = failure(call, status, row.code());
          DeliveryResult result = failure.asResult();
          String what = call + " " + status + " " + row;
          switch (row.scope()) {
            case EVERYBODY -> {
              assertThat(result).as(what).isInstanceOf(DeliveryResult.PortDown.class);
              assertThat(failure.concernsAll()).as(what).isTrue();
            }
            case CUSTOMER ->
              assertThat(result)
                  .as(what)
                  .isEqualTo(new Rejected(Rejected.Scope.CUSTOMER, failure.reason()));
            case ENTRY -> assertThat(result).as(what).isEqualTo(new Rejected(failure.reason()));
          }
          assertThat(failure.reason()).contains(row.meaning());
        }
      }
      assertThat(row.meaning()).doesNotEndWith(".").isEqualTo(row.meaning().strip());
    }
  }

  private static TwilioFailure failure(Call call, int status, int code) {
    return call == Call.REST
        ? failure(status, code)
        : TwilioFailure.of(new TwilioFileException("kanarienvogel", call, status, code));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 410, 413, 415, 422})
  void a_refusal_of_a_file_without_a_code_concerns_the_file_alone(int status) {
    TwilioFailure failure = failure(Call.FILE, status, 0);

    assertThat(failure.asResult()).isEqualTo(new Rejected(failure.reason()));
    assertThat(failure.concernsAll()).isFalse();
  }

  @Test
  void a_refusal_of_the_account_by_the_media_service_concerns_everybody() {
    assertThat(failure(Call.FILE, 401, 0).concernsAll()).isTrue();
    assertThat(failure(Call.FILE, 403, 20006).concernsAll()).isTrue();
    assertThat(failure(Call.FILE, 403, 20999).concernsAll()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void a_temporary_address_that_lapsed_is_asked_for_again_and_is_no_outage(int status) {
    TwilioFailure failure = failure(Call.CONTENT, status, 0);

    assertThat(failure.isPassing()).isTrue();
    assertThat(failure.concernsAll()).isFalse();
    assertThat(failure.reason()).doesNotContain("credentials");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 21610",
    "400, 21211",
    "400, 21612",
    "400, 21614",
    "400, 30004",
    "400, 63003",
    "400, 63016",
    "400, 63024",
    "400, 63032",
    "403, 21610"
  })
  void a_refusal_of_the_customers_address_concerns_the_customer(int status, int code) {
    assertThat(result(status, code))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.scope()).isEqualTo(Rejected.Scope.CUSTOMER));
    assertThat(failure(status, code).concernsAll()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "400, 0",
    "400, 20001",
    "404, 20404",
    "403, 50107",
    "400, 50504",
    "413, 0",
    "422, 0",
    "400, 21656",
    "400, 63049",
    "400, 99999"
  })
  void any_other_refusal_concerns_this_message_alone(int status, int code) {
    assertThat(result(status, code))
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.scope()).isEqualTo(Rejected.Scope.ENTRY));
    assertThat(failure(status, code).concernsAll()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"409, 0", "409, 20409", "423, 0", "425, 0", "409, 50416", "409, 50425", "400, 50416"})
  void a_conflict_that_may_pass_is_retried_and_is_no_outage(int status, int code) {
    assertThat(result(status, code)).isInstanceOf(DeliveryResult.RetryLater.class);
    assertThat(failure(status, code).concernsAll()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 500, 502, 503, 504})
  void an_answer_that_leaves_open_whether_Twilio_acted_is_looked_up(int status) {
    assertThat(result(status, 0)).isInstanceOf(DeliveryResult.Unknown.class);
  }

  @Test
  void a_rate_limit_is_waited_for_as_long_as_Twilio_asks() {
    TwilioRateLimitedException limited =
        new TwilioRateLimitedException(Optional.of(Duration.ofSeconds(7)));

    assertThat(TwilioFailure.of(limited).asResult())
        .isInstanceOfSatisfying(
            DeliveryResult.RetryLater.class,
            it -> assertThat(it.after()).hasValue(Duration.ofSeconds(7)));
  }

  @ParameterizedTest
  @ValueSource(ints = {50416, 50425, 50433, 50437})
  void a_participant_who_is_there_already_is_recognised_by_every_code_for_that(int code) {
    assertThat(failure(409, code).isParticipantThere()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {63032, 63049, 63051, 30034, 30008, 21656, 63018, 63019, 21610, 63016})
  void a_code_is_named_in_words(int code) {
    assertThat(ErrorTable.meaning(code)).isPresent();
    assertThat(failure(400, code).reason()).contains("with code " + code + ": ");
  }

  @Test
  void a_reason_never_repeats_the_answers_text() {
    assertThat(failure(400, 21610).reason()).doesNotContain("kanarienvogel");
  }
}
