package io.overc;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import io.overc.testkit.ArchitectureContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ArchitectureTest extends ArchitectureContract {
  ArchitectureTest() {
    super("io.overc");
  }

  @Test
  @DisplayName("public signatures use types of the JDK and of OverC only")
  void publicSignaturesUseOwnTypesOnly() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .haveRawReturnType(resideInAnyPackage("", "java..", "io.overc.."))
        .andShould(ParametersOnlyFrom.packages("", "java..", "io.overc.."))
        .check(moduleClasses());
  }
}
