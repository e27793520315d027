package io.overc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Asks that every parameter of a method is of a type from certain packages. */
final class ParametersOnlyFrom extends ArchCondition<JavaMethod> {
  private final String[] packages;

  private ParametersOnlyFrom(String... packages) {
    super("have parameters only from %s", String.join(", ", packages));
    this.packages = packages.clone();
  }

  static ParametersOnlyFrom packages(String... packages) {
    return new ParametersOnlyFrom(packages);
  }

  @Override
  public void check(JavaMethod method, ConditionEvents events) {
    for (JavaClass parameter : method.getRawParameterTypes()) {
      if (!resideInAnyPackage(packages).test(parameter.getBaseComponentType())) {
        events.add(SimpleConditionEvent.violated(method, method + " takes " + parameter));
      }
    }
  }
}
