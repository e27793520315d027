package io.overc.testkit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Map;
import java.util.Set;

/** A call or method reference by which one would do without the floor. */
final class OfTheFloor extends DescribedPredicate<JavaAccess<?>> {
  private static final Map<String, Set<String>> METHODS =
      Map.of(
          "java.nio.channels.FileChannel", Set.of("lock", "tryLock", "force"),
          "java.io.FileDescriptor", Set.of("sync"),
          "com.sun.jna.Native", Set.of("load", "register"),
          "java.nio.file.Files",
              Set.of("walk", "walkFileTree", "readString", "readAllLines", "readAllBytes", "lines"),
          "java.lang.Thread", Set.of("sleep"),
          "java.util.concurrent.TimeUnit", Set.of("sleep"),
          "java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil"));

  OfTheFloor() {
    super("only the floor may call");
  }

  @Override
  public boolean test(JavaAccess<?> access) {
    return METHODS
        .getOrDefault(access.getTargetOwner().getFullName(), Set.of())
        .contains(access.getTarget().getName());
  }
}
