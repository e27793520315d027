package io.overc.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of {@link ArchitectureContract}, apart so that each can be seen to fail. */
final class ArchitectureRules {
  static final List<String> BACKENDS = List.of("btrfs", "lxc", "docker", "opennebula");

  private final String root;

  ArchitectureRules(String root) {
    this.root = root;
  }

  ArchRule belowRoot() {
    return classes().should().resideInAPackage(root + "..");
  }

  ArchRule noCycles() {
    return slices().matching("(" + root + "..)").should().beFreeOfCycles();
  }

  ArchRule notSeeing(String backend) {
    return noClasses()
        .that()
        .resideOutsideOfPackages("io.overc." + backend + "..", "io.overc.examples..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.overc." + backend + "..")
        .allowEmptyShould(true);
  }

  ArchRule oneUserOfServiceLoader() {
    return noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.overc.Registry")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.ServiceLoader");
  }

  ArchRule oneUserOfCommonsExec() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.overc.exec")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.commons.exec..");
  }

  ArchRule oneStarterOfProcesses() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.overc.exec")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class);
  }

  ArchRule oneFloor() {
    return noClasses()
        .that(new Above())
        .should()
        .accessTargetWhere(new OfTheFloor())
        .because("io.overc.internal locks, syncs, waits, reads with limits and calls the C library")
        .allowEmptyShould(true);
  }

  ArchRule telltaleNames() {
    return noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers)");
  }

  /** Returns the packages that hold classes but are not {@link NullMarked}. */
  static List<String> unmarkedPackages(JavaClasses classes) {
    return classes.stream()
        .filter(type -> !type.getSimpleName().endsWith("-info"))
        .map(JavaClass::getPackage)
        .distinct()
        .filter(one -> Stream.of(one).noneMatch(ArchitectureRules::isMarked))
        .map(JavaPackage::getName)
        .sorted()
        .toList();
  }

  private static boolean isMarked(JavaPackage one) {
    return one.tryGetPackageInfo()
        .filter(info -> info.isAnnotatedWith(NullMarked.class))
        .isPresent();
  }
}
