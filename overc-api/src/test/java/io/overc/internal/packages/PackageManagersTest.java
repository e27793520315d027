package io.overc.internal.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.overc.error.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageManagersTest {
  @TempDir Path root;

  @Test
  @DisplayName("chosen by its id, else the first that is there; none is refused with the fix")
  void choice() {
    assertThat(PackageManagers.inContainer(Optional.of("pacman"), "web", one -> false).id())
        .isEqualTo("pacman");
    assertThat(
            PackageManagers.inContainer(
                    Optional.empty(), "web", one -> one.program().equals("apt-get"))
                .id())
        .isEqualTo("apt");
    assertThatThrownBy(() -> PackageManagers.inContainer(Optional.of("yum"), "web", one -> true))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll(
            "web",
            "'yum'",
            "template.NAME.package-manager",
            "dnf, zypper, apt, pacman, apk, smart");
    assertThatThrownBy(() -> PackageManagers.inContainer(Optional.empty(), "web", one -> false))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no package manager was found");
  }

  @ParameterizedTest
  @CsvSource({
    "dnf, usr/bin/dnf, var/lib/rpm",
    "zypper, usr/bin/zypper, usr/lib/sysimage/rpm",
    "apt, usr/bin/apt-get, var/lib/dpkg",
    "pacman, usr/bin/pacman, var/lib/pacman/local",
    "apk, sbin/apk, lib/apk/db",
    "apk, usr/sbin/apk, usr/lib/apk/db",
    "smart, usr/local/bin/smart, root/.rpmdb",
  })
  @DisplayName("a root has it by its program, or by its database")
  void detected(String id, Path program, Path database) throws IOException {
    PackageManager manager = ScriptedRoot.manager(id);
    assertThat(manager.isIn(List.of(root))).isFalse();
    assertThat(manager.hasDatabaseIn(root)).isFalse();
    Path file = root.resolve("layer").resolve(program);
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, Path.of("/nowhere"));
    Files.createDirectories(root.resolve(database));
    assertThat(manager.isIn(List.of(root, root.resolve("layer")))).isTrue();
    assertThat(manager.hasDatabaseIn(root)).isTrue();
  }

  @Test
  @DisplayName("a link to the programs of this machine is not followed")
  void links() throws IOException {
    Path machine = Files.createDirectories(root.resolve("machine"));
    Files.createFile(machine.resolve("apk"));
    Files.createSymbolicLink(root.resolve("sbin"), machine);
    assertThat(ScriptedRoot.manager("apk").isIn(List.of(root))).isFalse();
  }
}
