package dev.relay.discord.commands;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.interactions.commands.Command;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;

/**
 * Registers the commands with Discord one by one, and only those that differ from the registered ones. Commands of a host bot stay, and
 * Discord's daily limit on new commands is not used up. Thread-safe.
 */
public final class Registration {
  private final List<SlashCommandData> wanted;

  /** Creates a registration of these commands. */
  public Registration(Collection<SlashCommandData> wanted) {
    this.wanted = List.copyOf(wanted);
  }

  /** Returns the commands that are not registered, or registered with another definition. Does not block. */
  public CompletableFuture<List<SlashCommandData>> missing(JDA connection) {
    return connection
        .retrieveCommands(true)
        .submit()
        .thenApply(known -> wanted.stream()
            .filter(data -> find(known, data.getName())
                .map(it -> !same(SlashCommandData.fromCommand(it), data))
                .orElse(true))
            .toList());
  }

  /**
   * Registers the missing commands and returns their names. Does not block. A command whose definition Discord refuses does not keep the others
   * from being registered; the future then fails with a {@link CommandRefused} that names it.
   */
  public CompletableFuture<List<String>> register(JDA connection) {
    return missing(connection).thenCompose(missing -> {
      List<CommandRefused> refused = new ArrayList<>();
      CompletableFuture<List<String>> all = CompletableFuture.completedFuture(new ArrayList<>());
      for (SlashCommandData data : missing) {
        all = all.thenCompose(names -> register(connection, data, names, refused));
      }
      return all.thenApply(names -> {
        if (!refused.isEmpty()) {
          throw CommandRefused.all(refused);
        }
        return names;
      });
    });
  }

  private static CompletableFuture<List<String>> register(
      JDA connection, SlashCommandData data, List<String> names, List<CommandRefused> refused) {
    return connection.upsertCommand(data).submit().handle((done, failure) -> {
      if (failure == null) {
        names.add(data.getName());
        return names;
      }
      Throwable cause = failure instanceof CompletionException && failure.getCause() != null
          ? failure.getCause()
          : failure;
      if (!(cause instanceof ErrorResponseException refusal)) {
        throw new CompletionException(cause);
      }
      CommandRefused named = CommandRefused.of(data.getName(), refusal);
      if (!CommandRefused.isOfOneDefinition(refusal)) {
        throw named;
      }
      refused.add(named);
      return names;
    });
  }

  private static Optional<Command> find(List<Command> known, String name) {
    return known.stream()
        .filter(it -> it.getType() == Command.Type.SLASH && it.getName().equals(name))
        .findFirst();
  }

  private static boolean same(SlashCommandData one, SlashCommandData other) {
    return normal(one.toData().toMap()).equals(normal(other.toData().toMap()));
  }

  /** Returns a value in a form that is comparable regardless of Java types and order; empty values count as missing. */
  private static Object normal(Object value) {
    if (value instanceof DataObject object) {
      return normal(object.toMap());
    }
    if (value instanceof DataArray array) {
      return normal(array.toList());
    }
    if (value instanceof Map<?, ?> map) {
      return normalMap(map);
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(it -> it == null ? "" : normal(it)).toList();
    }
    return value instanceof Number number ? number.doubleValue() : String.valueOf(value);
  }

  private static Map<String, Object> normalMap(Map<?, ?> map) {
    Map<String, Object> normal = new TreeMap<>();
    map.forEach((key, value) -> {
      if (value != null && !isEmpty(value)) {
        Object inner = normal(value);
        boolean isSet = "contexts".equals(key) || "integration_types".equals(key);
        normal.put(
            String.valueOf(key),
            isSet && inner instanceof List<?> list
                ? list.stream().map(String::valueOf).sorted().toList()
                : inner);
      }
    });
    return normal;
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof Map<?, ?> map && map.isEmpty())
        || (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof DataObject object && object.toMap().isEmpty())
        || (value instanceof DataArray array && array.isEmpty())
        || Boolean.FALSE.equals(value);
  }
}
