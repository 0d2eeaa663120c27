package dev.relay.testkit.simulation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Replacement of some methods in a complete implementation of an interface. Thread-safe. */
final class Overlay {
  private static final Map<Class<?>, Map<Method, Method>> REPLACED = new ConcurrentHashMap<>();

  private Overlay() {}

  /**
   * Returns an implementation that calls the public methods which {@code part} declares, and {@code whole} for all others.
   *
   * @param part an object each of whose own public methods has the name and the parameter types of one in {@code type}
   * @throws IllegalArgumentException if a public method of the part replaces nothing
   */
  static <T> T of(Class<T> type, T whole, Object part) {
    Map<Method, Method> replaced =
        REPLACED.computeIfAbsent(part.getClass(), declaring -> replacedBy(declaring, type));
    return type.cast(Proxy.newProxyInstance(
        Overlay.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
          Method own = replaced.get(method);
          try {
            return own == null ? method.invoke(whole, arguments) : own.invoke(part, arguments);
          } catch (InvocationTargetException e) {
            throw e.getTargetException();
          }
        }));
  }

  private static Map<Method, Method> replacedBy(Class<?> declaring, Class<?> type) {
    Map<Method, Method> replaced = new ConcurrentHashMap<>();
    for (Method own : declaring.getDeclaredMethods()) {
      if (Modifier.isPublic(own.getModifiers()) && !own.isSynthetic()) {
        own.setAccessible(true);
        replaced.put(replacedBy(own, type), own);
      }
    }
    return replaced;
  }

  private static Method replacedBy(Method own, Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(it -> it.getName().equals(own.getName())
            && Arrays.equals(it.getParameterTypes(), own.getParameterTypes()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(own + " replaces no method of " + type));
  }
}
