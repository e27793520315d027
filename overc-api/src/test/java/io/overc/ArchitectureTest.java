package io.overc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

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
    classes()
        .that()
        .arePublic()
        .should(SignaturesFrom.packages("java..", "io.overc.."))
        .check(moduleClasses());
  }
}
