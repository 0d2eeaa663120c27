package dev.relay.core.memory;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sorted map: every change gives a new map that shares nearly all of its nodes with the old one. A snapshot
 * therefore costs nothing, and a transaction is undone by dropping its trees. A height-balanced (AVL) tree: all operations take
 * logarithmic time.
 */
final class SortedTree<K, V> {
  private final Comparator<? super K> order;
  private final @Nullable Node<K, V> root;

  private SortedTree(Comparator<? super K> order, @Nullable Node<K, V> root) {
    this.order = order;
    this.root = root;
  }

  static <K, V> SortedTree<K, V> empty(Comparator<? super K> order) {
    return new SortedTree<>(order, null);
  }

  @Nullable
  V get(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int side = order.compare(key, node.key);
      if (side == 0) {
        return node.value;
      }
      node = side < 0 ? node.left : node.right;
    }
    return null;
  }

  boolean contains(K key) {
    return get(key) != null;
  }

  SortedTree<K, V> put(K key, V value) {
    return new SortedTree<>(order, put(root, key, value));
  }

  SortedTree<K, V> remove(K key) {
    Node<K, V> next = remove(root, key);
    return next == root ? this : new SortedTree<>(order, next);
  }

  /** Returns all entries in ascending order. */
  Iterable<Map.Entry<K, V>> ascending() {
    return () -> new Walk<>(root, null, order, false);
  }

  /** Returns the entries from that key on, inclusive, in ascending order. */
  Iterable<Map.Entry<K, V>> from(K first) {
    return () -> new Walk<>(root, first, order, false);
  }

  /** Returns all entries in descending order. */
  Iterable<Map.Entry<K, V>> descending() {
    return () -> new Walk<>(root, null, order, true);
  }

  /** Returns the entries from that key on, inclusive, in descending order. */
  Iterable<Map.Entry<K, V>> downFrom(K first) {
    return () -> new Walk<>(root, first, order, true);
  }

  private Node<K, V> put(@Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(key, value, null, null);
    }
    int side = order.compare(key, node.key);
    if (side == 0) {
      return new Node<>(key, value, node.left, node.right);
    }
    return side < 0
        ? balanced(node, put(node.left, key, value), node.right)
        : balanced(node, node.left, put(node.right, key, value));
  }

  private @Nullable Node<K, V> remove(@Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int side = order.compare(key, node.key);
    if (side < 0) {
      Node<K, V> left = remove(node.left, key);
      return left == node.left ? node : balanced(node, left, node.right);
    }
    if (side > 0) {
      Node<K, V> right = remove(node.right, key);
      return right == node.right ? node : balanced(node, node.left, right);
    }
    if (node.left == null) {
      return node.right;
    }
    if (node.right == null) {
      return node.left;
    }
    Node<K, V> successor = node.right;
    while (successor.left != null) {
      successor = successor.left;
    }
    return balanced(successor, node.left, remove(node.right, successor.key));
  }

  private static <K, V> Node<K, V> balanced(
      Node<K, V> entry, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
    int lean = height(left) - height(right);
    if (lean > 1) {
      Node<K, V> high = Objects.requireNonNull(left);
      if (height(high.left) >= height(high.right)) {
        return high.with(high.left, entry.with(high.right, right));
      }
      Node<K, V> middle = Objects.requireNonNull(high.right);
      return middle.with(high.with(high.left, middle.left), entry.with(middle.right, right));
    }
    if (lean < -1) {
      Node<K, V> high = Objects.requireNonNull(right);
      if (height(high.right) >= height(high.left)) {
        return high.with(entry.with(left, high.left), high.right);
      }
      Node<K, V> middle = Objects.requireNonNull(high.left);
      return middle.with(entry.with(left, middle.left), high.with(middle.right, high.right));
    }
    return entry.with(left, right);
  }

  private static int height(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.height;
  }

  private static final class Node<K, V> implements Map.Entry<K, V> {
    private final K key;
    private final V value;
    private final @Nullable Node<K, V> left;
    private final @Nullable Node<K, V> right;
    private final int height;

    Node(K key, V value, @Nullable Node<K, V> left, @Nullable Node<K, V> right) {
      this.key = key;
      this.value = value;
      this.left = left;
      this.right = right;
      this.height = 1 + Math.max(SortedTree.height(left), SortedTree.height(right));
    }

    Node<K, V> with(@Nullable Node<K, V> newLeft, @Nullable Node<K, V> newRight) {
      return new Node<>(key, value, newLeft, newRight);
    }

    @Override
    public K getKey() {
      return key;
    }

    @Override
    public V getValue() {
      return value;
    }

    @Override
    public V setValue(V newValue) {
      throw new UnsupportedOperationException("the tree is immutable");
    }
  }

  private static final class Walk<K, V> implements Iterator<Map.Entry<K, V>> {
    private final Deque<Node<K, V>> path = new ArrayDeque<>();
    private final boolean down;

    Walk(@Nullable Node<K, V> root, @Nullable K first, Comparator<? super K> order, boolean down) {
      this.down = down;
      Node<K, V> node = root;
      while (node != null) {
        int side = first == null ? 0 : order.compare(first, node.key);
        boolean wanted = first == null || (down ? side >= 0 : side <= 0);
        if (wanted) {
          path.push(node);
        }
        node = wanted == down ? node.right : node.left;
      }
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      Node<K, V> current = path.poll();
      if (current == null) {
        throw new NoSuchElementException();
      }
      Node<K, V> node = down ? current.left : current.right;
      while (node != null) {
        path.push(node);
        node = down ? node.right : node.left;
      }
      return current;
    }
  }
}
