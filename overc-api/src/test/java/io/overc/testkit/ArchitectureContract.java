package io.overc.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Holds the rules of the architecture for one module: no package cycles, no backend that sees
 * another, one user of ServiceLoader and of commons-exec, and {@code module-info} in step with
 * {@code META-INF/services}.
 */
public abstract class ArchitectureContract {
  private final String root;
  private final JavaClasses classes;

  /**
   * Examines a module.
   *
   * @param root its root package
   */
  protected ArchitectureContract(String root) {
    this.root = root;
    this.classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .importPackages(root);
  }

  /**
   * Returns the classes of the module.
   *
   * @return without its tests
   */
  protected final JavaClasses moduleClasses() {
    return classes;
  }

  @Test
  @DisplayName("packages have no cycles")
  void packagesHaveNoCycles() {
    slices().matching("(" + root + "..)").should().beFreeOfCycles().check(classes);
  }

  @Test
  @DisplayName("a backend does not see another backend")
  void backendsDoNotSeeEachOther() {
    for (String backend : Set.of("btrfs", "lxc", "docker", "opennebula")) {
      noClasses()
          .that()
          .resideOutsideOfPackage("io.overc." + backend + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.overc." + backend + "..")
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @Test
  @DisplayName("only io.overc.Registry uses ServiceLoader, only io.overc.exec uses commons-exec")
  void oneUserOfServiceLoaderAndOfCommonsExec() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.overc.Registry")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.ServiceLoader")
        .check(classes);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.overc.exec")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.commons.exec..")
        .check(classes);
  }

  @Test
  @DisplayName("no class is called Util, Utils or Helper")
  void namesSayWhatAClassIs() {
    classes()
        .should()
        .haveSimpleNameNotEndingWith("Util")
        .andShould()
        .haveSimpleNameNotEndingWith("Utils")
        .andShould()
        .haveSimpleNameNotEndingWith("Helper")
        .check(classes);
  }

  @Test
  @DisplayName("module-info provides what META-INF/services names")
  void moduleInfoIsInStepWithServices() throws IOException {
    Path output = Path.of("target", "classes");
    ModuleDescriptor module = ModuleFinder.of(output).findAll().iterator().next().descriptor();
    Map<String, Set<String>> provided =
        module.provides().stream()
            .collect(
                Collectors.toMap(
                    ModuleDescriptor.Provides::service,
                    provides -> new TreeSet<>(provides.providers())));
    assertThat(provided).isEqualTo(services(output.resolve("META-INF/services")));
  }

  private static Map<String, Set<String>> services(Path directory) throws IOException {
    Map<String, Set<String>> services = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        for (Path file : files.toList()) {
          services.put(file.getFileName().toString(), new TreeSet<>(Files.readAllLines(file)));
        }
      }
    }
    return services;
  }
}
