package io.overc.testkit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/** The classes that must leave to the floor what only it may do: all but itself and examples. */
final class Above extends DescribedPredicate<JavaClass> {
  Above() {
    super("are above the floor");
  }

  @Override
  public boolean test(JavaClass type) {
    String name = type.getFullName();
    return !name.startsWith("io.overc.internal.") && !name.startsWith("io.overc.examples.");
  }
}
