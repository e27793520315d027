package io.overc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Asks that everything a user of a class can see is of types from certain packages: supertypes,
 * type parameters, fields, and the parameters, results and exceptions of methods and constructors,
 * with the arguments of generic types.
 */
final class SignaturesFrom extends ArchCondition<JavaClass> {
  private final String[] packages;

  private SignaturesFrom(String... packages) {
    super("show types only from %s", String.join(", ", packages));
    this.packages = packages.clone();
  }

  static SignaturesFrom packages(String... packages) {
    return new SignaturesFrom(packages);
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    Stream<JavaType> supertypes =
        Stream.of(type.getSuperclass().stream(), type.getInterfaces().stream())
            .flatMap(types -> types);
    Stream.concat(supertypes, type.getTypeParameters().stream())
        .forEach(shown -> check(type, type.getFullName(), shown, events));
    for (JavaMember member : type.getMembers()) {
      if (member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED)) {
        types(member).forEach(shown -> check(type, member.getFullName(), shown, events));
      }
    }
  }

  private static Stream<? extends JavaType> types(JavaMember member) {
    if (member instanceof JavaCodeUnit code) {
      return Stream.of(
              Stream.of(code.getReturnType()),
              code.getParameterTypes().stream(),
              code.getTypeParameters().stream(),
              code.getExceptionTypes().stream())
          .flatMap(types -> types);
    }
    return Stream.of(((com.tngtech.archunit.core.domain.JavaField) member).getType());
  }

  private void check(JavaClass type, String where, JavaType shown, ConditionEvents events) {
    Set<JavaClass> raw = shown.getAllInvolvedRawTypes();
    for (JavaClass involved : raw) {
      JavaClass base = involved.getBaseComponentType();
      if (!base.isPrimitive() && !resideInAnyPackage(packages).test(base)) {
        events.add(SimpleConditionEvent.violated(type, where + " shows " + base.getName()));
      }
    }
  }
}
