package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sees every rule fail on classes that break it. */
class ArchitectureRulesTest {
  private static final String FIXTURE = "io.overc.testkit.fixture";

  private final ArchitectureRules rules = new ArchitectureRules(FIXTURE);
  private final JavaClasses bad = new ClassFileImporter().importPackages(FIXTURE);

  private void assertFails(ArchRule rule, String message) {
    assertThatThrownBy(() -> rule.check(bad))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }

  @Test
  @DisplayName("cycles, foreign packages, ServiceLoader, commons-exec, processes and names")
  void rulesFail() {
    assertFails(rules.noCycles(), "Cycle detected");
    assertFails(new ArchitectureRules("io.overc.lxc").belowRoot(), "BadHelper");
    assertFails(rules.notSeeing("testkit.fixture.two"), "fixture.one.First.cycle()");
    assertFails(rules.oneUserOfServiceLoader(), "java.util.ServiceLoader");
    assertFails(rules.oneUserOfCommonsExec(), "org.apache.commons.exec");
    assertFails(rules.oneStarterOfProcesses(), "java.lang.ProcessBuilder");
    assertFails(rules.telltaleNames(), "BadHelper");
    assertFails(rules.oneFloor(), "java.lang.Thread.sleep");
  }

  @Test
  @DisplayName("a package without @NullMarked is named")
  void unmarkedPackages() {
    assertThat(ArchitectureRules.unmarkedPackages(bad)).containsExactly(FIXTURE + ".two");
  }

  @Test
  @DisplayName("no classes at all is a failure, not a success")
  void nothingFound() {
    JavaClasses none = new ClassFileImporter().importPackages("io.overc.none");
    assertThatThrownBy(() -> rules.belowRoot().check(none)).isInstanceOf(AssertionError.class);
  }

  @Test
  @DisplayName("a long file is named with its length")
  void longFiles(@TempDir Path sources) throws IOException {
    Files.writeString(sources.resolve("Long.java"), "//\n".repeat(4));
    Files.writeString(sources.resolve("Short.java"), "//\n".repeat(3));
    assertThat(SourceLength.beyond(3, sources))
        .containsExactly(sources.resolve("Long.java") + " has 4 lines");
  }
}
