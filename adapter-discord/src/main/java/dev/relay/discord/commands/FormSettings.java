package dev.relay.discord.commands;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.SupportCase;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the forms ask for. Each form has a title and a description, which every case has, and up to {@value #MAX_FURTHER} further
 * fields: Discord shows five at the most.
 *
 * @param bug the further fields of {@code /bug}
 * @param featureRequest the further fields of {@code /new_feature}
 */
public record FormSettings(List<FormField> bug, List<FormField> featureRequest) {
  /** The most fields besides title and description: Discord's limit of five in all. */
  public static final int MAX_FURTHER = 3;

  // Before the default, whose making looks at their names.
  static final FormField TITLE = FormField.named("title", true, false, SupportCase.MAX_SUBJECT);
  static final FormField DESCRIPTION =
      FormField.named("description", true, true, FormField.MAX_VALUE);

  /** Steps, platform and version for bugs; nothing more for feature requests. */
  public static final FormSettings DEFAULT = new FormSettings(
      List.of(
          FormField.named("steps", false, true, 2000),
          FormField.named("platform", false, false, 100),
          FormField.named("version", false, false, 100)),
      List.of());

  /** Copies the lists; refuses more fields than Discord shows, and two of one name. */
  public FormSettings {
    bug = List.copyOf(bug);
    featureRequest = List.copyOf(featureRequest);
    check("bug", bug);
    check("feature request", featureRequest);
  }

  /** The further fields of that kind's form; empty where that kind has no form. */
  Optional<List<FormField>> further(CaseKind kind) {
    return switch (kind) {
      case BUG -> Optional.of(bug);
      case FEATURE_REQUEST -> Optional.of(featureRequest);
      case SUPPORT -> Optional.empty();
    };
  }

  private static void check(String form, List<FormField> fields) {
    if (fields.size() > MAX_FURTHER) {
      throw new IllegalArgumentException("the " + form + " form can have " + MAX_FURTHER
          + " fields besides title and description, not " + fields.size());
    }
    Set<String> names = new HashSet<>(Set.of(TITLE.name(), DESCRIPTION.name()));
    for (FormField field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException(
            "the " + form + " form has two fields of the name " + field.name());
      }
    }
  }
}
