package dev.relay.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CommonPasswordsTest {
  private static final String AGENT = "ana.lopez";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "Password",
        "PASSWORD1",
        " password ",
        "12345678",
        "qwertyuiop",
        "iloveyou",
        "dragon2026",
        "!!monkey99",
        "football#1",
        "11111111",
        "abababab",
        "abcdefgh",
        "987654321",
        "ana.lopez",
        "ana.lopez12345",
        "AnaLopez2026",
        "lopez12345",
        "anaana123",
        "relay123",
        "Relay-Admin-2026",
        "support!!",
        "helpdesk1234",
        "bienvenido1",
        "discord2026"
      })
  void what_is_guessed_first_is_refused(String password) {
    assertThat(CommonPasswords.fault(password, AGENT)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse battery",
        "a good password",
        "ana.lopez likes trains",
        "kV8#tq2Lw",
        "73920586",
        "relay of the four winds",
        "contraseña de mi tía",
        "пароль не для вас",
        "字典里没有的密码"
      })
  void other_passwords_are_accepted(String password) {
    assertThat(CommonPasswords.fault(password, AGENT)).isEmpty();
  }
}
