package io.overc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.overc.testkit.fixture.BadHelper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SignaturesFromTest {
  @Test
  @DisplayName("foreign types show in fields, constructors, generics and exceptions")
  void foreignTypesShow() {
    JavaClasses bad = new ClassFileImporter().importClasses(BadHelper.class);
    assertThatThrownBy(
            () -> classes().should(SignaturesFrom.packages("java..", "io.overc..")).check(bad))
        .hasMessageContaining("field shows org.apache.commons.exec.CommandLine")
        .hasMessageContaining("<init>(java.util.function.Supplier) shows")
        .hasMessageContaining("method() shows org.apache.commons.exec.ExecuteException");
  }
}
