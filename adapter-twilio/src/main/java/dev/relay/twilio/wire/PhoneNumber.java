package dev.relay.twilio.wire;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Phone numbers in customers' addresses. Some countries write one mobile number in two forms, and media differ in which they use: Mexico
 * and Argentina with or without a digit after the country code (1 and 9), Brazil with or without a 9 after the area code.
 */
public final class PhoneNumber {
  private static final Pattern NUMBER = Pattern.compile("(?:[a-z]+:)?(\\+[1-9][0-9]{4,14})");

  private PhoneNumber() {}

  /**
   * A country whose numbers have two forms.
   *
   * @param any either form, in groups
   * @param forms the forms that the groups make; the first one is the usual one
   */
  private record TwoForms(Pattern any, List<Function<MatchResult, String>> forms) {}

  private static final List<TwoForms> COUNTRIES = List.of(
      new TwoForms(
          Pattern.compile("(\\+52)1?([2-9][0-9]{9})"),
          List.of(it -> it.group(1) + it.group(2), it -> it.group(1) + "1" + it.group(2))),
      new TwoForms(
          Pattern.compile("(\\+54)9?([1-8][0-9]{9})"),
          List.of(it -> it.group(1) + "9" + it.group(2), it -> it.group(1) + it.group(2))),
      new TwoForms(
          Pattern.compile("(\\+55[1-9][0-9])9?([6-9][0-9]{7})"),
          List.of(it -> it.group(1) + "9" + it.group(2), it -> it.group(1) + it.group(2))));

  /** Returns the number in an address such as {@code whatsapp:+15550100}; empty if it holds none. */
  public static Optional<String> in(String address) {
    Matcher matcher = NUMBER.matcher(address);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Returns the address in each form in which its number is written, the usual one first; most addresses have one form. */
  public static List<String> forms(String address) {
    Optional<String> number = in(address);
    String medium =
        address.substring(0, address.length() - number.map(String::length).orElse(0));
    List<String> forms =
        number.stream().flatMap(PhoneNumber::written).map(it -> medium + it).toList();
    return forms.isEmpty() ? List.of(address) : forms;
  }

  private static Stream<String> written(String number) {
    return COUNTRIES.stream().flatMap(country -> {
      Matcher matcher = country.any().matcher(number);
      return matcher.matches()
          ? country.forms().stream().map(form -> form.apply(matcher))
          : Stream.empty();
    });
  }
}
