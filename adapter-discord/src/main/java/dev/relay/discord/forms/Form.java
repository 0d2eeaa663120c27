package dev.relay.discord.forms;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.SupportCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The form that files a case of one kind.
 *
 * @param kind the kind of the case
 * @param fields the fields in order; the first two are {@link #TITLE} and {@link #DESCRIPTION}
 */
public record Form(CaseKind kind, List<Field> fields) {
  /** The subject of the case. */
  public static final Field TITLE =
      new Field("title", Map.of(), true, false, SupportCase.MAX_SUBJECT);
  /** The description of the case. */
  public static final Field DESCRIPTION =
      new Field("description", Map.of(), true, true, Field.MAX_VALUE);

  /** Copies the fields. */
  public Form {
    fields = List.copyOf(fields);
  }

  /** Returns a form with title, description and these further fields. */
  public static Form of(CaseKind kind, List<Field> further) {
    List<Field> fields = new ArrayList<>(List.of(TITLE, DESCRIPTION));
    fields.addAll(further);
    return new Form(kind, fields);
  }
}
