package dev.relay.app.config.setting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML 1.2 into {@link Value}s that remember their lines. Every plain value stays the text that was written. */
public final class Yaml {
  private static final int MAX_CHARACTERS = 1_000_000;
  private static final int MAX_DEPTH = 20;

  /** The name of the document in the source of each value. */
  private final String label;

  private final Faults faults;

  private Yaml(String label, Faults faults) {
    this.label = label;
    this.faults = faults;
  }

  /**
   * Parses a document.
   *
   * @param text the document
   * @param label the name of the document in the source of each value
   * @param faults receives everything that is wrong
   * @return the value of the document; empty if the document is empty or wrong
   */
  public static Optional<Value> read(String text, String label, Faults faults) {
    return new Yaml(label, faults).read(text);
  }

  private Optional<Value> read(String text) {
    LoadSettings settings = LoadSettings.builder()
        .setLabel(label)
        .setAllowDuplicateKeys(true)
        .setCodePointLimit(MAX_CHARACTERS)
        .build();
    try {
      return new Compose(settings).composeString(text).flatMap(node -> value(node, 0));
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(this::place).orElse(label);
      faults.add("(the file)", "", "not YAML: " + oneLine(e.getProblem()), place);
      return Optional.empty();
    } catch (YamlEngineException e) {
      faults.add("(the file)", "", "not YAML: " + oneLine(String.valueOf(e.getMessage())), label);
      return Optional.empty();
    }
  }

  private Optional<Value> value(Node node, int depth) {
    String source = node.getStartMark().map(this::place).orElse(label);
    if (depth > MAX_DEPTH || node.isRecursive()) {
      faults.add(
          "(the file)",
          "",
          "nested deeper than " + MAX_DEPTH + " levels, or within itself",
          source);
      return Optional.empty();
    }
    if (node instanceof ScalarNode scalar) {
      boolean nothing = scalar.isPlain()
          && (scalar.getValue().isEmpty()
              || scalar.getValue().equals("null")
              || scalar.getValue().equals("~"));
      return nothing ? Optional.empty() : Optional.of(new Value.Text(scalar.getValue(), source));
    }
    if (node instanceof SequenceNode sequence) {
      List<Value> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        value(item, depth + 1).ifPresent(items::add);
      }
      return Optional.of(new Value.Items(items, source));
    }
    List<Value.Field> fields = new ArrayList<>();
    for (NodeTuple tuple : ((MappingNode) node).getValue()) {
      field(tuple, depth, fields);
    }
    return Optional.of(new Value.Fields(fields, source));
  }

  private void field(NodeTuple tuple, int depth, List<Value.Field> fields) {
    String place = tuple.getKeyNode().getStartMark().map(this::place).orElse(label);
    if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
      faults.add("(the file)", "", "expected a plain word as the key", place);
      return;
    }
    if (fields.stream().anyMatch(field -> field.name().equals(name.getValue()))) {
      faults.add(name.getValue(), "", "duplicate key; keep only one", place);
      return;
    }
    value(tuple.getValueNode(), depth + 1)
        .ifPresent(value -> fields.add(new Value.Field(name.getValue(), value)));
  }

  private String place(Mark mark) {
    return label + ":" + (mark.getLine() + 1);
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("").strip();
  }
}
