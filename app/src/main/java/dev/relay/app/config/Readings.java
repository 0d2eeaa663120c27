package dev.relay.app.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The readings of plain values. */
final class Readings {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

  private Readings() {}

  /** One plain value, understood by a function that answers empty (or throws an IllegalArgumentException) where it is wrong. */
  static <T> Reading<T> plain(String allowed, Function<String, Optional<T>> understand) {
    return new Plain<>(allowed, understand);
  }

  static <T> Reading<Optional<T>> optional(Reading<T> inner) {
    return new Reading<>() {
      @Override
      public String allowed() {
        return inner.allowed();
      }

      @Override
      public Optional<Optional<T>> read(String key, Value value, Faults faults) {
        Optional<T> result = inner.read(key, value, faults);
        return result.isPresent() ? Optional.of(result) : Optional.empty();
      }
    };
  }

  static Reading<String> text(int maxLength) {
    return plain(
        "a text of 1 to " + maxLength + " characters",
        text -> text.isBlank() || text.length() > maxLength ? Optional.empty() : Optional.of(text));
  }

  static Reading<String> matching(String allowed, Pattern pattern) {
    return plain(
        allowed, text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty());
  }

  static Reading<Locale> language() {
    return plain(
        "a language such as es or pt-BR",
        text -> text.matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
            ? Optional.of(Locale.forLanguageTag(text))
            : Optional.empty());
  }

  static Reading<Secret> secret() {
    return plain(
        "a secret of 1 to 4096 characters on one line",
        text -> text.isBlank() || text.length() > 4096 || text.chars().anyMatch(c -> c < ' ')
            ? Optional.empty()
            : Optional.of(new Secret(text)));
  }

  static Reading<Boolean> bool() {
    return plain("true or false", text -> switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    });
  }

  static Reading<Integer> integer(int from, int to) {
    return plain("a whole number from " + from + " to " + to, text -> {
      if (!text.matches("-?\\d{1,10}")) {
        return Optional.empty();
      }
      long number = Long.parseLong(text);
      return number < from || number > to ? Optional.empty() : Optional.of((int) number);
    });
  }

  static Reading<Double> decimal(double from, double to) {
    return plain("a number from " + from + " to " + to, text -> {
      if (!text.matches("-?\\d{1,9}(\\.\\d{1,9})?")) {
        return Optional.empty();
      }
      double number = Double.parseDouble(text);
      return number < from || number > to ? Optional.empty() : Optional.of(number);
    });
  }

  static Reading<Duration> duration(Duration from, Duration to) {
    String allowed =
        "a time from " + show(from) + " to " + show(to) + ", a number with ms, s, m, h or d: 30m";
    return plain(
        allowed,
        text -> parseDuration(text).filter(d -> d.compareTo(from) >= 0 && d.compareTo(to) <= 0));
  }

  static <E extends Enum<E>> Reading<E> oneOf(Class<E> type) {
    List<String> names =
        Arrays.stream(type.getEnumConstants()).map(Readings::nameOf).toList();
    return plain(
        "one of " + String.join(", ", names),
        text -> Arrays.stream(type.getEnumConstants())
            .filter(constant -> nameOf(constant).equals(text.toLowerCase(Locale.ROOT)))
            .findFirst());
  }

  /** An enumeration's constant as it is written: {@code FEATURE_REQUEST} is {@code feature-request}. */
  static String nameOf(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Reading<Path> path() {
    return plain("a path", text -> {
      try {
        return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    });
  }

  /** A web address without user, query and fragment; without a slash at its end. */
  static Reading<URI> webAddress(String... schemes) {
    List<String> allowedSchemes = List.of(schemes);
    return plain(
        "an address that begins with " + String.join(":// or ", schemes)
            + "://, without user, query and fragment",
        text -> parseAddress(text)
            .filter(uri -> allowedSchemes.contains(String.valueOf(uri.getScheme())))
            .filter(uri -> uri.getHost() != null
                && uri.getUserInfo() == null
                && uri.getQuery() == null
                && uri.getFragment() == null));
  }

  /** The address of a document, which may be asked for with a query. */
  static Reading<URI> document() {
    return plain(
        "an address that begins with https:// or http://, without user and fragment",
        text -> parseAddress(text)
            .filter(uri -> "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
            .filter(uri ->
                uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null));
  }

  /** A list: in the file as a list, in a variable (or as one plain value) with commas. */
  static <T> Reading<List<T>> list(int max, Reading<T> item) {
    return new Reading<>() {
      @Override
      public String allowed() {
        return "a list of at most " + max + ", in a variable separated by commas; each "
            + item.allowed();
      }

      @Override
      public Optional<List<T>> read(String key, Value value, Faults faults) {
        Optional<List<Value>> items = itemsOf(value);
        if (items.isEmpty() || items.get().size() > max) {
          faults.add(key, value, allowed());
          return Optional.empty();
        }
        List<T> result = new ArrayList<>();
        int index = 0;
        for (Value each : items.get()) {
          item.read(key + "[" + index + "]", each, faults).ifPresent(result::add);
          index++;
        }
        return Optional.of(List.copyOf(result));
      }
    };
  }

  static String show(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }

  private static Optional<List<Value>> itemsOf(Value value) {
    if (value instanceof Value.Items items) {
      return Optional.of(items.values());
    }
    if (value instanceof Value.Text text) {
      return Optional.of(Arrays.stream(text.text().split(",", -1))
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .map(part -> (Value) new Value.Text(part, text.source()))
          .toList());
    }
    return Optional.empty();
  }

  private static Optional<Duration> parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        });
  }

  private static Optional<URI> parseAddress(String text) {
    try {
      return Optional.of(new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private record Plain<T>(String allowed, Function<String, Optional<T>> understand)
      implements Reading<T> {
    @Override
    public Optional<T> read(String key, Value value, Faults faults) {
      Optional<T> result = Optional.empty();
      String expected = "expected " + allowed;
      if (value instanceof Value.Text text) {
        try {
          result = understand.apply(text.text());
        } catch (IllegalArgumentException e) {
          expected = String.valueOf(e.getMessage());
        }
      }
      if (result.isEmpty()) {
        faults.add(key, value, expected);
      }
      return result;
    }
  }
}
