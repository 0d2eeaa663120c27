package dev.relay.twilio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PhoneNumberTest {

  @ParameterizedTest
  @CsvSource({
    "+525512345678, +5215512345678",
    "whatsapp:+525512345678, whatsapp:+5215512345678",
    "whatsapp:+5491123456789, whatsapp:+541123456789",
    "whatsapp:+5511987654321, whatsapp:+551187654321"
  })
  void both_forms_of_a_number_are_the_same_number(String usual, String other) {
    assertThat(PhoneNumber.forms(usual)).containsExactly(usual, other);
    assertThat(PhoneNumber.forms(other)).containsExactly(usual, other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+15550201",
        "whatsapp:+34600111222",
        "messenger:77020",
        "whatsapp:US.1234abcd",
        "12345",
        "+551133334444",
        "+5255123456",
        "AMAZON"
      })
  void any_other_address_has_one_form(String address) {
    assertThat(PhoneNumber.forms(address)).containsExactly(address);
  }

  @Test
  void the_number_is_found_in_an_address() {
    assertThat(PhoneNumber.in("whatsapp:+15550201")).hasValue("+15550201");
    assertThat(PhoneNumber.in("+15550201")).hasValue("+15550201");
    assertThat(PhoneNumber.in("messenger:77020")).isEmpty();
    assertThat(PhoneNumber.in("whatsapp:US.1234abcd")).isEmpty();
  }
}
