package io.overc;

import io.overc.event.Listener;
import io.overc.event.OperationOptions;
import io.overc.snapshot.SnapshotStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Adds the listener of {@link Overc} to every call of a backend that takes {@link
 * OperationOptions}, so that no backend has to know of it.
 */
final class CommonListener {
  private CommonListener() {}

  static <T> T on(Class<T> type, T backend, Listener listener) {
    if (listener == Listener.none()) {
      return backend;
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(backend, listened(arguments, listener));
                // What a driver hands out works on the same containers, and is told of alike.
                return result instanceof SnapshotStore store
                    ? on(SnapshotStore.class, store, listener)
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause() != null ? e.getCause() : e;
              }
            }));
  }

  private static @Nullable Object @Nullable [] listened(
      @Nullable Object @Nullable [] arguments, Listener listener) {
    if (arguments == null) {
      return null;
    }
    @Nullable Object[] all = arguments.clone();
    for (int i = 0; i < all.length; i++) {
      if (all[i] instanceof OperationOptions options) {
        all[i] = options.withListener(listener);
      }
    }
    return all;
  }
}
