package dev.relay.core.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SortedTreeTest {
  private static final int KEYS = 60;

  @Test
  void it_always_has_the_content_of_a_tree_map() {
    for (int seed = 0; seed < 30; seed++) {
      Random random = new Random(seed);
      SortedTree<Integer, Integer> tree = empty();
      TreeMap<Integer, Integer> model = new TreeMap<>();
      for (int step = 0; step < 300; step++) {
        int key = random.nextInt(KEYS);
        if (random.nextInt(5) < 3) {
          tree = tree.put(key, step);
          model.put(key, step);
        } else {
          tree = tree.remove(key);
          model.remove(key);
        }
        assertThat(tree.get(key)).isEqualTo(model.get(key));
      }
      int from = random.nextInt(KEYS);
      assertThat(list(tree.ascending())).isEqualTo(List.copyOf(model.entrySet()));
      assertThat(list(tree.from(from)))
          .isEqualTo(List.copyOf(model.tailMap(from).entrySet()));
      assertThat(list(tree.descending()))
          .isEqualTo(List.copyOf(model.descendingMap().entrySet()));
      assertThat(list(tree.downFrom(from)))
          .isEqualTo(List.copyOf(model.headMap(from, true).descendingMap().entrySet()));
    }
  }

  @Test
  void an_older_tree_does_not_see_later_changes() {
    SortedTree<Integer, Integer> before =
        SortedTreeTest.<Integer>empty().put(1, 10).put(2, 20);

    before.put(3, 30).remove(1).put(2, 21);

    assertThat(list(before.ascending())).containsExactly(Map.entry(1, 10), Map.entry(2, 20));
  }

  @Test
  void keys_in_ascending_order_keep_it_shallow_enough_for_a_million() {
    SortedTree<Integer, Integer> tree = empty();
    for (int key = 0; key < 1_000_000; key++) {
      tree = tree.put(key, key);
    }

    assertThat(tree.get(777_777)).isEqualTo(777_777);
    assertThat(tree.descending().iterator().next().getKey()).isEqualTo(999_999);
  }

  private static <V> SortedTree<Integer, V> empty() {
    return SortedTree.empty(Comparator.<Integer>naturalOrder());
  }

  private static <K, V> List<Map.Entry<K, V>> list(Iterable<Map.Entry<K, V>> entries) {
    List<Map.Entry<K, V>> list = new ArrayList<>();
    entries.forEach(entry -> list.add(Map.entry(entry.getKey(), entry.getValue())));
    return list;
  }
}
