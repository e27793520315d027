package io.overc.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
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
  private static final Path OUTPUT = Path.of("target", "classes");

  private final ArchitectureRules rules;
  private final JavaClasses classes;

  /**
   * Examines the module that is being built in the working directory.
   *
   * @param root its root package
   */
  protected ArchitectureContract(String root) {
    this.rules = new ArchitectureRules(root);
    this.classes = new ClassFileImporter().importPath(OUTPUT);
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
  @DisplayName("the classes of the module are found, all below its root package")
  void classesAreFound() {
    rules.belowRoot().check(classes);
  }

  @Test
  @DisplayName("packages have no cycles")
  void packagesHaveNoCycles() {
    rules.noCycles().check(classes);
  }

  @Test
  @DisplayName("a backend does not see another backend")
  void backendsDoNotSeeEachOther() {
    ArchitectureRules.BACKENDS.forEach(backend -> rules.notSeeing(backend).check(classes));
  }

  @Test
  @DisplayName("only io.overc.Registry uses ServiceLoader")
  void oneUserOfServiceLoader() {
    rules.oneUserOfServiceLoader().check(classes);
  }

  @Test
  @DisplayName("only io.overc.exec uses commons-exec")
  void oneUserOfCommonsExec() {
    rules.oneUserOfCommonsExec().check(classes);
  }

  @Test
  @DisplayName("only io.overc.exec starts processes")
  void oneStarterOfProcesses() {
    rules.oneStarterOfProcesses().check(classes);
  }

  @Test
  @DisplayName("only the floor locks, syncs, waits, walks, reads without a limit and calls C")
  void oneFloor() {
    rules.oneFloor().check(classes);
  }

  @Test
  @DisplayName("no class is called Util, Utils or Helper")
  void namesSayWhatAClassIs() {
    rules.telltaleNames().check(classes);
  }

  @Test
  @DisplayName("every package is @NullMarked")
  void packagesAreNullMarked() {
    assertThat(ArchitectureRules.unmarkedPackages(classes)).isEmpty();
  }

  @Test
  @DisplayName("no source file has more than 300 lines")
  void filesAreShort() throws IOException {
    assertThat(SourceLength.beyond(300, Path.of("src"))).isEmpty();
  }

  @Test
  @DisplayName("module-info provides what META-INF/services names")
  void moduleInfoIsInStepWithServices() throws IOException {
    ModuleDescriptor module = ModuleFinder.of(OUTPUT).findAll().iterator().next().descriptor();
    Map<String, Set<String>> provided =
        module.provides().stream()
            .collect(
                Collectors.toMap(
                    ModuleDescriptor.Provides::service,
                    provides -> new TreeSet<>(provides.providers())));
    assertThat(provided).isEqualTo(services(OUTPUT.resolve("META-INF/services")));
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
