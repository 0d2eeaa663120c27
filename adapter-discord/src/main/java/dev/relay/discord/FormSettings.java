package dev.relay.discord;

import dev.relay.core.cases.CaseKind;
import dev.relay.discord.forms.Form;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The fields of the forms. Each form has a title and a description, which every case has, and up to {@value #MAX_FURTHER} further
 * fields: Discord shows at most five.
 *
 * @param bug the further fields of {@code /bug}
 * @param featureRequest the further fields of {@code /new_feature}
 */
public record FormSettings(List<FormField> bug, List<FormField> featureRequest) {
  /** The largest number of fields besides title and description: Discord's limit is five in all. */
  public static final int MAX_FURTHER = 3;

  /** Steps, platform and version for bugs; no further fields for feature requests. */
  public static final FormSettings DEFAULT = new FormSettings(
      List.of(
          FormField.named("steps", false, true, 2000),
          FormField.named("platform", false, false, 100),
          FormField.named("version", false, false, 100)),
      List.of());

  /** Copies the lists; rejects more fields than Discord shows, and two fields of the same name. */
  public FormSettings {
    bug = List.copyOf(bug);
    featureRequest = List.copyOf(featureRequest);
    check("bug", bug);
    check("feature request", featureRequest);
  }

  List<Form> forms() {
    return List.of(
        Form.of(CaseKind.BUG, bug.stream().map(FormField::shown).toList()),
        Form.of(
            CaseKind.FEATURE_REQUEST,
            featureRequest.stream().map(FormField::shown).toList()));
  }

  private static void check(String form, List<FormField> fields) {
    if (fields.size() > MAX_FURTHER) {
      throw new IllegalArgumentException("the " + form + " form has " + fields.size()
          + " fields besides title and description; expected at most " + MAX_FURTHER);
    }
    Set<String> names = new HashSet<>(Set.of(Form.TITLE.name(), Form.DESCRIPTION.name()));
    for (FormField field : fields) {
      if (!names.add(field.name())) {
        throw new IllegalArgumentException(
            "the " + form + " form has two fields named " + field.name());
      }
    }
  }
}
